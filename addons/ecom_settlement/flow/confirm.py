from odoo import fields, models


class EcomFlowBook(models.AbstractModel):
    """A posted payout that lists a refund says that its money has left: what we only knew as owed is paid."""

    _inherit = "ecom.flow.book"

    def _post(self, settlement):
        moves = super()._post(settlement)
        pending = self.env["ecom.refund"].search(
            [("order_id", "in", settlement.line_ids.order_id.ids), ("state", "=", "pending")]
        )
        if pending:
            self._confirm(self._refunds(settlement.line_ids), pending)
        return moves

    # ----------------------------------------------------------------- refunds
    def _refunds(self, lines):
        """Each refund that they list: those of the buyer's money, his taxes included. A report that states one refund
        in several rows gives them the same number."""
        lines = lines.filtered(lambda line: line.order_id and not line.refund_id)
        refunds = lines.filtered(lambda line: line.family == "refund")
        for line in refunds:
            if not line.refund_reference:
                yield line
        numbered = lines.filtered("refund_reference").grouped(lambda line: (line.order_id, line.refund_reference))
        for group in numbered.values():
            if group & refunds:
                yield group.filtered(lambda line: line.family in ("refund", "tax", "shipping", "promotion"))

    def _confirm(self, groups, pending):
        """Pending refunds that the rows name, or whose order and amount they have; each for one."""
        for group in groups:
            order, amount = group.order_id, abs(sum(group.mapped("amount")))
            left = pending.filtered(lambda refund, order=order: refund.order_id == order and refund.state == "pending")
            named = left.filtered(
                lambda refund, group=group: refund.external_id
                and refund.external_id in group.mapped("refund_reference")
            )
            same = left.filtered(
                lambda refund, amount=amount: not refund.currency_id.compare_amounts(refund.amount, amount)
            )
            found = (named or same)[:1]
            if found:
                group.refund_id = found
                found._confirm_settled(group.settlement_id.date_to or fields.Datetime.now())

    def _confirm_earlier(self, refunds):
        """Owed only now, and a posted payout lists them already: a marketplace pays buyers back before we do."""
        lines = self.env["ecom.settlement.line"].search(
            [
                ("order_id", "in", refunds.order_id.ids),
                ("settlement_id.state", "=", "posted"),
                ("refund_id", "=", False),
            ]
        )
        self._confirm(self._refunds(lines), refunds)
