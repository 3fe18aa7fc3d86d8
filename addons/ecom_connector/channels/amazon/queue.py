"""Notifications of Amazon in a queue of the merchant's own (Amazon SQS): what changed, long before a search would say.

A notification is a hint: the order is fetched by its number. SQS delivers at least once, so a notification is known by
Amazon's own id of it.
"""

from collections.abc import Sequence

from ..errors import Unreadable
from ..records import Event, Subscription, Waiting
from . import answers, notifications, values

# The most of one call; kept from others while they are being stored (SQS).
_AT_ONCE = 10
_HIDDEN_SECONDS = 60


def arm_queue(client) -> tuple[Subscription, ...]:
    return (notifications.arm(client),) if client.queue else ()


def fetch_events(client) -> tuple[Waiting, ...]:
    """What waits; nothing where no queue was entered."""
    if not client.queue:
        return ()
    asked = {"MaxNumberOfMessages": _AT_ONCE, "VisibilityTimeout": _HIDDEN_SECONDS, "WaitTimeSeconds": 0}
    found = client.queue.ask("ReceiveMessage", asked, what="Reading the queue of notifications")
    return tuple(_waiting(row) for row in values.rows(found.get("Messages")))


def forget_events(client, waiting: Sequence[Waiting]) -> None:
    for start in range(0, len(waiting), _AT_ONCE):
        part = waiting[start : start + _AT_ONCE]
        entries = [{"Id": str(number), "ReceiptHandle": one.receipt} for number, one in enumerate(part)]
        client.queue.ask("DeleteMessageBatch", {"Entries": entries}, what="Emptying the queue of notifications")


def _waiting(row) -> Waiting:
    body = values.text(row.get("Body")).encode()
    return Waiting(receipt=values.text(row.get("ReceiptHandle")), body=body, event=read_event(body))


def read_event(body: bytes) -> Event | None:
    """What a notification is about; None where nobody can say. Its names stand in two spellings (schemas)."""
    try:
        row = {name.lower(): value for name, value in answers.load(body).items()}
        details = {name.lower(): value for name, value in values.record(row.get("notificationmetadata")).items()}
        kind, key = values.text(row.get("notificationtype")), values.identifier(details.get("notificationid"))
        change = values.record(values.record(row.get("payload")).get("OrderChangeNotification"))
        number = values.identifier(change.get("AmazonOrderId"))
    except Unreadable:
        return None
    if kind == "ORDER_CHANGE" and number:
        return Event(topic="orders", external_id=number, delivery_id=key)
    return Event(topic="other", delivery_id=key)
