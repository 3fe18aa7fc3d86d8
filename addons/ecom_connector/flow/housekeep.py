import logging
import time

from odoo import api, fields, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

HOUSEKEEPING_SECONDS = 120
BATCH = 2000


class EcomFlowHousekeep(models.AbstractModel):
    """What has an end: raw contents, finished messages, values sealed with an old key.

    An event that comes again after its message was removed is stored again and changes nothing: the sale order
    remembers which version of it was applied last.
    """

    _name = "ecom.flow.housekeep"
    _description = "E-commerce: housekeeping"

    @api.model
    def _cron_housekeeping(self):
        """Called daily. Each batch is a transaction of its own; what is not done in time is left for tomorrow."""
        end = time.monotonic() + HOUSEKEEPING_SECONDS
        for task in self._tasks():
            try:
                self._repeat(task, end)
            except Exception:
                _logger.exception("Housekeeping: %s failed", task)

    @api.model
    def _tasks(self):
        """Names of methods that do up to `limit` things and return whether more may be left. To extend."""
        return ["_erase_payloads", "_remove_messages", "_remove_changes", "_reseal_credentials"]

    def _repeat(self, task, end):
        more = True
        while more and time.monotonic() < end:
            with self.env["ecom.flow.run"]._transaction() as env:
                more = getattr(env["ecom.flow.housekeep"], task)(BATCH)

    def _erase_payloads(self, limit):
        """Raw contents hold names and addresses. SQL because nothing hangs on them and the ORM would load them all."""
        self.env.cr.execute(
            SQL(
                """WITH old AS MATERIALIZED (
                    SELECT p.id
                      FROM ecom_payload p
                      JOIN ecom_message m ON m.id = p.message_id
                      JOIN ecom_channel c ON c.id = m.channel_id
                     WHERE c.keep_payload_days > 0 AND m.state <> 'waiting'
                       AND m.create_date < %(now)s - c.keep_payload_days * interval '1 day'
                     LIMIT %(limit)s
                       FOR UPDATE OF p SKIP LOCKED)
                   DELETE FROM ecom_payload payload USING old WHERE payload.id = old.id""",
                now=fields.Datetime.now(),
                limit=limit,
            )
        )
        self.env["ecom.payload"].invalidate_model()
        return self.env.cr.rowcount == limit

    def _remove_messages(self, limit):
        """Finished messages. One that somebody had to decide about stays as long as the decision."""
        self.env.cr.execute(
            SQL(
                """WITH old AS MATERIALIZED (
                    SELECT m.id
                      FROM ecom_message m
                      JOIN ecom_channel c ON c.id = m.channel_id
                     WHERE c.keep_message_days > 0 AND m.state IN ('done', 'superseded', 'ignored')
                       AND coalesce(m.done_at, m.write_date) < %(now)s - c.keep_message_days * interval '1 day'
                       AND NOT EXISTS (SELECT FROM ecom_exception e WHERE e.ecom_message_id = m.id)
                     LIMIT %(limit)s
                       FOR UPDATE OF m SKIP LOCKED)
                   DELETE FROM ecom_message message USING old WHERE message.id = old.id""",
                now=fields.Datetime.now(),
                limit=limit,
            )
        )
        self.env["ecom.message"].invalidate_model()
        return self.env.cr.rowcount == limit

    def _remove_changes(self, limit):
        """Both sides of a change that was decided: they hold addresses, as the messages do."""
        changes = self.env["ecom.order.change"]
        for channel in self.env["ecom.channel"].search([("keep_message_days", ">", 0)]):
            end = fields.Datetime.subtract(fields.Datetime.now(), days=channel.keep_message_days)
            decided = [("channel_id", "=", channel.id), ("state", "!=", "open"), ("write_date", "<", end)]
            changes |= changes.search(decided, limit=limit - len(changes))
            if len(changes) == limit:
                break
        changes.unlink()
        return len(changes) == limit

    def _reseal_credentials(self, limit):
        self.env["ecom.channel.credential"]._reseal()
        return False
