from odoo import fields, models


class EcomFlowBook(models.AbstractModel):
    """A posted payout that lists a refund says that its money has left: what we only knew as owed is paid."""

    _inherit = "ecom.flow.book"

    def _post(self, settlement):
        moves = super()._post(settlement)
        self._confirmed(settlement)._confirm_settled(settlement.date_to or fields.Datetime.now())
        return moves

    def _confirmed(self, settlement):
        """Pending refunds that its lines name, or whose order and amount they have; each line for one."""
        lines = settlement.line_ids.filtered(lambda line: line.family == "refund" and line.order_id)
        pending = self.env["ecom.refund"].search([("order_id", "in", lines.order_id.ids), ("state", "=", "pending")])
        found = pending.browse()
        for line in lines:
            left = (pending - found).filtered(lambda refund, line=line: refund.order_id == line.order_id)
            named = left.filtered(
                lambda refund, line=line: refund.external_id and refund.external_id == line.refund_reference
            )
            same = left.filtered(
                lambda refund, line=line: not refund.currency_id.compare_amounts(refund.amount, abs(line.amount))
            )
            found += (named or same)[:1]
        return found
