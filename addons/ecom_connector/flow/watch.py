"""What nobody does in time: late orders become exceptions, overdue exceptions go to the manager."""

import logging
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import api, fields, models

_logger = logging.getLogger(__name__)

ESCALATED_AT_ONCE = 1000
WARN_BEFORE = timedelta(days=60)


class EcomFlowWatch(models.AbstractModel):
    _name = "ecom.flow.watch"
    _description = "E-commerce: deadlines"

    @api.model
    def _cron_watch(self):
        """Called every hour. One channel's trouble keeps no other from being watched."""
        for channel in self.env["ecom.channel"].search([("mode", "!=", "off")]):
            try:
                with self.env.cr.savepoint():
                    self._watch(channel.with_company(channel.company_id))
            except OperationalError as error:
                _logger.info("Channel %s: %s; watched again in an hour", channel.id, type(error).__name__)
            except Exception:
                _logger.exception("Watching the deadlines of channel %s failed", channel.id)

    def _watch(self, channel):
        """`channel`: one. Opens what became late, closes what is late no more, escalates what nobody decided."""
        channel = channel.with_context(lang=channel.responsible_id.lang or self.env.lang)
        watch = channel.env["ecom.flow.watch"]
        watch._watch_orders(channel, "late", watch._late_domain(), watch._late_trouble)
        watch._watch_orders(channel, "acknowledge", watch._unacknowledged_domain(), watch._unacknowledged_trouble)
        watch._watch_version(channel)
        watch._escalate(channel)

    # ----------------------------------------------------------------- orders
    def _late_domain(self):
        return [("ecom_is_late", "=", True)]

    def _unacknowledged_domain(self):
        return [("state", "in", ("draft", "sent")), ("ecom_acknowledge_by", "<", fields.Datetime.now())]

    def _watch_orders(self, channel, kind, domain, trouble):
        """One exception an order, by key; those whose order is fine again are closed. All of it in a few statements."""
        late = self.env["sale.order"].search([("ecom_channel_id", "=", channel.id), *domain])
        exceptions = self.env["ecom.exception"]
        of_kind = [("channel_id", "=", channel.id), ("state", "=", "open"), ("dedupe_key", "=like", f"{kind}:%")]
        late_ids = set(late.ids)
        told = exceptions.search(of_kind)
        told.filtered(lambda exception: exception.order_id.id not in late_ids)._close_quietly()
        exceptions._open_many(channel, [trouble(order) | {"dedupe_key": f"{kind}:{order.id}"} for order in late])

    def _late_trouble(self, order):
        return {
            "category": "deadline",
            "severity": "2",
            "name": self.env._("%(order)s is late", order=order.ecom_number or order.name),
            "detail": self.env._(
                "It had to leave by %(when)s. Ship it, or agree on another date with the buyer.",
                when=self._when(order, order.ecom_ship_by),
            ),
            "order_id": order.id,
        }

    def _unacknowledged_trouble(self, order):
        return {
            "category": "deadline",
            "severity": "3",
            "name": self.env._("%(order)s is not confirmed in time", order=order.ecom_number or order.name),
            "detail": self.env._(
                "The channel expected an answer by %(when)s. Confirm or cancel the order.",
                when=self._when(order, order.ecom_acknowledge_by),
            ),
            "order_id": order.id,
        }

    @staticmethod
    def _when(order, moment):
        """In the time zone of whoever works on it, else of the company."""
        zone = order.ecom_channel_id.responsible_id.tz or order.company_id.partner_id.tz or "UTC"
        local = fields.Datetime.context_timestamp(order.with_context(tz=zone), moment)
        return f"{local:%Y-%m-%d %H:%M} ({zone})"

    # ---------------------------------------------------------------- version
    def _watch_version(self, channel):
        """What is spoken here will not be understood for ever: whoever looks after Odoo has to hear of it in time."""
        ends_on = channel._adapter().ends_on
        key = f"interface:{ends_on}"
        if not ends_on or ends_on - fields.Date.today() > WARN_BEFORE:
            self.env["ecom.exception"]._solve(channel, [key], self.env._("A newer version is spoken."))
            return
        self.env["ecom.exception"]._open(
            channel,
            category="connection",
            severity="2",
            name=self.env._("%(channel)s needs an update of this connector", channel=channel.name),
            detail=self.env._(
                "The version of %(platform)s's interface that is used here is served until %(day)s. Install the newer "
                "release of the connector before that.",
                platform=channel._adapter().name,
                day=ends_on,
            ),
            dedupe_key=key,
        )

    # ------------------------------------------------------------- escalation
    def _escalate(self, channel):
        overdue = self.env["ecom.exception"].search(
            [("channel_id", "=", channel.id), ("is_overdue", "=", True), ("escalated_at", "=", False)],
            order="severity desc, deadline, id",
            limit=ESCALATED_AT_ONCE,
        )
        overdue._escalate()
