"""Orders of the sandbox, read: whatever happened to them, what is on the order adds up to what the shop states."""

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.contract.shopify_case import adds_up, read, ship_all, units
from tests.sandbox.shopify import people
from tests.sandbox.shopify.inside import connect

from channels.errors import Gone  # isort: skip
from channels.shopify import markets, orders  # isort: skip
from rules.amounts import amounts  # isort: skip


def test_a_market_in_another_currency_gives_both_sides_and_its_market(opened):
    shop, _desk, client = opened
    order = adds_up(read(client, people.place_order(shop, {"SHIRT": 2, "CUP": 1}, country="CA")))
    assert (order.currency, order.in_shop_currency.currency) == ("CAD", "USD")
    assert order.total == Decimal("76.09") and order.in_shop_currency.total == Decimal("55.54")
    assert order.site == str(shop.markets[1]["id"])
    assert {line.taxes[0].code for line in order.lines} == {"GST 5% CA"}


def test_discounts_taxes_in_prices_tips_gift_cards_and_several_ways_of_shipping(opened):
    shop, _desk, client = opened
    said = {"discount": "10", "tip": "3.00", "gift_card": "15.00", "shipping": ["5.00", "2.50"], "included": True}
    order = adds_up(read(client, people.place_order(shop, {"SHIRT": 2, "CUP": 1}, country="DE", **said)))
    assert order.prices_include_tax and [line.kind for line in order.lines] == [
        "product", "product", "tip", "shipping", "shipping",
    ]  # fmt: skip
    shirt = order.lines[0]
    # 40.00 less 10 %, 19 % in it: 36.00 = 30.25 + 5.75
    assert (shirt.total, shirt.tax_total) == (Decimal("30.25"), Decimal("5.75"))
    assert shirt.discount == Decimal("3.361111")
    tenders = {payment.tender: payment.amount for payment in order.payments}
    assert tenders == {"gift_card": Decimal("15.00"), "money": Decimal("38.61")} and order.total == Decimal("53.61")


def test_tax_that_the_channel_is_liable_for_is_never_ours(opened):
    shop, _desk, client = opened
    order = adds_up(read(client, people.place_order(shop, {"SHIRT": 1}, remitted=True)))
    assert all(tax.remitted for line in order.lines for tax in line.taxes)
    assert amounts(order, 2).tax == 0 and amounts(order, 2).remitted == Decimal("1.50")


def test_a_gift_card_that_is_sold_is_no_product(opened):
    shop, _desk, client = opened
    shop.add_variant("CARD", "25.00", {next(iter(shop.locations)): 99}, gift_card=True)
    order = adds_up(read(client, people.place_order(shop, {"CARD": 1}, shipping=[])))
    assert [(line.kind, line.total) for line in order.lines] == [("gift_card", Decimal("25.00"))]


def test_600_lines_and_40_ways_of_shipping_arrive_whole(opened):
    shop, desk, client = opened
    front = next(iter(shop.locations))
    skus = [f"PART{number:03d}" for number in range(600)]
    for sku in skus:
        shop.add_variant(sku, "1.10", {front: 10})
    order = adds_up(read(client, people.place_order(shop, dict.fromkeys(skus, 1), shipping=["1.00"] * 40)))
    assert len([line for line in order.lines if line.kind == "product"]) == 600
    assert len([line for line in order.lines if line.kind == "shipping"]) == 40
    names = [name for name, _variables in desk.asked]
    assert names.count("OrderLines") == 20 and names.count("OrderShipping") == 1


def test_several_orders_come_in_one_call_and_a_missing_one_harms_no_other(opened):
    shop, desk, client = opened
    markets.of_country(client)
    numbers = [str(people.place_order(shop, {"CUP": 1})) for _turn in range(5)]
    before = len(desk.asked)
    found = orders.fetch_several(client, (*numbers, "999999"))
    assert len(desk.asked) - before == 2
    assert [orders.parse_order(found[number].body).external_id for number in numbers] == numbers
    assert isinstance(found["999999"], Gone)


def test_an_order_of_which_only_a_fulfilment_order_is_known_is_found(opened):
    shop, _desk, client = opened
    number = people.place_order(shop, {"CUP": 1})
    name = f"FulfillmentOrder/{shop.orders[number]['places'][0]['id']}"
    found = orders.fetch_several(client, (name, "FulfillmentOrder/999999", "FulfillmentOrder/x"))
    assert found[name].external_id == str(number)
    assert all(isinstance(found[gone], Gone) for gone in ("FulfillmentOrder/999999", "FulfillmentOrder/x"))


def test_changed_orders_come_by_their_last_change_however_old_and_page_by_page(opened):
    shop, _desk, client = opened
    numbers = [people.place_order(shop, {"CUP": 1}) for _turn in range(7)]
    for order in shop.orders.values():
        order["updated"] -= timedelta(days=100)
    people.refund(shop, numbers[2], "CUP", 1, "CANCEL")
    page = orders.fetch_orders(client, shop.orders[numbers[2]]["updated"] - timedelta(seconds=5))
    assert [raw.external_id for raw in page.items] == [str(numbers[2])] and not page.next
    seen, token = [], ""
    while True:
        page = orders.fetch_orders(client, None, token=token)
        seen += [int(raw.external_id) for raw in page.items]
        token = page.next
        if not token:
            break
    assert sorted(seen) == numbers and seen[-1] == numbers[2]


def test_an_edit_takes_units_off_before_they_leave(opened):
    shop, _desk, client = opened
    number = people.place_order(shop, {"SHIRT": 3, "CUP": 1}, discount="7")
    people.edit(shop, number, "SHIRT", 1)
    order = adds_up(read(client, number))
    assert units(order) == {"SHIRT": 1, "CUP": 1} and order.refunds == ()
    people.edit(shop, number, "CUP", 4)
    order = adds_up(read(client, number))
    assert sorted(int(line.quantity) for line in order.lines if line.sku == "CUP") == [1, 3]
    assert order.extra["edited"] and len({line.external_id for line in order.lines}) == len(order.lines)


def test_units_refunded_after_they_left_stay_on_the_order_and_are_a_refund(opened):
    shop, _desk, client = opened
    number = people.place_order(shop, {"SHIRT": 3}, country="CA", discount="7")
    ship_all(shop, client, number)
    before = adds_up(read(client, number))
    people.refund(shop, number, "SHIRT", 1, note="Does not fit")
    order = adds_up(read(client, number))
    assert units(order) == {"SHIRT": 3} and order.total == before.total and order.fulfilment == "fulfilled"
    (refund,) = order.refunds
    (line,) = refund.lines
    assert (refund.state, refund.reason, line.quantity) == ("done", "Does not fit", 1)
    assert refund.amount == line.amount + sum(tax.amount for tax in line.taxes) == Decimal("26.75")
    assert line.line_id == order.lines[0].external_id and line.taxes[0].code == "GST 5% CA"
    assert refund.amount == before.refunds[0].amount if before.refunds else True


def test_units_refunded_before_they_left_are_off_the_order_and_the_money_is_a_refund(opened):
    shop, _desk, client = opened
    number = people.place_order(shop, {"SHIRT": 2, "CUP": 1})
    people.refund(shop, number, "SHIRT", 1, "CANCEL")
    order = adds_up(read(client, number))
    assert units(order) == {"SHIRT": 1, "CUP": 1} and order.refunds[0].amount == Decimal("21.20")


def test_shipping_that_is_paid_back_stays_on_the_order(opened):
    shop, _desk, client = opened
    number = people.place_order(shop, {"CUP": 1})
    before = read(client, number)
    people.refund_shipping(shop, number, "2.00")
    order = adds_up(read(client, number))
    assert order.total == before.total
    assert [(line.line_id, line.amount) for line in order.refunds[0].lines] == [
        (order.lines[1].external_id, Decimal("2.00"))
    ]


def test_money_that_is_not_on_its_way_yet_is_pending_and_what_failed_failed(opened):
    shop, _desk, client = opened
    number = people.place_order(shop, {"SHIRT": 2})
    ship_all(shop, client, number)
    people.refund(shop, number, "SHIRT", 1, status="PENDING")
    people.refund(shop, number, "SHIRT", 1, status="FAILURE")
    assert [(refund.state, refund.amount) for refund in read(client, number).refunds] == [
        ("pending", Decimal("21.20")),
        ("failed", Decimal("21.20")),
    ]


def test_an_exchange_is_a_refund_of_the_difference_with_what_was_taken_as_a_negative_line(opened):
    shop, _desk, client = opened
    number = people.place_order(shop, {"SHIRT": 1})
    ship_all(shop, client, number)
    people.exchange(shop, number, "SHIRT", "CUP")
    order = adds_up(read(client, number))
    assert units(order) == {"SHIRT": 1, "CUP": 1}
    (refund,) = order.refunds
    back, taken = refund.lines
    assert (back.quantity, back.amount, taken.quantity, taken.amount) == (1, Decimal("20.00"), -1, Decimal("-7.90"))
    worth = sum(line.amount + sum(tax.amount for tax in line.taxes) for line in refund.lines)
    assert refund.amount == worth == Decimal("12.83")


def test_holds_risk_companies_attributes_and_where_it_leaves_from(opened):
    shop, _desk, client = opened
    attributes = (
        ("Gift message", "For Bob"),
        ("Engraving", "B"),
        ("_internal", "x"),
        ("delivery_instructions", "Ring"),
    )
    said = {"company": "ACME", "vat": "US123", "risk": "HIGH", "attributes": attributes, "po": "PO-7", "tags": ["vip"]}
    number = people.place_order(shop, {"SHIRT": 7}, test=True, codes=["TEN"], **said)
    people.hold(shop, number, "HIGH_RISK_OF_FRAUD", "Call first")
    order = adds_up(read(client, number))
    assert (order.gift_message, order.delivery_note, order.attributes) == ("For Bob", "Ring", (("Engraving", "B"),))
    assert (order.buyer.company, order.buyer.vat, order.kinds) == ("ACME", "US123", ("wholesale",))
    held = "On hold in the shop: HIGH_RISK_OF_FRAUD: Call first"
    assert order.risk.level == "high" and order.risk.reasons == (held, "The card's country is another one")
    people.release(shop, number)
    assert read(client, number).risk.reasons == ("The card's country is another one",)
    people.hold(shop, number, "HIGH_RISK_OF_FRAUD", "Call first")
    assert order.extra["holds"] == ("HIGH_RISK_OF_FRAUD: Call first",) and order.fulfilment == "open"
    assert order.location == str(next(iter(shop.locations))) and order.test
    assert ("purchase_order", "PO-7") in order.references and order.coupons == ("TEN",)


def test_a_paid_back_order_that_never_left_is_over(opened):
    shop, _desk, client = opened
    number = people.place_order(shop, {"CUP": 1}, shipping=[])
    people.refund(shop, number, "CUP", 1, "CANCEL")
    assert read(client, number).status == "cancelled"
    other = people.place_order(shop, {"CUP": 1})
    people.cancel(shop, other)
    assert read(client, other).status == "cancelled"


def test_sources_that_are_left_out_do_not_come_by_list_nor_by_name(opened):
    shop, desk, _client = opened
    till = people.place_order(shop, {"CUP": 1}, source="pos")
    web = people.place_order(shop, {"CUP": 1})
    choosy = connect(desk, leave_out="POS")
    assert [raw.external_id for raw in orders.fetch_orders(choosy, None).items] == [str(web)]
    with pytest.raises(Gone):
        orders.fetch_order(choosy, str(till))


def test_an_order_is_found_by_the_number_on_the_invoice_and_only_by_the_whole_of_it(opened):
    shop, _desk, client = opened
    number = people.place_order(shop, {"CUP": 1})
    assert orders.find_order(client, shop.orders[number]["name"]).external_id == str(number)
    assert orders.find_order(client, "1") is None and orders.find_order(client, "'") is None


def test_two_taxes_and_duties_of_an_order_that_goes_abroad_stand_apart(opened):
    shop, _desk, client = opened
    said = {"country": "CA", "second_tax": ("PST", "0.08"), "duty": "3.00"}
    order = adds_up(read(client, people.place_order(shop, {"SHIRT": 1, "CUP": 2}, **said)))
    (duty,) = [line for line in order.lines if line.kind == "duty"]
    assert (duty.total, duty.taxes) == (Decimal("4.11"), ())
    assert [(tax.name, tax.amount) for tax in order.lines[0].taxes] == [
        ("GST 5% CA", Decimal("1.37")),
        ("PST 8% CA", Decimal("2.19")),
    ]


def test_what_a_return_costs_its_buyer_stands_on_its_refund_by_name(opened):
    shop, _desk, client = opened
    number = people.place_order(shop, {"SHIRT": 2})
    ship_all(shop, client, number)
    people.return_with_fees(shop, number, "SHIRT", "2.50", "1.00")
    (refund,) = adds_up(read(client, number)).refunds
    stated = [(line.name, line.amount + sum(tax.amount for tax in line.taxes)) for line in refund.lines]
    assert stated == [
        ("", Decimal("21.20")),
        ("Restocking fee", Decimal("-2.50")),
        ("Return shipping fee", Decimal("-1.00")),
    ]
    assert refund.amount == sum(amount for _name, amount in stated) == Decimal("17.70")


def test_more_refunds_and_parcels_than_a_list_holds_arrive_all(opened):
    shop, _desk, client = opened
    number = people.place_order(shop, {"SHIRT": 8, "CUP": 1}, shipping=["500.00"])
    order = shop.orders[number]
    for _turn in range(113):
        people.leave(shop, order, order["lines"][0])
        people.refund_shipping(shop, number, "1.00")
    found = read(client, number)
    assert len({refund.external_id for refund in found.refunds}) == len(found.refunds) == 113
    assert len({parcel.external_id for parcel in found.shipments}) == len(found.shipments) == 113
    assert sum(refund.amount for refund in found.refunds) == 113
