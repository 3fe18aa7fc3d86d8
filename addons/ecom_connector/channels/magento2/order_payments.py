"""How an order of Magento was paid: one payment for what its provider took, and what the buyer used up.

Gift cards, store credit and reward points are taken off before `grand_total` (source), so they are added to it: they
pay for the goods like money does.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from .. import rows
from ..records import ZERO, Payment
from . import search

_USED = (
    ("gift_cards_amount", "gift_card", "Gift card"),
    ("customer_balance_amount", "store_credit", "Store credit"),
    ("reward_currency_amount", "store_credit", "Reward points"),
)


def used_up(row: Mapping[str, Any], base: str) -> Decimal:
    extra = rows.record(row.get("extension_attributes"))
    return sum((abs(rows.amount(extra.get(f"{base}{name}"))) for name, _tender, _words in _USED), ZERO)


def read_payments(row: Mapping[str, Any], id: str, currency: str, base: str) -> tuple[Payment, ...]:
    """Magento tells what was paid in all, not when or how often."""
    held, extra = rows.record(row.get("payment")), rows.record(row.get("extension_attributes"))
    paid, found = rows.amount(row.get(f"{base}total_paid")), []
    if paid > 0:
        found.append(
            Payment(
                external_id=rows.identifier(held.get("last_trans_id")) or f"order-{id}",
                method=rows.text(held.get("method")),
                method_name=rows.text(held.get("method")),
                amount=paid,
                currency=currency,
                paid_at=search.changed_at(row),
            )
        )
    for name, tender, words in _USED:
        amount = abs(rows.amount(extra.get(f"{base}{name}")))
        if amount:
            id_of = f"order-{id}-{name.removesuffix('_amount')}"
            found.append(
                Payment(
                    external_id=id_of, method=name, method_name=words, amount=amount, currency=currency, tender=tender
                )
            )
    return tuple(found)
