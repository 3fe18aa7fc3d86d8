"""Money of eBay: {"value": "12.50", "currency": "EUR", "convertedFromValue", "convertedFromCurrency"} (contract)."""

from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

from .. import rows


def money(value: Any) -> Decimal:
    """In the currency in which the seller is paid; nothing is zero."""
    return rows.amount(rows.record(value).get("value"))


def stated(amount: Decimal, currency: str) -> dict[str, str]:
    return {"value": format(amount, "f"), "currency": currency}


def moment(when: datetime) -> str:
    """With milliseconds, as the contract writes them."""
    return when.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")
