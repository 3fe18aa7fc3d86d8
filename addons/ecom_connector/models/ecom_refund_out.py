from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class EcomRefund(models.Model):
    """A refund that we owe, told to the channel: a person says whether the channel moves the money or only notes it."""

    _inherit = "ecom.refund"

    pays = fields.Boolean(
        string="Paid Back by the Channel",
        readonly=True,
        help="The channel's payment provider moves the money. Off: it went back another way, and is only noted there.",
    )
    restocks = fields.Boolean(
        string="Back on Sale There",
        readonly=True,
        help="The channel puts the refunded units back on sale itself. Only where stock is not published from here: "
        "else our figures say what is on sale.",
    )
    publishes = fields.Boolean(related="channel_id.publish_stock", string="Stock Comes From Here")
    message_ids = fields.One2many("ecom.message", "refund_id", string="Told the Channel")
    can_tell = fields.Boolean(compute="_compute_can_tell", compute_sudo=True)

    @api.depends("state", "external_id", "channel_id.code", "channel_id.mode", "message_ids.state")
    def _compute_can_tell(self):
        for refund in self:
            noun = refund.channel_id._adapter().noun("refunds")
            ours = refund.state == "pending" and not refund.external_id and refund.channel_id.mode == "live"
            under_way = any(message.state == "waiting" for message in refund.message_ids)
            refund.can_tell = ours and not under_way and hasattr(noun, "send_refund")

    @api.depends("external_id", "order_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        """One that only we know of has no number on the channel yet."""
        for refund in self:
            owed = self.env._("Refund of %(order)s", order=refund.order_id.name or "")
            refund.display_name = refund.external_id or owed

    def action_pay_back(self):
        """Have the channel's payment provider give the money back."""
        self._tell(pays=True)

    def action_note_there(self):
        """The money went back another way: have the channel write that down, and move none."""
        self._tell(pays=False)

    def action_toggle_restocks(self):
        """Whether the channel puts the units back on sale with the refund."""
        self._check_may_tell()
        for refund in self:
            if not refund.can_tell or refund.publishes:
                raise UserError(self.env._("What is on sale there is not for this refund to say."))
            refund.sudo().restocks = not refund.restocks

    def _check_may_tell(self):
        if not self.env.user.has_group("ecom_connector.ecom_connector_group_channel_manager"):
            raise AccessError(self.env._("Only channel managers may have a channel refund money."))

    def _tell(self, pays):
        """Noted with who said so; told after the commit. Once a refund, however often it is tried."""
        self._check_may_tell()
        for refund in self:
            if not refund.can_tell:
                raise UserError(self.env._("There is nothing to tell the channel of this refund."))
            tried = refund.sudo().message_ids.filtered(lambda message: message.state != "done")
            if tried and refund.pays != pays:
                # The channel may have done the first already; what it has is found by the key, whatever it says.
                raise UserError(self.env._("It was told otherwise before. Retry that message, or look on the channel."))
            refund.sudo().pays = pays
            refund.order_id._message_log(body=refund._told_words())
            if not tried._move("waiting", next_try=fields.Datetime.now()):
                self.env["ecom.message"].sudo().create(refund._prepare_message())
        self.env["ecom.flow.run"]._wake()

    def _told_words(self):
        amount = self.currency_id.format(self.amount)
        if self.pays:
            return self.env._("%(user)s has the channel pay back %(amount)s.", user=self.env.user.name, amount=amount)
        return self.env._(
            "%(user)s paid back %(amount)s another way; the channel is told.", user=self.env.user.name, amount=amount
        )

    def _prepare_message(self):
        return {
            "channel_id": self.channel_id.id,
            "direction": "out",
            "topic": "refunds",
            "event_key": f"refund:{self.id}",
            "external_id": self.order_id.ecom_external_id,
            "order_id": self.order_id.id,
            "refund_id": self.id,
        }


class EcomMessage(models.Model):
    _inherit = "ecom.message"

    refund_id = fields.Many2one("ecom.refund", readonly=True, index="btree_not_null", ondelete="set null")
