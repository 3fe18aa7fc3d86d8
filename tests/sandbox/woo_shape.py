"""Rows as a real WooCommerce writes them: the recorded ones as patterns, and whether a row looks like one of them.

A row of the double may differ from the recorded one in what it says, never in its fields or their types.
"""

import copy

from tests.contract import recorded

SOURCES = {
    "order": ("236-order-get-after-paid-simple.json", None),
    "product": ("100-stock-set-simple.json", None),
    "refund": ("210-refund-partial-one-unit-with-restock.json", None),
    "note": ("206-order-note-customer.json", None),
    "webhook": ("016-webhook-create-order-created.json", None),
    "customer": ("116-customer-create-1.json", None),
    "coupon": ("120-coupon-percent.json", None),
    "tax": ("043-taxes-list.json", 0),
}
# Types that the real server mixes in these places (research/contracts.md), beside null anywhere.
LOOSE = {"price", "rate_percent", "value", "display_value", "image"}


def patterns():
    """{kind: a recorded row of it}"""
    answers = {exchange.file: exchange.response["json"] for exchange in recorded.woocommerce_exchanges()}
    found = {kind: answers[file] if at is None else answers[file][at] for kind, (file, at) in SOURCES.items()}
    # Made without one, it was listed with the time of its last change (recorded in 037).
    return {kind: {name: value for name, value in row.items() if name != "_links"} for kind, row in found.items()}


def like(pattern, **values):
    """A copy of the pattern that says something else in some places, which must exist there."""
    unknown = values.keys() - pattern.keys()
    assert not unknown, f"WooCommerce has no fields {unknown} there"
    return {**copy.deepcopy(pattern), **values}


def differences(row, pattern, where=""):
    """Where a row has other fields or other types than the recorded one, in words."""
    if isinstance(pattern, dict):
        if not isinstance(row, dict):
            return [f"{where}: no record"]
        found = [f"{where}.{name}: missing" for name in pattern.keys() - row.keys()]
        found += [f"{where}.{name}: unknown to WooCommerce" for name in row.keys() - pattern.keys()]
        for name in pattern.keys() & row.keys() - LOOSE:
            found += differences(row[name], pattern[name], f"{where}.{name}")
        return found
    if isinstance(pattern, list):
        if not isinstance(row, list):
            return [f"{where}: no list"]
        return [words for entry in row if pattern for words in differences(entry, pattern[0], where)]
    if row is None or pattern is None or type(row) is type(pattern):
        return []
    return [f"{where}: {row!r} where {pattern!r} was recorded"]
