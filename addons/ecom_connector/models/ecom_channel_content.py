from odoo import fields, models
from odoo.exceptions import UserError


class EcomChannel(models.Model):
    """How orders of the channel are read where a shop leaves it to the merchant."""

    _inherit = "ecom.channel"

    currency_policy = fields.Selection(
        [("buyer", "What the buyer paid in"), ("shop", "The shop's own")],
        string="Currency of Orders",
        default="buyer",
        required=True,
        tracking=True,
        help="For shops that sell in several currencies and state each order in two of them. Both totals are kept.",
    )
    test_orders = fields.Selection(
        [("ignore", "Leave outside"), ("quotation", "Keep as quotations"), ("place", "Treat like any other")],
        default="quotation",
        required=True,
        tracking=True,
        help="Orders that the channel itself marks as a test.",
    )
    unknown_products = fields.Selection(
        [("wait", "Wait for a decision"), ("placeholder", "Place with a placeholder")],
        string="Orders with Unknown Items",
        default="wait",
        required=True,
        tracking=True,
        help="A placeholder keeps the order's lines and amounts. It stays a quotation until the item is matched with a "
        "product. No line is ever dropped.",
    )
    customer_policy = fields.Selection(
        [
            ("orders", "Only what orders say"),
            ("follow", "Follow changes of their accounts"),
            ("all", "All who register, too"),
        ],
        string="Customers",
        default="follow",
        required=True,
        tracking=True,
        help="Where a platform lists its customers. What your team wrote on a contact is never changed: a new e-mail, "
        "name or telephone follows only where the old one still stands as the channel said it.",
    )
    read_coupons = fields.Boolean(
        default=True, tracking=True, help="Where a platform lists its coupons: what each code stands for is shown here."
    )
    voucher_account_id = fields.Many2one(
        "account.account",
        string="Gift Cards and Store Credit",
        check_company=True,
        domain="[('account_type', 'in', ('liability_current', 'liability_non_current'))]",
        tracking=True,
        help="What buyers have paid for and not used yet: a gift card that is sold is owed here, one that is used is "
        "taken from here.",
    )

    def write(self, vals):
        result = super().write(vals)
        if {"customer_policy", "read_coupons"} & vals.keys():
            self._read_people_and_coupons()
        if vals.get("voucher_account_id"):
            self._invoice_gift_cards()
        return result

    def _read_people_and_coupons(self):
        """With another policy they are read now instead of at the next turn."""
        for channel in self:
            topics = [topic for topic in ("customers", "coupons") if channel._asks(topic)]
            cursors = channel.sudo().cursor_ids.filtered(lambda cursor, topics=topics: cursor.topic in topics)
            cursors.write({"position": False, "next_try": fields.Datetime.now()})
        self.env["ecom.flow.run"]._wake()

    def _invoice_gift_cards(self):
        """What could not be invoiced for want of the account is due again."""
        waiting = self.env["sale.order"].sudo()
        waiting = waiting.search(
            [
                ("ecom_channel_id", "in", self.ids),
                ("invoice_status", "=", "to invoice"),
                ("order_line.ecom_kind", "=", "gift_card"),
            ]
        )
        waiting.filtered(lambda order: order.ecom_channel_id.invoice_policy != "manual").ecom_invoice_due = True

    def _require_voucher_account(self):
        if not self.voucher_account_id:
            raise UserError(
                self.env._(
                    "A gift card that is sold is owed to the buyer until it is used. Choose the account for gift cards "
                    "and store credit on the channel %(channel)s, then retry.",
                    channel=self.name,
                )
            )
        return self.voucher_account_id
