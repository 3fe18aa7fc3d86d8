"""Channel -> ecom.message: stored raw, not yet understood.

The event key says what the same event is; the database refuses the second one, whoever brings it:

    orders:<id>:<version>          an order as it stood
    asked:<id>:<version>:<when>    the same, because a person asked for it: taken in whatever its age
    delivery:<id>                  a webhook, by the channel's id of the delivery
    unreadable:<digest>            something signed that does not say what it is, or says it in a key no database takes
"""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from types import ModuleType
from typing import Any

from psycopg2 import Binary

from odoo import SUPERUSER_ID, fields, models
from odoo.tools import SQL

from ..channels.errors import Unreadable
from ..channels.records import Event, Page, Raw
from ..channels.storable import is_plain

ASKED, UNREADABLE = "asked:", "unreadable:"
# Asked again at each poll: covers writes that became visible late. Twins are refused by the event key.
OVERLAP = timedelta(minutes=2)
# Orders of any age that are still open are asked for since this moment.
BEGINNING = datetime(2000, 1, 1, tzinfo=timezone.utc)
LOST_TOKEN_FAILURES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Everything the next call needs. `since`, `until` and `asked_at` are aware, `token` names the page to read next;
    `wish` is set where a person asked for a range of dates, and tells one wish from another; `read_until` is what the
    cursor said when the question was put."""

    client: Any
    orders: ModuleType
    since: datetime
    asked_at: datetime
    until: datetime | None = None
    token: str = ""
    open_only: bool = False
    wish: str = ""
    read_until: datetime | None = None


def order_key(raw: Raw) -> str:
    return f"orders:{raw.external_id}:{raw.version}"


def wished_key(raw: Raw, wish: str) -> str:
    return f"{ASKED}{raw.external_id}:{raw.version}:{wish}"


def aware(moment: datetime) -> datetime:
    """A naive UTC moment of an Odoo field, as the channels want it."""
    return moment.replace(tzinfo=timezone.utc)


def naive(moment: datetime) -> datetime:
    """An aware moment of a channel, as Odoo's fields want it."""
    return moment.astimezone(timezone.utc).replace(tzinfo=None)


def filed(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """The item, or where its keys are nothing a database can keep, the same body under a key of ours."""
    texts = [item.get(name) or "" for name in ("event_key", "external_id", "version")]
    if is_plain(*texts[1:]) and texts[0].isprintable():
        return item
    evidence = item.get("body") or repr(texts).encode("ascii", "backslashreplace")
    key = f"{UNREADABLE}{hashlib.sha256(evidence).hexdigest()}"
    return {**item, "event_key": key, "external_id": None, "version": None}


def event_key(topic: str, event: Event) -> str:
    """The same delivery is stored once. One that has neither an id nor a version cannot be told from the next."""
    if event.delivery_id:
        return f"delivery:{event.delivery_id}"
    if event.external_id and event.version:
        return f"{topic}:{event.external_id}:{event.version}"
    return f"delivery:{uuid.uuid4()}"


class EcomFlowReceive(models.AbstractModel):
    _name = "ecom.flow.receive"
    _description = "E-commerce: receive"

    def _told_item(self, event: Event | None, body: bytes, content_type="") -> dict[str, Any]:
        """What to file of something that the channel told by itself; of None the body, which nobody can read."""
        common = {"body": body, "hint": True, "content_type": content_type}
        if event is None:
            return {**common, "topic": "orders", "event_key": f"{UNREADABLE}{hashlib.sha256(body).hexdigest()}"}
        known = dict(self.env["ecom.message"]._fields["topic"].selection)
        topic = event.topic if event.topic in known else "other"
        facts = {"topic": topic, "external_id": event.external_id, "version": event.version}
        return {**common, **facts, "event_key": event_key(topic, event)}

    # ------------------------------------------------------------------- file
    def _store(self, channel, items, topic="orders"):
        """File what came. `items`: dicts with event_key, external_id, version, body (bytes or None), hint (bool) and,
        where known, content_type.

        Wakes the workers. Returns how many were new. Raises SerializationFailure when somebody stores the same event
        in the same moment: ask again in a fresh transaction.
        """
        distinct = {item["event_key"]: item for item in map(filed, items)}
        if not distinct:
            return 0
        self.env.cr.execute(self._insert_query(channel, topic, distinct.values()), log_exceptions=False)
        stored = self.env.cr.rowcount
        if stored:
            self.env["ecom.flow.run"]._wake()
        return stored

    def _insert_query(self, channel, topic, items):
        """One statement for messages and payloads, because the ORM knows no ON CONFLICT and a webhook has no time."""
        return SQL(
            """WITH given (event_key, external_id, version, hint, body, content_type) AS (VALUES %(rows)s),
            fresh AS (
                INSERT INTO ecom_message (channel_id, company_id, direction, topic, external_id, event_key, version,
                                          hint, state, attempts, next_try,
                                          create_uid, create_date, write_uid, write_date)
                SELECT %(channel)s, %(company)s, 'in', %(topic)s, external_id, event_key, version,
                       hint, 'waiting', 0, %(now)s,
                       %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM given
                ON CONFLICT (channel_id, direction, event_key) DO NOTHING
                RETURNING id, event_key),
            kept AS (
                INSERT INTO ecom_payload (message_id, company_id, body, content_type,
                                          create_uid, create_date, write_uid, write_date)
                SELECT fresh.id, %(company)s, given.body, given.content_type, %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM fresh JOIN given USING (event_key) WHERE given.body IS NOT NULL)
            SELECT id FROM fresh""",
            rows=SQL(", ").join(self._insert_row(item) for item in items),
            channel=channel.id,
            company=channel.company_id.id,
            topic=topic,
            uid=SUPERUSER_ID,
            now=fields.Datetime.now(),
        )

    @staticmethod
    def _insert_row(item):
        body = item.get("body")
        return SQL(
            "(%s, %s, %s, %s::boolean, %s::bytea, %s)",
            item["event_key"],
            item.get("external_id") or None,
            item.get("version") or None,
            bool(item.get("hint")),
            None if body is None else Binary(body),
            item.get("content_type") or None,
        )

    # -------------------------------------------------------------------- poll
    def _question(self, channel):
        """Everything the next call needs, so that it can be made outside a transaction.

        While pages are left, `since` must not change under their token: `read_until` moves with the last page only.
        """
        cursor = self._cursor(channel)
        if cursor.wish_until and not self._is_poll_due(channel, cursor):
            return self._wish_question(channel, cursor)
        first = not cursor.read_until
        go_live = channel.go_live or channel.create_date
        since = BEGINNING if first and channel.open_orders_only else aware(cursor.read_until or go_live) - OVERLAP
        return Question(
            **self._ready(channel),
            since=since,
            token=self._token(cursor, cursor.position),
            open_only=first and channel.open_orders_only,
            read_until=cursor.read_until or None,
        )

    def _ready(self, channel):
        return {
            "client": channel._connect(),
            "orders": channel._adapter().noun("orders"),
            "asked_at": datetime.now(timezone.utc),
        }

    @staticmethod
    def _token(cursor, position):
        """A token may have expired there: after some failures the pages are read from the first one again."""
        return "" if cursor.failures >= LOST_TOKEN_FAILURES else position or ""

    def _ask(self, question):
        """The outward call. Returns a Page of Raw."""
        if question.orders is None:
            return Page()
        return question.orders.fetch_orders(
            question.client, question.since, question.until, question.token, question.open_only
        )

    def _store_page(self, channel, question, page):
        """Store the page and move the order cursor with it. Returns when to ask again, None while pages are left."""
        if page.next and page.next == question.token and not page.wait:
            raise Unreadable(self.env._("The channel sends the same page of orders again and again."))
        self._store(channel, [self._order_item(raw, question.wish) for raw in page.items])
        cursor = self._cursor(channel)
        if question.wish:
            return self._move_wish(channel, cursor, page)
        if (cursor.read_until or None) != question.read_until:
            # Somebody wants to begin elsewhere: what was found is stored, the next question is another one.
            return None
        go_live = channel.go_live or channel.create_date
        seen = max([cursor.seen_until or go_live, *(naive(raw.updated_at) for raw in page.items if raw.updated_at)])
        if page.next:
            cursor.write({"position": page.next, "seen_until": seen})
            return self._later(page)
        if question.open_only:
            # The older orders are here; what changes from going live on comes next.
            cursor.write({"position": False, "seen_until": False, "read_until": go_live})
            return None
        # The last change seen, by the channel's clock. Ours may differ, so it never moves the cursor by itself.
        cursor.write(
            {
                "position": False,
                "seen_until": False,
                "read_until": max(seen, cursor.read_until or go_live),
                "fresh_at": naive(question.asked_at),
            }
        )
        return self._next_poll(channel, cursor)

    @staticmethod
    def _later(page):
        """When the channel will have put the next page together, None where it has."""
        return fields.Datetime.now() + timedelta(seconds=page.wait) if page.wait else None

    def _next_poll(self, channel, cursor):
        seconds = 0 if cursor.wish_until else channel._adapter().limits.poll_seconds
        return fields.Datetime.now() + timedelta(seconds=seconds)

    @staticmethod
    def _order_item(raw, wish=""):
        return {
            "event_key": wished_key(raw, wish) if wish else order_key(raw),
            "external_id": raw.external_id,
            "version": raw.version,
            "body": raw.body,
            "hint": False,
        }

    def _cursor(self, channel):
        return channel._cursors("orders")
