"""Stock and parcels told to the sandbox: what it shows afterwards, also when answers are lost."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.contract.shopify_case import read
from tests.sandbox.shopify import people
from tests.sandbox.shopify.desk import Trouble

from channels.errors import Rejected, Unanswered  # isort: skip
from channels.records import Cancellation, Refund, Shipment, ShipmentLine, StockLevel  # isort: skip
from channels.shopify import orders, refunds, shipments, stock  # isort: skip


def level(shop, sku, place, quantity, expected=None, key="1"):
    known = shop.by_sku(sku)
    names = {"variant_id": str(known["id"]), "stock_id": str(known["item"]), "location_id": str(place)}
    return StockLevel(**names, quantity=quantity, expected=expected, key=key)


# --------------------------------------------------------------------------- stock
def test_a_sale_that_is_not_imported_yet_refuses_the_write_and_tells_what_is_left(opened):
    shop, _desk, client = opened
    front = next(iter(shop.locations))
    people.place_order(shop, {"CUP": 3})
    (result,) = stock.push_stock(client, [level(shop, "CUP", front, 8, expected=8)])
    assert (result.outcome, result.held, shop.available("CUP", front)) == ("stale", 5, 5)


def test_on_hand_would_sell_again_what_left_here_and_is_not_told_yet(opened):
    """Why `available` is what we write. Ten lie there, three are sold and imported, and have left; the parcel is not
    told yet. Seven lie here, seven are for sale. Written as on hand, Shopify still takes the three off: four."""
    shop, _desk, _client = opened
    front, item = next(iter(shop.locations)), shop.by_sku("SHIRT")["item"]
    people.place_order(shop, {"SHIRT": 3})
    shop.stock.write("on_hand", item, front, 7)
    assert shop.stock.available(item, front) == 4
    # And told too late: after a receipt of three ten lie here again, and ten are written before the parcel is told.
    shop.stock.write("on_hand", item, front, 10)
    shop.stock.send(item, front, 3)
    assert (shop.stock.available(item, front), shop.stock.on_hand(item, front)) == (7, 7)


def test_one_stale_row_keeps_back_none_of_the_others_and_null_asks_nothing(opened):
    shop, desk, client = opened
    front, back = shop.locations
    rows = [
        level(shop, "SHIRT", front, 3, expected=99),
        level(shop, "SHIRT", back, 2, expected=5),
        level(shop, "CUP", front, 0),
    ]
    results = stock.push_stock(client, rows)
    assert [(result.outcome, result.held) for result in results] == [("stale", 10), ("applied", 2), ("applied", 0)]
    assert (shop.available("SHIRT", front), shop.available("SHIRT", back), shop.available("CUP", front)) == (10, 2, 0)
    written = [variables["input"]["quantities"] for name, variables in desk.asked if name == "SetQuantities"]
    assert [len(rows) for rows in written] == [3, 2] and all(
        "changeFromQuantity" in row for rows in written for row in rows
    )


def test_an_item_is_kept_at_a_new_location_by_writing_it_there(opened):
    shop, _desk, client = opened
    back = list(shop.locations)[1]
    (result,) = stock.push_stock(client, [level(shop, "CUP", back, 4)])
    assert result.outcome == "applied" and shop.available("CUP", back) == 4


def test_a_lost_answer_is_asked_again_with_the_same_key_and_written_once(opened):
    shop, desk, client = opened
    front = next(iter(shop.locations))
    desk.trouble.append(Trouble("cut", "SetQuantities"))
    rows = [level(shop, "SHIRT", front, 6, expected=10, key="7:1")]
    with pytest.raises(Unanswered):
        stock.push_stock(client, rows)
    assert shop.available("SHIRT", front) == 6
    people.place_order(shop, {"SHIRT": 1}, location=front)
    (result,) = stock.push_stock(client, rows)
    assert result.outcome == "applied" and shop.available("SHIRT", front) == 5
    assert [kind for kind, *_where in shop.stock.history].count("written") == 1


def test_what_shopify_does_not_know_or_reckon_is_said_in_words(opened):
    shop, _desk, client = opened
    front = next(iter(shop.locations))
    unknown = StockLevel(variant_id="1", stock_id="999999", location_id=str(front), quantity=1)
    nowhere = StockLevel(variant_id="2", stock_id="5", quantity=1)
    unread = StockLevel(variant_id="3", location_id=str(front), quantity=1)
    results = stock.push_stock(client, [unknown, nowhere, unread, level(shop, "CUP", front, 1)])
    assert [result.outcome for result in results] == ["rejected", "rejected", "rejected", "applied"]
    assert "does not exist" in results[0].problem and "location" in results[1].problem


def test_250_levels_go_out_in_one_call_and_no_more_are_declared(opened):
    shop, desk, client = opened
    from channels.shopify import CHANNEL

    front = next(iter(shop.locations))
    for number in range(CHANNEL.limits.stock_batch):
        shop.add_variant(f"S{number}", "1", {front: 5})
    rows = [level(shop, f"S{number}", front, 2, expected=5, key=str(number)) for number in range(250)]
    assert {result.outcome for result in stock.push_stock(client, rows)} == {"applied"}
    assert [name for name, _variables in desk.asked] == ["SetQuantities"]
    assert set(stock.read_stock(client, rows).values()) == {2}


# ------------------------------------------------------------------------- parcels
def order_of(shop, goods, **said):
    number = people.place_order(shop, goods, **said)
    return number, {line["variant"]["sku"]: str(line["id"]) for line in shop.orders[number]["lines"]}


def parcel(number, key, lines, tracking, **more):
    content = tuple(ShipmentLine(line_id=line, quantity=Decimal(units)) for line, units in lines.items())
    return Shipment(key=key, order_id=str(number), lines=content, tracking_number=tracking, carrier_name="DHL", **more)


def test_two_parcels_are_two_fulfilments_each_with_its_number_and_none_is_told_twice(opened):
    shop, _desk, client = opened
    number, lines = order_of(shop, {"SHIRT": 2})
    first, second = parcel(number, "a", {lines["SHIRT"]: 1}, "T1"), parcel(number, "b", {lines["SHIRT"]: 1}, "T2")
    made = [shipments.send_shipment(client, one) for one in (first, first, second, second)]
    assert made[0] == made[1] != made[2] == made[3]
    assert [entry["numbers"] for entry in shop.orders[number]["parcels"]] == [["T1"], ["T2"]]
    order = orders.parse_order(orders.fetch_order(client, str(number)).body)
    assert [(one.key, one.external_id) for one in order.shipments] == [("a", made[0]), ("b", made[2])]
    assert order.fulfilment == "fulfilled"
    with pytest.raises(Rejected):
        shipments.send_shipment(client, parcel(number, "c", {lines["SHIRT"]: 1}, "T3"))


@pytest.mark.parametrize("kind", ["cut", "lost"])
def test_a_parcel_whose_answer_never_came_is_told_once_also_among_twins(opened, kind):
    shop, desk, client = opened
    number, lines = order_of(shop, {"SHIRT": 3})
    twins = [parcel(number, key, {lines["SHIRT"]: 1}, "") for key in "abc"]
    shipments.send_shipment(client, twins[0])
    desk.trouble.append(Trouble(kind, "CreateParcel"))
    with pytest.raises(Unanswered):
        shipments.send_shipment(client, twins[1])
    assert (shipments.find_shipment(client, twins[1]) is not None) == (kind == "cut")
    for one in (twins[1], twins[2], twins[1]):
        shipments.send_shipment(client, one)
    assert len(shop.orders[number]["parcels"]) == 3
    order = orders.parse_order(orders.fetch_order(client, str(number)).body)
    assert [one.key for one in order.shipments] == ["a", "b", "c"]


def test_a_corrected_number_and_one_more_box(opened):
    shop, _desk, client = opened
    number, lines = order_of(shop, {"SHIRT": 1})
    made = shipments.send_shipment(client, parcel(number, "a", {lines["SHIRT"]: 1}, "T1"))
    corrected = parcel(number, "a", {}, "T2", external_id=made)
    assert shipments.find_shipment(client, corrected) is None
    shipments.send_shipment(client, corrected)
    assert shipments.find_shipment(client, corrected) == made
    for _turn in range(2):
        shipments.send_shipment(client, parcel(number, "box", {}, "T3"))
    assert [entry["numbers"] for entry in shop.orders[number]["parcels"]] == [["T2", "T3"]]


def test_what_left_from_another_location_is_moved_there_first(opened):
    shop, _desk, client = opened
    front, back = shop.locations
    number, lines = order_of(shop, {"SHIRT": 3}, location=front)
    shipments.send_shipment(client, parcel(number, "a", {lines["SHIRT"]: 2}, "T1", location_id=str(back)))
    shipments.send_shipment(client, parcel(number, "b", {lines["SHIRT"]: 1}, "T2", location_id=str(front)))
    assert [entry["location"] for entry in shop.orders[number]["parcels"]] == [back, front]
    item = shop.by_sku("SHIRT")["item"]
    assert [shop.stock.committed(item, place) for place in (front, back)] == [0, 0]
    assert [shop.stock.available(item, place) for place in (front, back)] == [9, 3]


def test_lines_of_two_locations_leave_from_the_one_they_left_from_here(opened):
    shop, _desk, client = opened
    front, back = shop.locations
    number, lines = order_of(shop, {"SHIRT": 1, "CUP": 1})
    place = shop.orders[number]["places"][0]
    people.add_to_place(shop, shop.orders[number], back, place["lines"][1]["line"], 1)
    del place["lines"][1]
    shipments.send_shipment(client, parcel(number, "a", dict.fromkeys(lines.values(), 1), "T", location_id=str(front)))
    assert len(shop.orders[number]["parcels"][0]["lines"]) == 2


def test_an_order_on_hold_or_cancelled_there_is_not_shipped_there(opened):
    shop, _desk, client = opened
    number, lines = order_of(shop, {"SHIRT": 1})
    people.hold(shop, number, "AWAITING_PAYMENT")
    with pytest.raises(Rejected, match="AWAITING_PAYMENT"):
        shipments.send_shipment(client, parcel(number, "a", {lines["SHIRT"]: 1}, "T1"))
    people.release(shop, number)
    people.cancel(shop, number)
    with pytest.raises(Rejected, match="cancelled"):
        shipments.send_shipment(client, parcel(number, "a", {lines["SHIRT"]: 1}, "T1"))


# ---------------------------------------------------------------- refunds of ours
def ours(number, amount="5.00", pays=True, key="odoo-ab-1"):
    more = {"amount": Decimal(amount), "currency": "USD", "reason": "Late", "pays": pays}
    return Refund(external_id="", order_id=str(number), key=key, **more)


def test_a_refund_of_ours_is_made_once_and_known_again_by_its_key(opened):
    shop, desk, client = opened
    number, _lines = order_of(shop, {"SHIRT": 1})
    desk.trouble.append(Trouble("cut", "CreateRefund"))
    with pytest.raises(Unanswered):
        refunds.send_refund(client, ours(number))
    made = refunds.find_refund(client, ours(number))
    assert refunds.send_refund(client, ours(number)) == made
    order = orders.parse_order(orders.fetch_order(client, str(number)).body)
    (refund,) = order.refunds
    assert (refund.key, refund.amount, refund.reason) == ("odoo-ab-1", Decimal("5.00"), "Late")


def test_money_goes_back_the_way_it_came_and_never_more_of_it_unless_it_went_back_by_hand(opened):
    shop, _desk, client = opened
    number, _lines = order_of(shop, {"SHIRT": 1}, gift_card="10.00")
    with pytest.raises(Rejected, match="can still be paid back"):
        refunds.send_refund(client, ours(number, "900.00"))
    refunds.send_refund(client, ours(number, "12.00"))
    back = [(one["gateway"], one["bag"]["shopMoney"]["amount"]) for one in shop.orders[number]["transactions"][2:]]
    assert back == [("gift_card", "10.00"), ("shopify_payments", "2.00")]
    other, _lines = order_of(shop, {"CUP": 1})
    refunds.send_refund(client, ours(other, "1.00", pays=False, key="odoo-ab-2"))
    assert shop.orders[other]["transactions"][-1]["gateway"] == "manual"


# ------------------------------------------------------------- fulfilment services
def test_what_a_service_was_asked_is_accepted_by_leaving_and_a_wish_to_cancel_declined(opened):
    shop, _desk, client = opened
    front = next(iter(shop.locations))
    for request, answered in (("SUBMITTED", "ACCEPTED"), ("CANCELLATION_REQUESTED", "CANCELLATION_REJECTED")):
        number = people.place_order(shop, {"SHIRT": 1}, location=front)
        people.ask_service(shop, number, request)
        line = ShipmentLine(line_id=str(shop.orders[number]["lines"][0]["id"]), quantity=Decimal(1))
        parcel = Shipment(key=request, order_id=str(number), lines=(line,), tracking_number=request)
        with pytest.raises(Rejected):
            shipments.send_shipment(client, parcel)  # nobody knows where it left from: not ours to answer
        shipments.send_shipment(client, replace(parcel, location_id=str(front)))
        order = shop.orders[number]
        assert order["places"][0]["request"] == answered and order["parcels"][0]["numbers"] == [request]


def test_a_wish_to_cancel_holds_the_order_until_cancelling_it_here_agrees(opened):
    shop, _desk, client = opened
    number = people.place_order(shop, {"SHIRT": 1})
    people.ask_service(shop, number, "CANCELLATION_REQUESTED")
    risk = read(client, number).risk
    assert risk.level == "high" and "asks not to send it any more" in risk.reasons[0]
    orders.cancel_order(client, Cancellation(key="1", order_id=str(number)))
    assert shop.orders[number]["places"][0]["request"] == "CANCELLATION_ACCEPTED"
    assert shop.orders[number]["cancelled"] and read(client, number).risk.level == "low"
