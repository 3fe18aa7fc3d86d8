"""What a channel shows <-> what it acknowledged and what was decided.

A comparison asks the channel through the road that stock takes anyway: its levels are marked as unsure, one batch after
the other, so that real changes go between them. The publisher then reads what is shown before it says anything, and
here the answer is compared and sorted. What is wrong is put right by the publisher, within its guard.
"""

from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

# A channel that did not answer all within this time is asked again by the next comparison.
LONGEST = timedelta(days=1)


class EcomFlowAudit(models.AbstractModel):
    _name = "ecom.flow.audit"
    _description = "E-commerce: compare stock"

    # ------------------------------------------------------------------- begin
    def _begin(self, channel):
        """Compare all that this channel shows. Returns the audit, also one that is running already."""
        audits = self.env["ecom.stock.audit"].sudo()
        running = audits.search([("channel_id", "=", channel.id), ("state", "=", "running")])
        if running:
            return running
        audit = audits.create({"channel_id": channel.id})
        self._ask_next(audit)
        return audit

    def _due_channels(self):
        """Those whose last comparison began longer ago than their policy says."""
        found = self.env["ecom.channel"]
        for channel in self.env["ecom.channel"].search([("mode", "=", "live"), ("publish_stock", "=", True)]):
            last = self.env["ecom.stock.audit"].search([("channel_id", "=", channel.id)], limit=1)
            due = channel.audit_days and (
                not last or last.create_date + timedelta(days=channel.audit_days) <= fields.Datetime.now()
            )
            if due and channel._adapter().can("stock"):
                found |= channel
        return found

    def _ask_next(self, audit):
        """Mark the next batch, or end the comparison. Only what is settled: whatever is on its way is being asked for
        or told anyway."""
        channel = audit.channel_id
        self.env["ecom.stock.level"].flush_model()
        # SQL: a level is locked only if nobody works on it.
        self.env.cr.execute(
            SQL(
                """WITH next AS MATERIALIZED (
                       SELECT id FROM ecom_stock_level
                        WHERE channel_id = %(channel)s AND id > %(position)s AND known AND NOT unsure
                          AND sequence = published_sequence
                        ORDER BY id LIMIT %(limit)s FOR NO KEY UPDATE SKIP LOCKED)
                   UPDATE ecom_stock_level level
                      SET audit_id = %(audit)s, unsure = TRUE, sequence = level.sequence + 1, next_try = NULL
                     FROM next WHERE next.id = level.id
                RETURNING level.id""",
                channel=channel.id,
                position=audit.position,
                limit=channel._adapter().limits.stock_batch,
                audit=audit.id,
            )
        )
        asked = [row[0] for row in self.env.cr.fetchall()]
        self.env["ecom.stock.level"].invalidate_model()
        if asked:
            audit.position = max(asked)
            self.env["ecom.flow.run"]._wake()
        else:
            audit.write({"state": "done", "done_at": fields.Datetime.now()})

    def _go_on(self, audit):
        """Ask for the next batch once nothing of the last one is open."""
        if audit.state == "running" and not self.env["ecom.stock.level"].search_count(
            [("audit_id", "=", audit.id)], limit=1
        ):
            self._ask_next(audit)

    def _stop_old(self):
        audits = self.env["ecom.stock.audit"].search(
            [("state", "=", "running"), ("create_date", "<", fields.Datetime.now() - LONGEST)]
        )
        self.env["ecom.stock.level"].search([("audit_id", "in", audits.ids)]).write({"audit_id": False})
        audits.write({"state": "stopped", "done_at": fields.Datetime.now()})

    # ----------------------------------------------------------------- compare
    def _compare(self, level, held, expected, stuck):
        """The channel showed `held`, None: does not list it. Keeps a difference. `stuck`: units of the listing in
        orders that came in and are not ours."""
        audit = level.audit_id
        audit.compared += 1
        level.audit_id = False
        if held is not None and held == expected:
            return
        shown = held or 0
        self.env["ecom.stock.drift"].create(
            {
                "audit_id": audit.id,
                "level_id": level.id,
                "listing_id": level.listing_id.id,
                "shown": shown,
                "expected": expected,
                "decided": level.decided,
                "difference": shown - expected,
                "cause": "inactive" if held is None else self._cause(level, held, expected, stuck),
                "waits": self._waits(level, held),
            }
        )
        audit._compute_different()

    def _cause(self, level, held, expected, stuck):
        """Fewer than expected: an order explains it, until all orders that could have been asked for (then the
        publisher's guard gives up, and it was a person). More: our last figure did not stay, or a person raised it."""
        if held == level.published_before and held != level.published:
            return "lost"
        if held < expected:
            return "orders"
        return "orders" if stuck and held <= expected + stuck else "edited"

    def _waits(self, level, held):
        return held is not None and level.channel_id.drift_policy == "ask" and held < level.decided

    def _explained(self, level):
        """No order explains what was missing: it was changed by hand."""
        drift = self.env["ecom.stock.drift"].search(
            [("level_id", "=", level.id), ("cause", "=", "orders")], order="id desc", limit=1
        )
        drift.cause = "edited"
