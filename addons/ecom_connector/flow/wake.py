import logging
from datetime import datetime, timedelta, timezone
from functools import partial

from psycopg2 import Error

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

CRONS = ("ecom_connector.ir_cron_work_1", "ecom_connector.ir_cron_work_2")
TOLD_AGAIN = timedelta(seconds=1)


class EcomFlowWake(models.AbstractModel):
    """Work is there -> the scheduled actions look at the tables at once."""

    _name = "ecom.flow.wake"
    _description = "E-commerce: wake the workers"

    def _after_commit(self):
        """Wake the workers once this transaction is committed; at most once a transaction."""
        postcommit = self.env.cr.postcommit
        if not postcommit.data.get("ecom_woken"):
            postcommit.data["ecom_woken"] = True
            postcommit.add(partial(wake, self.env.registry))

    def _trigger(self):
        """Trigger those that nobody has triggered a moment ago.

        A trigger is a row, and its notice a new connection to the server: a hundred webhooks a second cannot afford
        that each. A pass deletes its triggers when it begins and holds them locked until it ends, so a trigger that is
        not locked belongs to a pass that has not begun, and will see what was committed before now. An older one may
        have been told to a server that is gone.
        """
        data = self.env["ir.model.data"]
        crons = [data._xmlid_to_res_id(xmlid) for xmlid in CRONS]
        self.env.cr.execute(
            SQL(
                """SELECT cron_id FROM ir_cron_trigger
                    WHERE cron_id IN %(crons)s AND call_at <= %(now)s AND create_date > %(fresh)s
                      FOR KEY SHARE SKIP LOCKED""",
                crons=tuple(crons),
                now=fields.Datetime.now(),
                fresh=datetime.now(timezone.utc).replace(tzinfo=None) - TOLD_AGAIN,
            ),
            log_exceptions=False,
        )
        pending = {row[0] for row in self.env.cr.fetchall()}
        for cron in self.env["ir.cron"].browse(cron_id for cron_id in crons if cron_id and cron_id not in pending):
            cron._trigger()


def wake(registry):
    """In a transaction of its own. What is committed is safe: if this fails, the workers come by within a minute."""
    try:
        with registry.cursor() as cr:
            # It is worth nothing after a power cut: the answer to a webhook does not wait for the disk twice.
            cr.execute("SET LOCAL synchronous_commit TO off")
            api.Environment(cr, SUPERUSER_ID, {})["ecom.flow.wake"]._trigger()
    except Error as error:
        _logger.info("The workers were not woken: %s", type(error).__name__)
