from odoo import api, fields, models


class SaleOrder(models.Model):
    """An order that replaces what came back."""

    _inherit = "sale.order"

    ecom_replaces_id = fields.Many2one(
        "ecom.return", string="Replaces", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    ecom_in_advance = fields.Boolean(string="Before the Goods Are Back", readonly=True, copy=False)
    ecom_return_by = fields.Date(
        string="Goods Due By", readonly=True, copy=False, help="What is not back by then is charged."
    )

    def _get_prepayment_required_amount(self):
        """Of a replacement: what it costs more than what came back."""
        if not self.ecom_replaces_id:
            return super()._get_prepayment_required_amount()
        return max(self.env["ecom.flow.return.exchange"].sudo()._due(self.sudo()), 0.0)

    def _is_confirmation_amount_reached(self):
        """A payment confirms a replacement only once its goods are back; their arrival asks again."""
        if self.ecom_replaces_id and not self.env["ecom.flow.return.exchange"]._may_leave(self):
            return False
        return super()._is_confirmation_amount_reached()

    def _confirmation_error_message(self):
        """Nobody sends a replacement before its goods are back and the difference is paid."""
        found = super()._confirmation_error_message()
        if found or not self.ecom_replaces_id or self._is_confirmation_amount_reached():
            return found
        return self.env._(
            "It replaces %(record)s: it leaves when those goods are back and the difference is paid.",
            record=self.ecom_replaces_id.name,
        )

    def _action_confirm(self):
        result = super()._action_confirm()
        for order in self.filtered("ecom_in_advance"):
            order.ecom_return_by = self.env["ecom.flow.return.advance"]._deadline(order.ecom_replaces_id)
        return result

    def _action_cancel(self):
        """A cancelled exchange is a refund again."""
        result = super()._action_cancel()
        for record in self.sudo().ecom_replaces_id:
            if all(order.state == "cancel" for order in record.replacement_ids):
                lines = record.line_ids.filtered(lambda line: line.resolution == "exchange" and not line._credits)
                lines.resolution = "refund"
        return result

    def _ecom_left_to_pay(self):
        """What the buyer pays before it leaves, as a float of its currency."""
        return max(self.currency_id.round(self._get_prepayment_required_amount() - self.amount_paid), 0.0)

    def _ecom_link(self):
        """Core's payment link for what is still to be paid."""
        amount = self._get_prepayment_required_amount() - self.amount_paid
        values = {"res_model": self._name, "res_id": self.id, "amount": amount, "currency_id": self.currency_id.id}
        return self.env["payment.link.wizard"].sudo().create({**values, "partner_id": self.partner_id.id}).link

    @api.model
    def _cron_charge_replacements(self):
        """A batch a run; the next one at once where more wait."""
        flow = self.env["ecom.flow.return.advance"]
        overdue = flow._overdue()
        for company, orders in overdue.grouped("company_id").items():
            flow.with_company(company)._charge(orders)
