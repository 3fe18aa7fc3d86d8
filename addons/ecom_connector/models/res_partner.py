from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    # Returning guests are found by their e-mail with each batch of orders; Odoo has no index on it.
    _ecom_email_idx = models.Index("(email_normalized) WHERE email_normalized IS NOT NULL")
