"""One text per state of an order that sorts in the order in which the shop changed it.

WooCommerce counts no revisions; it keeps the second of the last change, and a checkout changes an order several times
within one. So the second is followed by what as a rule only grows while an order lives:

    2026-11-20T16:00:30Z~05.00000000000000000004.9bf807d6
    second               status, on its usual way
                            highest id of its items, plus that of its refunds: additions get higher ones
                                                 digest of what the order says

Without the digest two states could share a version and the later one would be taken for a repetition. With it an
identical redelivery stays identical. Between two states of one second the `~` leaves the last word to the shop.
Left out of the digest is what changes without the order changing: links (http in deliveries, https in answers), the
product of a line (its SKU becomes null when the product is deleted) and plug-ins' fields (all recorded).
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from ..errors import Unreadable
from . import fields

_ITEMS = ("line_items", "shipping_lines", "fee_lines", "coupon_lines", "tax_lines")
_NEVER = datetime(1970, 1, 1, tzinfo=timezone.utc)
_WAY = ("checkout-draft", "auto-draft", "pending", "failed", "on-hold", "processing", "completed")
_END = ("cancelled", "refunded", "trash")
_SAYS = (
    *("status", "currency", "total", "total_tax", "customer_id", "billing", "shipping", "customer_note"),
    *("payment_method", "transaction_id", "date_paid_gmt", "date_completed_gmt"),
)
_ITEM_SAYS = (
    *("id", "name", "quantity", "subtotal", "total", "total_tax", "method_id", "method_title", "code", "discount"),
    *("rate_id", "tax_total", "shipping_tax_total"),
)


def changed_at(row: Mapping[str, Any]) -> datetime | None:
    return fields.moment(row.get("date_modified_gmt")) or fields.moment(row.get("date_created_gmt"))


def stamp(row: Mapping[str, Any]) -> str:
    """The second of the last change."""
    return (changed_at(row) or _NEVER).isoformat()[:19] + "Z"


def of_body(body: bytes) -> str:
    """Of an order that cannot be read: sorts before any that can, so that a mended one is the newer."""
    return f"0000-00-00T00:00:00Z~{hashlib.sha256(body).hexdigest()[:8]}"


def of_order(row: Mapping[str, Any]) -> str:
    items = [item for name in _ITEMS for item in fields.rows(row.get(name))]
    refunds = fields.rows(row.get("refunds"))
    grown = _highest(items) + _highest(refunds)
    return f"{stamp(row)}~{_step(fields.text(row.get('status'))):02d}.{grown:020d}.{_digest(row, items, refunds)}"


def _step(status: str) -> int:
    """A status of a plug-in ("shipped", "ready to pick") lies between processing and completed as a rule."""
    if status in _END:
        return 10 + _END.index(status)
    return _WAY.index(status) if status in _WAY[:-1] else (9 if status == "completed" else 8)


def _highest(entries: list[dict]) -> int:
    return max((_whole(entry.get("id")) for entry in entries), default=0)


def _whole(value: Any) -> int:
    found = fields.identifier(value)
    return int(found) if found.isascii() and found.isdigit() and len(found) <= 20 else 0


def _digest(row: Mapping[str, Any], items: list[dict], refunds: list[dict]) -> str:
    state = [
        {name: row.get(name) for name in _SAYS},
        [{name: item.get(name) for name in _ITEM_SAYS if name in item} for item in items],
        refunds,
    ]
    try:
        written = json.dumps(state, sort_keys=True, default=str, ensure_ascii=True)
    except RecursionError as error:
        raise Unreadable("The order is nested too deeply.") from error
    return hashlib.sha256(written.encode()).hexdigest()[:8]
