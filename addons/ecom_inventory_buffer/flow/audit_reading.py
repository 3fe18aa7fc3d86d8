"""Where a comparison hangs in the road of stock: before a level is read, and when the channel has answered."""

from datetime import timedelta

from odoo import fields, models

# Until a person has decided. A new decision about the stock goes out whatever this says.
ASKED = timedelta(days=3650)


class EcomFlowPublish(models.AbstractModel):
    _inherit = "ecom.flow.publish"

    def _is_read_first(self, channel, level, shown):
        """A zero is right without looking; whether it was shown is another question."""
        return bool(level.audit_id) or super()._is_read_first(channel, level, shown)


class EcomFlowAcknowledge(models.AbstractModel):
    _inherit = "ecom.flow.acknowledge"

    def _acknowledge(self, channel, batch, answer):
        levels = self.env["ecom.stock.level"].browse(row.level_id for row in batch.rows).exists()
        audits = levels.audit_id
        result = super()._acknowledge(channel, batch, answer)
        for audit in audits:
            self.env["ecom.flow.audit"]._go_on(audit)
        return result

    def _acknowledge_reading(self, channel, level, batch, answer, sold):
        if not level.audit_id or (level.id not in answer.held and answer.error is not None):
            return super()._acknowledge_reading(channel, level, batch, answer, sold)
        stuck, _is_all = self.env["ecom.flow.reckon"]._count_stuck(channel)
        shown = self.env["ecom.flow.guard"]._shown(level, sold, stuck)
        held = answer.held.get(level.id)
        waits = self.env["ecom.flow.audit"]._waits(level, held) and held != shown.believed
        self.env["ecom.flow.audit"]._compare(level, held, shown.believed or 0, shown.stuck)
        super()._acknowledge_reading(channel, level, batch, answer, sold)
        if waits:
            level.next_try = fields.Datetime.now() + ASKED
        return None

    def _applied(self, level, row, result):
        before = level.published
        applied = super()._applied(level, row, result)
        if level.published != before:
            level.published_before = before
        return applied


class EcomFlowGuard(models.AbstractModel):
    _inherit = "ecom.flow.guard"

    def _give_up(self, channel, level, shown):
        if shown.carried:
            self.env["ecom.flow.audit"]._explained(level)
        return super()._give_up(channel, level, shown)
