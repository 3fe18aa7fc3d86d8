"""What plug-ins write on an order beside WooCommerce's own fields; the names of their fields are those of public code.

Any plug-in may write anything there, so what makes no sense says nothing: an order is never refused for it.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from ..errors import Unreadable
from ..records import ZERO
from . import fields

# (the shop's own currency, units of the order's currency for one of it) of WooPayments and of FOX/WOOCS.
_CURRENCY_FIELDS = (
    ("_wcpay_multi_currency_order_default_currency", "_wcpay_multi_currency_order_exchange_rate"),
    ("_woocs_order_base_currency", "_woocs_order_rate"),
)
_MODES = ("_wcpay_mode", "_ppcp_paypal_payment_mode")
_TEST = ("test", "sandbox")
_SMALLEST = Decimal("0.01")


def read_other_total(meta: Mapping[str, Any], currency: str, total: Decimal) -> tuple[str, Decimal]:
    """What the order came to in the shop's own currency, where a buyer paid in another one; ("", 0) elsewhere."""
    for currency_field, rate_field in _CURRENCY_FIELDS:
        base, rate = _text(meta.get(currency_field)).upper(), _number(meta.get(rate_field))
        if len(base) == 3 and base.isascii() and base.isalpha() and base != currency and rate > 0:
            return base, (total / rate).quantize(_SMALLEST, ROUND_HALF_UP)
    return "", ZERO


def is_test(meta: Mapping[str, Any]) -> bool:
    """Paid with a provider's test account: nobody sent any money."""
    return any(_text(meta.get(name)).lower() in _TEST for name in _MODES)


def _text(value: Any) -> str:
    try:
        return fields.text(value)
    except Unreadable:
        return ""


def _number(value: Any) -> Decimal:
    try:
        return fields.number(value)
    except Unreadable:
        return ZERO
