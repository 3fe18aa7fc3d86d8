from odoo import api, fields, models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    """Whether a channel's order may go on, and what is known of it for judging that."""

    _inherit = "sale.order"

    ecom_type_ids = fields.Many2many("ecom.order.type", string="Kind of Order", readonly=True, copy=False)
    ecom_risk = fields.Selection(
        [("low", "Low"), ("medium", "Medium"), ("high", "High")], string="Risk Seen There", readonly=True, copy=False
    )
    ecom_shipping_method = fields.Char(string="Shipping Method There", readonly=True, copy=False)
    ecom_buyer_key = fields.Char(readonly=True, copy=False, help="The same for the same buyer on every channel.")
    ecom_address_key = fields.Char(readonly=True, copy=False, help="The same for the same address, however spelt.")
    ecom_held = fields.Boolean(string="On Hold", compute="_compute_ecom_held", search="_search_ecom_held")
    ecom_hold_reasons = fields.Text(compute="_compute_ecom_held")
    ecom_may_release = fields.Boolean(compute="_compute_ecom_may_release")

    _ecom_buyer_idx = models.Index("(ecom_buyer_key, ecom_placed_at) WHERE ecom_buyer_key IS NOT NULL")
    _ecom_address_idx = models.Index("(ecom_address_key, ecom_placed_at) WHERE ecom_address_key IS NOT NULL")

    # Few at any time; measuring counts what they want as sold.
    _ecom_quotation_idx = models.Index(
        "(warehouse_id) WHERE ecom_channel_id IS NOT NULL AND state IN ('draft', 'sent')"
    )

    @api.depends("ecom_exception_ids.state", "ecom_exception_ids.is_hold")
    def _compute_ecom_held(self):
        holds = self._ecom_holds().grouped("order_id")
        for order in self:
            found = holds.get(order, self.env["ecom.exception"])
            order.ecom_held = bool(found)
            order.ecom_hold_reasons = "\n".join(found.mapped(lambda hold: hold.detail or hold.name))

    def _search_ecom_held(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("ecom_exception_ids", "any", [("is_hold", "=", True), ("state", "=", "open")])]

    @api.depends("ecom_exception_ids.state", "ecom_exception_ids.approved_by")
    @api.depends_context("uid")
    def _compute_ecom_may_release(self):
        holds = self._ecom_holds().grouped("order_id")
        for order in self:
            order.ecom_may_release = any(hold.may_release for hold in holds.get(order, ()))

    def _ecom_holds(self):
        """Open holds of these orders, whoever looks."""
        exceptions = self.env["ecom.exception"].sudo()
        orders = self.filtered("ecom_channel_id")
        if not orders.ids:
            return exceptions
        return exceptions.search([("order_id", "in", orders.ids), ("is_hold", "=", True), ("state", "=", "open")])

    # ------------------------------------------------------------------ guards
    def _confirmation_error_message(self):
        """Whoever may confirm may not yet release: that leaves a name and a reason behind."""
        return super()._confirmation_error_message() or (self._held_message() if self.ecom_held else False)

    def _held_message(self):
        holds = self._ecom_holds().mapped(lambda hold: f"- {hold.name}")
        return self.env._("On hold, release it first:\n%(holds)s", holds="\n".join(holds))

    def _action_cancel(self):
        """Who cancels a held order has decided about it. What it would have taken is free again."""
        quotations = self.filtered(lambda order: order.ecom_channel_id and order.state in ("draft", "sent"))
        self.env["ecom.flow.hold"]._keep_units(quotations)
        result = super()._action_cancel()
        self._ecom_holds()._close("solved", self.env._("The order was cancelled."))
        return result

    # ----------------------------------------------------------------- buttons
    def action_ecom_release(self):
        """The holds of this order, to be released."""
        self.check_access("read")
        return self._ecom_holds().with_env(self.env).action_open_release()

    def action_ecom_block_buyer(self):
        """Put the buyer's mail address and phone number on the block list, and show them there."""
        self.env["ecom.block.entry"].check_access("create")
        entries = self.env["ecom.block.entry"]
        for order in self:
            entries |= entries._block(order)
        action = self.env["ir.actions.act_window"]._for_xml_id("ecom_connector.ecom_block_entry_action")
        return {**action, "domain": [("id", "in", entries.ids)]}


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _action_done(self):
        """An order that was put on hold after it was confirmed keeps its goods here."""
        leaving = self.filtered(lambda picking: picking.picking_type_code == "outgoing")
        held = leaving.sudo().sale_id.filtered("ecom_held")
        if held:
            raise UserError(held._held_message())
        return super()._action_done()
