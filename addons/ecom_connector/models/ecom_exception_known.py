from odoo import fields, models

from ..rules.checks.finding import Reason

KINDS = ("tax", "payment", "delivery", "listing", "currency")


class EcomException(models.Model):
    """Words of a channel that get their meaning: one click on the exception, and what waited for it goes on."""

    _inherit = "ecom.exception"

    can_choose = fields.Boolean(compute="_compute_can_choose")

    def _compute_can_choose(self):
        for exception in self:
            kind = (exception.dedupe_key or "").partition(":")[0]
            shared = exception.category in ("mapping", "product") and not exception.order_id
            exception.can_choose = exception.state == "open" and shared and kind in KINDS

    def action_open_choose(self):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("ecom_connector.ecom_choose_wizard_action")
        return {**action, "context": {"default_exception_id": self.id}}

    def _carry_on(self, channel, kind, codes, orders):
        """These words are known now: nobody asks for them any more, and what they alone held goes on."""
        self._solve(channel, {f"{kind}:{code}" for code in codes}, self.env._("It is known now."))
        known = {Reason(code=f"unknown_{kind}", about=(code,)).mark for code in codes}
        holds = self.sudo().search(
            [("order_id", "in", orders.ids), ("check_rule", "=", "unknown"), ("state", "=", "open")]
        )
        for hold in holds:
            hold.check_marks = " ".join(sorted(set((hold.check_marks or "").split()) - known))
        free = holds.filtered(lambda hold: not hold.check_marks)
        free._close_quietly(self.env._("It is known now."))
        self.env["ecom.flow.release"]._go_on(free.order_id)


class EcomPaymentMap(models.Model):
    _inherit = "ecom.payment.map"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("journal_id") or vals.get("provider_id"):
            for channel, maps in self.grouped("channel_id").items():
                maps._book_later(channel)
        return result

    def _book_later(self, channel):
        """Money that came in before anybody knew where it waits is booked now."""
        codes = self.mapped("code")
        payments = self.env["ecom.order.payment"].sudo()
        payments = payments.search([("channel_id", "=", channel.id), ("method", "in", codes)])
        for mapping in self.filtered("provider_id"):
            new = payments.filtered(lambda payment, m=mapping: payment.method == m.code and not payment.provider_id)
            new.write({"provider_id": mapping.provider_id.id})
        self.env["ecom.exception"]._carry_on(channel, "payment", codes, payments.order_id)
        self.env["ecom.flow.invoice"]._mark_due(payments.order_id, "payment")


class EcomDeliveryMap(models.Model):
    _inherit = "ecom.delivery.map"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("carrier_id"):
            for mapping in self:
                mapping._send_with()
        return result

    def _send_with(self):
        """Orders that came in before anybody knew how they are sent: those that are still here."""
        orders = self.env["sale.order"].sudo()
        orders = orders.search(
            [
                ("ecom_channel_id", "=", self.channel_id.id),
                ("ecom_shipping_method", "=", self.code),
                ("state", "in", ("draft", "sent", "sale")),
                ("carrier_id", "=", False),
            ]
        )
        orders.write({"carrier_id": self.carrier_id.id})
        pickings = orders.picking_ids.filtered(lambda p: p.state not in ("done", "cancel") and not p.carrier_id)
        pickings.filtered(lambda p: p.picking_type_code == "outgoing").write({"carrier_id": self.carrier_id.id})
        self.env["ecom.exception"]._carry_on(self.channel_id, "delivery", [self.code], orders)
