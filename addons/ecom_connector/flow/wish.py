from datetime import datetime, timedelta, timezone

from odoo import fields, models
from odoo.exceptions import UserError

from ..channels.errors import ChannelError
from .receive import Question, aware


class EcomFlowReceive(models.AbstractModel):
    """Orders that a person asks for: one by its number, or all of a range of dates. They are taken in whatever their
    age, also those placed before the channel went live."""

    _inherit = "ecom.flow.receive"

    def _fetch_number(self, channel, number):
        """Store the order that the buyer knows by this number. Returns its message. Asks the channel, so nothing may
        have been written in this transaction. UserError where there is none, or the channel does not answer."""
        orders = channel._adapter().noun("orders")
        try:
            raw = orders and orders.find_order(channel._connect(), number.strip())
        except ChannelError as error:
            raise UserError(str(error)) from None
        if not raw:
            raise UserError(
                self.env._("%(channel)s knows no order %(number)s.", channel=channel.name, number=number.strip())
            )
        item = self._order_item(raw, wish=datetime.now(timezone.utc).isoformat())
        self._store(channel, [item])
        return self.env["ecom.message"].search(
            [("channel_id", "=", channel.id), ("direction", "=", "in"), ("event_key", "=", item["event_key"])]
        )

    def _fetch_range(self, channel, since, until):
        """Read all orders changed between two naive UTC moments, page by page between the polls. UserError while an
        earlier wish is still being read."""
        cursor = self._cursor(channel)
        if cursor.wish_until:
            raise UserError(self.env._("%(channel)s is still reading an earlier range of dates.", channel=channel.name))
        if since >= until:
            raise UserError(self.env._("The range must end after it begins."))
        now = fields.Datetime.now()
        cursor.write(
            {"wish_since": since, "wish_until": until, "wish_position": False, "wish_at": now, "next_try": now}
        )
        self.env["ecom.flow.run"]._wake()

    # ------------------------------------------------------------ between polls
    def _is_poll_due(self, channel, cursor):
        """A long range must not hold up the new orders."""
        seconds = timedelta(seconds=channel._adapter().limits.poll_seconds)
        return bool(cursor.position) or not cursor.fresh_at or cursor.fresh_at + seconds <= fields.Datetime.now()

    def _wish_question(self, channel, cursor):
        return Question(
            **self._ready(channel),
            since=aware(cursor.wish_since),
            until=aware(cursor.wish_until),
            token=self._token(cursor, cursor.wish_position),
            wish=cursor.wish_at.isoformat(),
        )

    def _move_wish(self, channel, cursor, page):
        if page.next:
            cursor.write({"wish_position": page.next})
            return self._later(page)
        cursor.write({"wish_since": False, "wish_until": False, "wish_position": False, "wish_at": False})
        return self._next_poll(channel, cursor)
