"""Orders as a shop would send them, in the demo shop's own words; the same number gives the same orders."""

import json
import random
from decimal import ROUND_HALF_UP, Decimal

PRODUCTS, RETURNING = 300, 200
NEW_GUESTS = 0.70
CENT = Decimal("0.01")
STREETS = ("Main Street", "Ring Road", "Station Square", "Mill Lane", "Garden Walk")
CITIES = ("Vienna", "Graz", "Linz", "Salzburg", "Innsbruck")


def sku(number):
    return f"BENCH-{number:04d}"


def rate(number):
    """Every third product is taxed at the reduced rate."""
    return 10 if number % 3 == 0 else 20


def price(number):
    """What a product costs, here and on the channel."""
    return Decimal(random.Random(f"price {number}").randint(300, 9000)) / 100


def returning(number):
    """(name, e-mail, own address, delivery address) of a buyer who was here before."""
    chance = random.Random(f"returning {number}")
    name = f"Returning Buyer {number}"
    return name, f"returning{number}@example.com", _address(chance, name), _address(chance, name)


def batch(number, size):
    """`size` orders: 70 % new guests with two addresses, 3 lines on average, a discount, shipping, two rates."""
    chance = random.Random(number)
    return [_paper(chance, f"{number}-{place}") for place in range(size)]


def raw(paper):
    return json.dumps(paper).encode()


def _paper(chance, number):
    guest = chance.random() < NEW_GUESTS
    if guest:
        name = f"Guest {number}"
        buyer = name, f"guest{number}@example.com", _address(chance, name), _address(chance, name)
    else:
        buyer = returning(chance.randrange(RETURNING))
    lines = [_goods(chance, f"{number}-{place}") for place in range(chance.randint(1, 5))]
    _discount(chance.choice(lines))
    lines.append(_line(f"{number}-s", Decimal("4.90"), 20, kind="shipping", name="Standard", code="std", quantity=1))
    for line in lines:
        _tax(line)
    return _order(number, buyer, lines)


def _goods(chance, external_id):
    number, quantity = chance.randrange(PRODUCTS), chance.randint(1, 3)
    return _line(
        external_id,
        price(number) * quantity,
        rate(number),
        kind="product",
        name=f"Product {number}",
        variant_id=f"v{number}",
        sku=sku(number),
        quantity=quantity,
    )


def _line(external_id, gross, percent, **values):
    return {"id": external_id, "gross": gross, "discount": Decimal(0), "rate": percent, **values}


def _discount(line):
    line["discount"] = (line["gross"] / 10).quantize(CENT, ROUND_HALF_UP)


def _tax(line):
    percent = line.pop("rate")
    amount = ((line["gross"] - line["discount"]) * percent / 100).quantize(CENT, ROUND_HALF_UP)
    line["taxes"] = [{"code": f"vat{percent}", "name": f"VAT {percent}", "rate": str(percent), "amount": str(amount)}]
    line["gross"], line["discount"] = str(line["gross"]), str(line["discount"])


def _address(chance, name):
    return {
        "name": name,
        "street": f"{chance.choice(STREETS)} {chance.randint(1, 400)}",
        "city": chance.choice(CITIES),
        "postcode": str(chance.randint(1000, 9999)),
        "country": "AT",
        "phone": f"+43 1 {chance.randint(1000000, 9999999)}",
    }


def _order(number, buyer, lines):
    name, email, bill_to, ship_to = buyer
    tax_total = sum(Decimal(tax["amount"]) for line in lines for tax in line["taxes"])
    total = sum(Decimal(line["gross"]) - Decimal(line["discount"]) for line in lines) + tax_total
    moment = "2026-03-02T10:00:00+00:00"
    card = {"id": f"t{number}", "kind": "capture", "state": "done", "method": "card", "method_name": "Card"}
    return {
        "object": "order",
        "id": f"o{number}",
        "number": f"N{number}",
        "revision": 1,
        "created_at": moment,
        "updated_at": moment,
        "currency": "USD",
        "status": "open",
        "payment": "paid",
        "fulfilment": "open",
        "test": False,
        "prices_include_tax": False,
        "buyer": {"name": name, "email": email, "phone": bill_to["phone"]},
        "bill_to": bill_to,
        "ship_to": ship_to,
        "lines": lines,
        "payments": [{**card, "amount": str(total), "currency": "USD", "paid_at": moment}],
        "refunds": [],
        "total": str(total),
        "tax_total": str(tax_total),
        "taxes": [],
        "shipping_method": "std",
        "shipping_method_name": "Standard",
        "payment_method": "card",
        "payment_method_name": "Card",
        "location": "",
        "ship_by": moment,
        "note": "",
        "references": {"cart": f"c{number}"},
        "coupon": "",
        "gift": False,
    }
