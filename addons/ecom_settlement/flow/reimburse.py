from odoo import fields, models
from odoo.addons.ecom_connector.flow.reimburse import Reimbursement


class EcomFlowBook(models.AbstractModel):
    """A posted payout says what the channel paid for goods that it lost or damaged; undone, it says so no longer."""

    _inherit = "ecom.flow.book"

    def _post(self, settlement):
        moves = super()._post(settlement)
        self._tell_reimbursed(settlement, 1)
        return moves

    def _undo(self, settlement):
        reversals = super()._undo(settlement)
        self._tell_reimbursed(settlement, -1)
        return reversals

    def _tell_reimbursed(self, settlement, sign):
        lines = settlement.line_ids.filtered(lambda line: line.family == "reimbursement")
        paid = [self._reimbursement(line, sign) for line in lines]
        if paid:
            self.env["ecom.flow.reimburse"]._paid(settlement.channel_id, paid)

    @staticmethod
    def _reimbursement(line, sign):
        return Reimbursement(
            order=line.order_id,
            sku=line.sku or "",
            quantity=line.quantity,
            amount=sign * line.net,
            currency=line.currency_id,
            reference=line.refund_reference or "",
            kind=(line.detail or line.kind).rpartition("/")[2],
            moment=line.posted_at or line.settlement_id.date_to or fields.Datetime.now(),
        )
