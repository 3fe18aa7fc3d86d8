from datetime import timezone
from zoneinfo import ZoneInfo

from odoo import api, fields, models

from ..policy.deadlines import Times, refund_by, send_by


class EcomReturnPolicy(models.Model):
    _inherit = "ecom.return.policy"

    refund_days = fields.Integer(
        string="Days to Give Back", default=14, help="After the customer said that it comes back. EU law: 14."
    )
    receipt_days = fields.Integer(
        string="Working Days after Receipt",
        help="In which a marketplace wants the money given back once the goods are here. 0: the days above hold.",
    )
    send_days = fields.Integer(string="Days to Send", default=14, help="In which the customer sends it. EU law: 14.")

    _days_positive = models.Constraint(
        "CHECK(refund_days >= 0 AND receipt_days >= 0 AND send_days >= 0)", "Days are not below zero."
    )

    def _times(self):
        """policy.deadlines.Times; of no policy those of EU law."""
        if not self:
            return Times()
        return Times(refund_days=self.refund_days, receipt_days=self.receipt_days, send_days=self.send_days)


class EcomReturn(models.Model):
    """By when somebody must have acted: what the board is sorted by."""

    _inherit = "ecom.return"

    due_on = fields.Date(compute="_compute_due_on", store=True, index="btree_not_null")
    due_kind = fields.Selection(
        [
            ("law", "Money, by Law"),
            ("marketplace", "Money, by the Marketplace"),
            ("send", "Goods, by the Customer"),
        ],
        string="Due",
        compute="_compute_due_on",
        store=True,
    )
    value = fields.Monetary(compute="_compute_value", store=True, help="What was charged for it, with tax.")
    currency_id = fields.Many2one("res.currency", compute="_compute_value", store=True)

    @api.depends("line_ids.quantity", "line_ids.order_line_id")
    def _compute_value(self):
        for record in self:
            record.currency_id = record.line_ids.currency_id[:1] or record.company_id.currency_id
            record.value = sum(record.line_ids.mapped("value"))

    @api.depends("disagreement", "authorised_at", "sent_at", "policy_id", "line_ids.arrived_move_id.date")
    def _compute_due_on(self):
        for record in self:
            record.due_on, record.due_kind = record._find_due() if record.disagreement else (False, False)

    def _find_due(self):
        """(date, kind): of the money where it is owed, of the goods else."""
        times, received = self.policy_id._times(), self.line_ids.sudo().arrived_move_id.mapped("date")
        noticed = self._day(self.create_date or fields.Datetime.now())
        if self.disagreement != "money_without_goods":
            due = refund_by(
                times,
                noticed=noticed,
                sent=self._day(self.sent_at),
                received=self._day(min(received)) if received else None,
            )
            if due:
                return due, "marketplace" if times.receipt_days else "law"
        if self.disagreement in ("awaited_goods", "money_without_goods"):
            return send_by(times, agreed=self._day(self.authorised_at) or noticed), "send"
        return False, False

    def _day(self, moment):
        """The day it is where the buyer lives."""
        return moment and moment.replace(tzinfo=timezone.utc).astimezone(ZoneInfo(self.zone)).date()
