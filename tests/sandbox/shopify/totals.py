"""What an order of the sandbox comes to, after everything that was given up of it."""

from decimal import Decimal

from tests.sandbox.shopify.money import ZERO, add, times


def value(order, line, share=Decimal(1)):
    """What some units of a line come to, with their tax."""
    parts = [line["total"], minus(line["off"]), *([line["duty"][1]] if line.get("duty") else [])]
    if not order["said"].get("included"):
        parts += [bag for _title, _rate, bag, _remitted in line["taxes"]]
    return times(add(parts), share, order["purse"]) if share != 1 else add(parts)


def minus(bag):
    return {side: {**money, "amount": f"{-Decimal(money['amount']):f}"} for side, money in bag.items()}


def current_total(order):
    gone = [minus(taken["subtotal"]) for taken in _given_up(order)]
    tax_gone = [minus(taken["tax"]) for taken in _given_up(order)]
    whole = [value(order, line) for line in (*order["lines"], *order["shipping"])]
    return add([*whole, *gone, *([] if order["said"].get("included") else tax_gone)])


def _given_up(order):
    return [taken for refund in order["refunds"] for taken in (*refund["lines"], *refund["shipping"])]


def current_tax(order):
    taxes = [bag for line in (*order["lines"], *order["shipping"]) for _t, _r, bag, _m in line["taxes"]]
    gone = [minus(taken["tax"]) for taken in _given_up(order)]
    return add([*taxes, *gone, order["purse"].bag(ZERO)])
