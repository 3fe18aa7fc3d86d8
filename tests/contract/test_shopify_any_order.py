"""Orders of any mixture with any life: what is read of them always adds up to what the shop states, on both sides."""

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contract import recorded
from tests.contract.shopify_case import adds_up, read, ship_all
from tests.sandbox.shopify import people, schema
from tests.sandbox.shopify.inside import open_shop

SETTINGS = {"deadline": None, "derandomize": True, "database": None, "suppress_health_check": list(HealthCheck)}
SKUS = ("SHIRT", "CUP", "PIN")
PERCENT = st.sampled_from(("0", "0", "7", "33", "100"))

said = st.fixed_dictionaries(
    {
        "country": st.sampled_from(("US", "CA", "DE")),
        "included": st.booleans(),
        "remitted": st.sampled_from((False, False, True)),
        "discount": PERCENT,
        "shipping": st.lists(st.sampled_from(("0.00", "4.95", "5.00", "12.34")), max_size=3),
        "tip": st.sampled_from((None, None, "3.33")),
    }
)
goods = st.dictionaries(st.sampled_from(SKUS), st.integers(1, 7), min_size=1)
life = st.lists(st.sampled_from(("ship", "refund", "cancel units", "edit", "more", "exchange", "shipping")), max_size=5)


def live(shop, client, number, step, sku):
    """One thing that happens to the order, where it can."""
    order = shop.orders[number]
    line = next(line for line in order["lines"] if line["variant"] and line["variant"]["sku"] == sku)
    unsent = sum(entry["left"] for place in order["places"] for entry in place["lines"])
    if step == "ship" and unsent and all(line["current"] == line["quantity"] for line in order["lines"]):
        if not order["parcels"]:
            ship_all(shop, client, number)
    elif step == "refund" and order["parcels"] and line["current"] and not unsent:
        people.refund(shop, number, sku, 1)
    elif step == "cancel units" and not order["parcels"] and line["current"]:
        people.refund(shop, number, sku, 1, "CANCEL")
    elif step == "edit" and not order["parcels"] and line["current"] > 1:
        people.edit(shop, number, sku, line["current"] - 1)
    elif step == "more":
        people.edit(shop, number, sku, line["current"] + 2)
    elif step == "exchange" and order["parcels"] and line["current"] and not unsent:
        people.exchange(shop, number, sku, "PIN")
    elif step == "shipping" and order["shipping"] and people.buyers(order["shipping"][0]["total"]) > 1:
        people.refund_shipping(shop, number, "0.50")


def test_any_order_adds_up_whatever_happens_to_it(long):
    schema.versions()
    shop, desk, client = open_shop()
    front = next(iter(shop.locations))
    shop.add_variant("PIN", "0.33", {front: 100000})
    for sku in SKUS:
        shop.stock.write("available", shop.by_sku(sku)["item"], front, 100000)

    @settings(max_examples=400 if long else 40, **SETTINGS)
    @given(goods, said, life, st.data())
    def law(basket, manner, steps, data):
        number = people.place_order(shop, basket, location=front, **{k: v for k, v in manner.items() if v is not None})
        adds_up(read(client, number))
        for step in steps:
            live(shop, client, number, step, data.draw(st.sampled_from(sorted(basket))))
            order = adds_up(read(client, number))
            assert all(line.quantity > 0 and line.discount >= 0 for line in order.lines)
            recorded.COUNTED["Shopify"]["states of orders that add up"] += 1
        for refund in order.refunds if steps else ():
            worth = sum((line.amount + sum(tax.amount for tax in line.taxes) for line in refund.lines), Decimal(0))
            # Who takes something dearer in exchange gets nothing back.
            assert not refund.lines or abs(max(worth, Decimal(0)) - refund.amount) <= Decimal("0.02")

    law()
    assert desk.complaints == []
