"""Orders: placed, edited, paid, cancelled. Each function changes one order inside an open `Change`."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from . import money, payments, standing, till
from .change import Change, Refusal
from .people import EUROPEAN_UNION
from .store import stamp

METHODS = {"card": "Card", "wallet": "E-wallet", "invoice": "Pay by invoice", "transfer": "Bank transfer in advance"}
SHIP_WITHIN = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a buyer puts in at the checkout.

    items       (item id, quantity) or (item id, quantity, price in cents as shown)
    person      {buyer, bill_to, ship_to} as `people` makes them
    payment     "paid", "authorized", "unpaid" (ships before payment), "pending" (waits for a bank transfer)
    location    where it is taken from; empty: the first location that has all of it
    kinds       what kind of order it is beside a gift: "subscription", "preorder" ...
    risk        {level, reasons} as the shop's payment provider sees it; empty: nothing was seen
    chosen      {item id: ((name, value), ...)} asked for on an item
    tip, gift_card (one that is bought), duty, voucher (paid with one): in cents"""

    items: tuple[tuple, ...]
    person: dict = field(default_factory=dict)
    payment: str = "paid"
    method: str = "card"
    delivery: str = "standard"
    coupon: str = ""
    gift: bool = False
    note: str = ""
    location: str = ""
    test: bool = False
    kinds: tuple[str, ...] = ()
    risk: dict = field(default_factory=dict)
    chosen: dict = field(default_factory=dict)
    gift_message: str = ""
    delivery_note: str = ""
    tip: int = 0
    gift_card: int = 0
    duty: int = 0
    voucher: int = 0


def place(change: Change, wish: Wish) -> dict:
    """Place an order and take its items from stock. Refusal (nothing changed) when they are not there."""
    if not wish.items:
        raise Refusal("An order needs at least one item.", "empty")
    number = change.number("order")
    location = wish.location or _location(change, wish.items)
    order = _head(change, wish, number, location)
    order["lines"] = _lines(change, wish, order)
    till.reckon(order, change.profile)
    for line in standing.product_lines(order):
        change.take(line["variant_id"], location, line["quantity"])
    if wish.payment in ("paid", "authorized"):
        _pay_at_once(change, wish, order)
    standing.restate(order)
    change.save(order)
    return order


def _pay_at_once(change: Change, wish: Wish, order: dict) -> None:
    total = money.cents(order["total"])
    used = min(wish.voucher, total - 1) if wish.payment == "paid" else 0
    if used > 0:
        payments.add_payment(change, order, "capture", used, tender="gift_card")
    payments.add_payment(change, order, "capture" if wish.payment == "paid" else "authorization", total - used)


def _location(change: Change, items: tuple[tuple, ...]) -> str:
    wanted: dict[str, int] = {}
    for item_id, quantity, *_ in items:
        wanted[item_id] = wanted.get(item_id, 0) + quantity
    for place_ in change.profile.places:
        if all(change.held(item_id, place_.id) >= quantity for item_id, quantity in wanted.items()):
            return place_.id
    raise Refusal("Not everything in this basket is in stock at one location.", "sold_out")


def _head(change: Change, wish: Wish, number: int, location: str) -> dict:
    person = wish.person
    checkout = uuid5(NAMESPACE_URL, f"demo:{change.seed}:{number}").hex[:12]
    return {
        "object": "order",
        "id": str(880_000 + number),
        "number": f"DS-{number}",
        "created_at": change.stamp,
        "currency": change.profile.currency,
        "status": "pending" if wish.payment == "pending" else "open",
        "test": wish.test,
        "prices_include_tax": change.profile.prices_include_tax,
        "buyer": person.get("buyer") or {},
        "bill_to": person.get("bill_to") or {},
        "ship_to": person.get("ship_to") or person.get("bill_to") or {},
        "coupon": wish.coupon,
        "shipping_method": wish.delivery,
        "shipping_method_name": till.DELIVERY[wish.delivery][0] if wish.delivery else "",
        "payment_method": wish.method,
        "payment_method_name": METHODS.get(wish.method, wish.method),
        "location": location,
        "ship_by": stamp(change.now + SHIP_WITHIN),
        "note": wish.note,
        "gift": wish.gift,
        "kinds": list(wish.kinds),
        "risk": wish.risk,
        "gift_message": wish.gift_message,
        "delivery_note": wish.delivery_note,
        "tags": ["gift"] if wish.gift else [],
        "references": {"checkout": checkout},
        "lines": [],
        "payments": [],
        "refunds": [],
        "parcels": [],
    }


def _lines(change: Change, wish: Wish, order: dict) -> list[dict]:
    taxed = _is_taxed(change, order)
    lines: list[dict] = []

    def next_id() -> str:
        return f"{order['id']}-{len(lines) + 1}"

    for item_id, quantity, *price in wish.items:
        if quantity < 1:
            raise Refusal("A quantity must be at least 1.", "quantity")
        item = change.item(item_id)
        line = till.product_line(change.profile, next_id(), item, quantity, taxed, price[0] if price else None)
        line["attributes"] = [{"name": name, "value": value} for name, value in wish.chosen.get(item_id, ())]
        lines.append(line)
    if wish.gift:
        lines.append(till.extra_line(change.profile, next_id(), "fee", "Gift wrap", "gift_wrap", till.GIFT_WRAP, taxed))
    if wish.delivery:
        price = till.delivery_price(wish.delivery, till.goods_value(lines))
        name = till.DELIVERY[wish.delivery][0]
        lines.append(till.extra_line(change.profile, next_id(), "shipping", name, wish.delivery, price, taxed))
    for kind, name in till.BESIDES:
        if getattr(wish, kind):
            lines.append(till.untaxed_line(next_id(), kind, name, getattr(wish, kind)))
    return lines


def _is_taxed(change: Change, order: dict) -> bool:
    """Exports, and companies of the Union outside the shop's country, pay no tax here."""
    home, country = change.profile.country, order["ship_to"].get("country", change.profile.country)
    if country == home:
        return True
    union = home in EUROPEAN_UNION and country in EUROPEAN_UNION
    return union and not order["buyer"].get("vat")


def edit(change: Change, order_id: str, quantities: dict[str, int], add: tuple[tuple, ...], texts: dict) -> dict:
    """Change quantities (line id -> quantity, 0 takes it off), add items, replace `ship_to` or `note`.

    What was paid too much is paid back, what is missing stays owed.
    """
    order = change.load("order", order_id)
    if order["status"] == "cancelled" or order["refunds"]:
        raise Refusal("A cancelled or refunded order cannot be edited.", "closed")
    for line_id, quantity in quantities.items():
        _set_quantity(change, order, standing.line_of(order, line_id), quantity)
    taxed = _is_taxed(change, order)
    for item_id, quantity, *price in add:
        change.take(item_id, order["location"], quantity)
        item, line_id = change.item(item_id), f"{order_id}-{len(order['lines']) + 1}"
        order["lines"].append(
            till.product_line(change.profile, line_id, item, quantity, taxed, price[0] if price else None)
        )
    order.update({name: value for name, value in texts.items() if name in ("ship_to", "bill_to", "note", "gift")})
    till.reckon(order, change.profile)
    surplus = standing.money_received(order) - money.cents(order["total"])
    if surplus > 0:
        payments.add_payment(change, order, "refund", surplus)
    standing.restate(order)
    change.save(order)
    return order


def _set_quantity(change: Change, order: dict, line: dict, quantity: int) -> None:
    if line["kind"] != "product" or quantity < line["shipped"]:
        raise Refusal("This line cannot be reduced that far: it was shipped already.", "shipped")
    if quantity > line["quantity"]:
        change.take(line["variant_id"], order["location"], quantity - line["quantity"])
    else:
        change.give_back(line["variant_id"], order["location"], line["quantity"] - quantity)
    line["quantity"] = quantity


def pay(change: Change, order_id: str, amount: int | None = None) -> dict:
    """The buyer pays, or an authorization is captured: all that is owed, or `amount` cents."""
    order = change.load("order", order_id)
    owed = money.cents(order["total"]) - standing.money_received(order)
    if order["status"] == "cancelled" or owed <= 0:
        raise Refusal("Nothing is owed on this order.", "paid")
    payments.add_payment(change, order, "capture", owed if amount is None else amount)
    if order["status"] == "pending":
        order["status"] = "open"
    standing.restate(order)
    change.save(order)
    return order


def cancel(change: Change, order_id: str, reason: str) -> dict:
    """Cancel the whole order: the items go back on sale, the money goes back to the buyer."""
    order = change.load("order", order_id)
    if order["status"] == "cancelled":
        return order
    if any(line["shipped"] for line in standing.product_lines(order)):
        raise Refusal("An order of which something was shipped cannot be cancelled.", "shipped")
    for line in standing.product_lines(order):
        change.give_back(line["variant_id"], order["location"], line["quantity"] - line["removed"])
    order["status"], order["cancel_reason"], order["cancelled_at"] = "cancelled", reason, change.stamp
    if standing.money_received(order) > 0:
        payments.add_payment(change, order, "refund", standing.money_received(order))
    elif any(payment["kind"] == "authorization" for payment in order["payments"]):
        payments.add_payment(change, order, "void", money.cents(order["total"]))
    standing.restate(order)
    change.save(order)
    return order


def take_back(change: Change, order_id: str, lines: dict[str, int], reason: str, key: str) -> dict:
    """What the seller cancels: all of it, or lines down to what stays. Telling it twice is telling it once."""
    order = change.load("order", order_id)
    less = {line_id: stays for line_id, stays in lines.items() if standing.line_of(order, line_id)["quantity"] != stays}
    if lines and not less or order["status"] == "cancelled":
        change.note("cancellation", order_id, "repeated", key, {"lines": lines})
        return order
    order = edit(change, order_id, less, (), {}) if lines else cancel(change, order_id, reason)
    change.note("cancellation", order_id, "applied", key, {"lines": lines, "reason": reason})
    return order


def leave_note(change: Change, order_id: str, text: str, to_buyer: bool, key: str) -> dict:
    order = change.load("order", order_id)
    notes = order.setdefault("notes", [])
    known = next((note for note in notes if note["key"] == key), None)
    change.note("note", order_id, "repeated" if known else "applied", key, {"text": text, "to_buyer": to_buyer})
    if known:
        return known
    notes.append({"id": f"{order_id}-n{len(notes) + 1}", "key": key, "text": text, "to_buyer": to_buyer})
    change.save(order)
    return notes[-1]
