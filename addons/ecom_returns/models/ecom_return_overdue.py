from datetime import timedelta

from odoo import api, fields, models

# Goods that were promised, and neither came nor are known to be on their way.
BATCH = 100


class EcomReturn(models.Model):
    """Goods that do not come: they wait, age and expire. What was paid back for them stays owed, until somebody takes
    the loss or claims it."""

    _inherit = "ecom.return"

    @api.model
    def _cron_expire(self):
        """A batch a run; the next one at once where more wait."""
        overdue = self._overdue(BATCH)
        overdue._expire()
        if len(overdue) == BATCH:
            self.env.ref("ecom_returns.ir_cron_expire_returns")._trigger()

    def _overdue(self, limit):
        found = self.browse()
        for policy in self.env["ecom.return.policy"].with_context(active_test=False).search([("overdue_days", ">", 0)]):
            before = fields.Datetime.now() - timedelta(days=policy.overdue_days)
            found |= self.search(
                [
                    ("policy_id", "=", policy.id),
                    ("authorisation", "=", "approved"),
                    ("line_ids.goods", "=", "awaiting"),
                    ("authorised_at", "<", before),
                ],
                limit=limit - len(found),
                order="id",
            )
            if len(found) >= limit:
                break
        return found

    def _expire(self):
        """What is awaited is given up. A return of which nothing came ends; of the others only these lines do."""
        for record in self:
            lines = record.line_ids.filtered(lambda line: line.goods == "awaiting")
            lines.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))._action_cancel()
            lines.goods = "expired"
            if record.line_ids == lines:
                record._authorise("expired")
            record.message_post(body=record.env._("The goods never came."))
            record._claim_missing(lines)
            if lines.filtered(lambda line: line.money == "executed"):
                record.activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=record.env._("Paid back, and the goods never came: claim it or write it off"),
                    user_id=record._responsible().id,
                )

    def _claim_missing(self, lines):
        """A marketplace that takes returns into its own warehouse answers for what it paid back and never got."""
        if self.channel_id and self.channel_id._adapter().kind == "marketplace":
            there = lines.filtered(lambda line: line.order_id.ecom_fulfilment == "elsewhere")
            there = there.filtered(lambda line: line.money == "executed")
            there.fault = "channel"
            self.env["ecom.return.claim"].sudo()._propose(there)
