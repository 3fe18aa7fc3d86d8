from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    ecom_marketing = fields.Selection(
        [("accepted", "Accepted"), ("declined", "Declined")],
        string="Advertising",
        readonly=True,
        copy=False,
        help="What the buyer last said on a sales channel about receiving advertising. Empty: never asked.",
    )
    ecom_marketing_at = fields.Datetime(string="Said On", readonly=True, copy=False)
    ecom_marketing_channel_id = fields.Many2one("ecom.channel", string="Said To", readonly=True, copy=False)

    ecom_vies_asked_at = fields.Datetime(string="VAT Number Looked Up On", readonly=True, copy=False)

    # Returning guests are found by their e-mail with each batch of orders; Odoo has no index on it.
    _ecom_email_idx = models.Index("(email_normalized) WHERE email_normalized IS NOT NULL")
