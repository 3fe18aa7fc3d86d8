from odoo import fields, models


class EcomMap(models.AbstractModel):
    """How a word of the channel reads here. Changes are logged with who and when."""

    _name = "ecom.map"
    _description = "Channel Mapping"
    _inherit = ["mail.thread"]
    _order = "channel_id, name, code"
    _check_company_auto = True

    channel_id = fields.Many2one("ecom.channel", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True)
    code = fields.Char(string="On the Channel", required=True, index=True)
    name = fields.Char(string="Shown As")
    active = fields.Boolean(default=True)


class EcomTaxMap(models.Model):
    _name = "ecom.tax.map"
    _description = "Channel Tax"
    _inherit = ["ecom.map"]

    rate = fields.Float(string="Rate (%)", digits=(16, 4))
    tax_id = fields.Many2one(
        "account.tax", check_company=True, domain="[('type_tax_use', '=', 'sale')]", tracking=True, string="Tax Here"
    )

    _code_uniq = models.UniqueIndex("(channel_id, code)")


class EcomPaymentMap(models.Model):
    """How a payment method of the channel is booked. The provider account that takes the money may be a channel of
    its own (Stripe, PayPal ...)."""

    _name = "ecom.payment.map"
    _description = "Channel Payment Method"
    _inherit = ["ecom.map"]

    provider_id = fields.Many2one("ecom.channel", string="Provider Account", check_company=True, tracking=True)
    pays_later = fields.Boolean(
        string="Buyer Pays Later",
        tracking=True,
        help="On invoice or on delivery: the check of payments leaves such orders in peace.",
    )
    journal_id = fields.Many2one(
        "account.journal", check_company=True, domain="[('type', 'in', ('bank', 'cash', 'credit'))]", tracking=True
    )

    _code_uniq = models.UniqueIndex("(channel_id, code)")


class EcomDeliveryMap(models.Model):
    """Which delivery method here serves a shipping method of the channel."""

    _name = "ecom.delivery.map"
    _description = "Channel Shipping Method"
    _inherit = ["ecom.map"]

    carrier_id = fields.Many2one("delivery.carrier", string="Delivery Method", check_company=True, tracking=True)

    _code_uniq = models.UniqueIndex("(channel_id, code)")


class EcomCarrierMap(models.Model):
    """What the channel calls the carrier that ships with one of our delivery methods (outward)."""

    _name = "ecom.carrier.map"
    _description = "Channel Carrier Name"
    _inherit = ["ecom.map"]

    carrier_id = fields.Many2one(
        "delivery.carrier", string="Delivery Method", required=True, check_company=True, tracking=True
    )

    _carrier_uniq = models.UniqueIndex("(channel_id, carrier_id)")


class EcomLocationMap(models.Model):
    """Which warehouse stands behind a location of the channel."""

    _name = "ecom.location.map"
    _description = "Channel Location"
    _inherit = ["ecom.map"]

    warehouse_id = fields.Many2one("stock.warehouse", check_company=True, tracking=True)
    publish = fields.Boolean(string="Publish Stock", default=True, tracking=True)
    kept = fields.Boolean(
        string="Counted by the Channel",
        compute="_compute_kept",
        store=True,
        help="A warehouse of the channel's own, such as FBA or WFS. What lies there is read every hour, and the stock "
        "of the warehouse here follows it.",
    )

    _code_uniq = models.UniqueIndex("(channel_id, code)")
