"""What tests of the way in share: a channel, the quiet demo shop behind it, and how that shop signs."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

from ..channels.demo import shop
from ..channels.demo.shop.announcements import signature

SECRET = "webhook-secret-1"


class InboundCase:
    """To mix into a TransactionCase or a HttpCase."""

    def make_channel(self, **values):
        values = {"name": "Test Shop", "code": "demo", "mode": "live", "go_live": "2026-01-01 00:00:00", **values}
        return self.env["ecom.channel"].create(values)

    def make_shop(self, channel, **profile):
        """A shop without a past, in which nothing happens by itself."""
        path = Path(channel._with_own_file({})["file"])
        for leftover in path.parent.glob(f"{path.name}*"):
            leftover.unlink()
        channel._set_credentials({"api_key": shop.DEFAULT_API_KEY, "webhook_secret": SECRET})
        quiet = {"orders_per_day": 0, "orders_per_hour": 0, "stock_each": 500, "flaws": False}
        # Founded long ago: a shop stamps no change with a moment before its last one.
        founded = datetime.now(timezone.utc) - timedelta(days=500)
        pretend = shop.Shop(path, profile=shop.Profile.of("EUR", **quiet, **profile), now=founded)
        self.addCleanup(pretend.close)
        return pretend

    def place_order(self, **wishes):
        """An order of one item in `self.shop`; the order as the shop tells it."""
        return self.shop.place_order([(self.shop.items()[0].id, 1)], **wishes)

    def messages(self, *conditions):
        return self.env["ecom.message"].search([("channel_id", "=", self.channel.id), *conditions], order="id")

    def store(self, channel=None, **item):
        """One thing that came in, as the webhook or the poll would file it. Returns its message."""
        channel = channel or self.channel
        item = {"event_key": f"orders:{item.get('external_id')}:{item.get('version')}", "hint": False, **item}
        self.env["ecom.flow.receive"]._store(channel, [item], topic=item.pop("topic", "orders"))
        self.env.invalidate_all()
        return self.env["ecom.message"].search([("channel_id", "=", channel.id), ("event_key", "=", item["event_key"])])

    def reading(self, messages=None):
        """{message: Reading} of what waits, as the engine would ask for it."""
        messages = self.messages(("state", "=", "waiting")) if messages is None else messages
        readings = self.env["ecom.flow.normalise"]._read(self.channel, messages)
        self.env.flush_all()
        return {self.env["ecom.message"].browse(reading.message_id): reading for reading in readings}


def signed(body, delivery="d-1", **headers):
    """Headers of a delivery that this body was signed for."""
    return {
        "Content-Type": "application/json",
        "X-Demo-Delivery": delivery,
        "X-Demo-Signature": signature(body, SECRET),
        **headers,
    }
