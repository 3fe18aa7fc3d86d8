"""What kind of order it is, as common plug-ins write it into an order's metadata."""

from collections.abc import Mapping
from typing import Any

from . import fields

# The keys of WooCommerce Subscriptions (the subscription that a renewal belongs to) and of WooCommerce Pre-Orders.
_SIGNS = {"_subscription_renewal": "subscription", "_wc_pre_orders_is_pre_order": "preorder"}
_NO = ("", "0", "no", "false")


def read_kinds(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Other plug-ins may use a key for something else: what is no word and no number says nothing."""
    meta = fields.meta(row)
    said = {kind: meta.get(key) for key, kind in _SIGNS.items()}
    return tuple(k for k, v in said.items() if isinstance(v, str | int) and str(v).strip().casefold() not in _NO)
