"""What an order costs. Pure sums over the lines of an order in the shop's own format.

A line states `unit_price` as the buyer saw it (with tax where the shop's prices include it); `gross`, `discount` and
`total` are without tax, `gross - discount == total`, and over all lines `total + taxes` is the order's total exactly.
"""

from . import money
from .catalogue import Item
from .profile import Profile, Rate

COUPONS = {"WELCOME10": ("percent", 10), "SUMMIT20": ("percent", 20), "TAKE5": ("amount", 500)}
DELIVERY = {
    "standard": ("Standard delivery", 490),
    "express": ("Express delivery", 1290),
    "pickup": ("Pick up in store", 0),
}
BESIDES = (("tip", "Tip for the team"), ("gift_card", "Gift card"), ("duty", "Customs duty"))
FREE_DELIVERY_FROM = 12_000
GIFT_WRAP = 390


def product_line(profile: Profile, line_id: str, item: Item, quantity: int, taxed: bool, price: int | None) -> dict:
    rate = profile.rate(item.tax)
    unit = item.price if price is None else price
    return {
        "id": line_id,
        "kind": "product",
        "name": item.name,
        "variant_id": item.id,
        "sku": item.sku,
        "barcode": item.barcode,
        "quantity": quantity,
        "shipped": 0,
        "refunded": 0,
        "removed": 0,
        "unit_price": money.text(unit if taxed else _untaxed(profile, unit, rate)),
        "rate": rate.code if taxed else "",
    }


def extra_line(profile: Profile, line_id: str, kind: str, name: str, code: str, price: int, taxed: bool) -> dict:
    """Delivery, gift wrap: something that is charged and not taken from stock."""
    return {
        "id": line_id,
        "kind": kind,
        "name": name,
        "code": code,
        "quantity": 1,
        "refunded": 0,
        "unit_price": money.text(price if taxed else _untaxed(profile, price, profile.standard)),
        "rate": profile.standard.code if taxed else "",
    }


def untaxed_line(line_id: str, kind: str, name: str, price: int) -> dict:
    """A tip, a gift card that is bought, customs: charged as it is."""
    unit_price = money.text(price)
    line = {"id": line_id, "kind": kind, "name": name, "code": kind, "quantity": 1, "refunded": 0}
    return {**line, "unit_price": unit_price, "rate": ""}


def _untaxed(profile: Profile, price: int, rate: Rate) -> int:
    return price - money.tax_within(price, rate.rate) if profile.prices_include_tax else price


def delivery_price(method: str, goods: int) -> int:
    """In cents, as shown; ordinary delivery of a large order is free."""
    return 0 if method == "standard" and goods >= FREE_DELIVERY_FROM else DELIVERY[method][1]


def goods_value(lines: list[dict]) -> int:
    """What the products cost as shown, before discount."""
    return sum(money.cents(line["unit_price"]) * line["quantity"] for line in lines if line["kind"] == "product")


def reckon(order: dict, profile: Profile) -> None:
    """Fill in the amounts of all lines and of the order, from its quantities, unit prices and coupon."""
    products = [line for line in order["lines"] if line["kind"] == "product"]
    shown = [money.cents(line["unit_price"]) * line["quantity"] for line in products]
    discounts = dict(zip((line["id"] for line in products), _discounts(order.get("coupon", ""), shown), strict=True))
    total, taxes = 0, {}
    for line in order["lines"]:
        net, tax = _reckon_line(line, discounts.get(line["id"], 0), profile)
        total += net + tax
        if line["rate"]:
            taxes[line["rate"]] = taxes.get(line["rate"], 0) + tax
    order["total"] = money.text(total)
    order["tax_total"] = money.text(sum(taxes.values()))
    order["taxes"] = [_tax(profile.rate(code), tax) for code, tax in taxes.items()]


def _tax(rate: Rate, amount: int) -> dict:
    return {"code": rate.code, "name": rate.name, "rate": str(rate.rate), "amount": money.text(amount)}


def _discounts(coupon: str, shown: list[int]) -> list[int]:
    kind, value = COUPONS.get(coupon, ("amount", 0))
    if kind == "percent":
        return [money.share(amount, value, money.PERCENT) for amount in shown]
    return money.allocate(min(value, sum(shown)), shown)


def _reckon_line(line: dict, discount: int, profile: Profile) -> tuple[int, int]:
    """(total, tax) of the line in cents, both written into it together with gross and discount."""
    amount = money.cents(line["unit_price"]) * line["quantity"] - discount
    tax = 0
    if line["rate"]:
        rate = profile.rate(line["rate"])
        if profile.prices_include_tax:
            tax = money.tax_within(amount, rate.rate)
            amount -= tax
            discount -= money.tax_within(discount, rate.rate)
        else:
            tax = money.tax_on(amount, rate.rate)
        line["taxes"] = [_tax(rate, tax)]
    else:
        line["taxes"] = []
    line["gross"] = money.text(amount + discount)
    line["discount"] = money.text(discount)
    line["total"] = money.text(amount)
    return amount, tax
