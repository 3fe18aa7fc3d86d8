"""An ordinary order that no rule minds; each test changes one thing of it."""

from datetime import datetime, timedelta, timezone
from decimal import Decimal as D

from channels.records import Address, Buyer, Line, Order
from rules.checks import ask
from rules.checks.facts import Earlier, Facts, Goods, Limits

PLACED = datetime(2026, 3, 2, 10, 0, tzinfo=timezone.utc)
VIENNA = Address(name="Anna Huber", street="Ring 1", city="Wien", postcode="1010", country="AT", phone="+43 1 5550100")
BERLIN = Address(name="Bernd Vogel", street="Am Anger 3", city="Berlin", postcode="10115", country="DE")
SHIRT = Line(external_id="l1", name="Shirt", sku="SHIRT", quantity=D(2), gross=D(40))
CUP = Line(external_id="l2", name="Cup", sku="CUP", quantity=D(1), gross=D(9))
GOODS = {"l1": Goods(product=7, name="Shirt"), "l2": Goods(product=8, name="Cup")}


def order(*lines, **values):
    values = {
        "external_id": "1",
        "created_at": PLACED,
        "currency": "EUR",
        "payment": "paid",
        "buyer": Buyer(email="anna@example.com", name="Anna Huber"),
        "bill_to": VIENNA,
        "ship_to": VIENNA,
        "total": D(49),
        **values,
    }
    return Order(lines=lines or (SHIRT, CUP), **values)


def earlier(number="7", hours=1, **values):
    return Earlier(number=number, placed_at=PLACED - timedelta(hours=hours), same_buyer=True, **values)


def codes(rule, an_order, limits=None, **facts):
    """The codes of the reasons that rule gives."""
    found = ask(rule, an_order, Facts(**{"goods": GOODS, **facts}), limits or Limits())
    return [reason.code for reason in found.reasons] if found else []
