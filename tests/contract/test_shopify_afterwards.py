"""What is told to the sandbox of orders, what comes beside them, and trouble on the way."""

from decimal import Decimal

import pytest

from tests.contract.shopify_case import adds_up, read, ship_all, units
from tests.sandbox.shopify import people

from channels.errors import Busy, Refused, Unreachable  # isort: skip
from channels.records import Cancellation, Note, ShipmentLine  # isort: skip
from channels.reports.tests.reading import read as report  # isort: skip
from channels.shopify import orders, refunds, returns, settlements, subscriptions  # isort: skip


def test_what_is_cancelled_here_is_cancelled_there_once_and_lines_by_an_edit(opened):
    shop, _desk, client = opened
    number = people.place_order(shop, {"SHIRT": 3, "CUP": 1})
    line = str(shop.orders[number]["lines"][0]["id"])
    fewer = Cancellation(key="1", order_id=str(number), lines=(ShipmentLine(line_id=line, quantity=Decimal(1)),))
    for _turn in range(2):
        orders.cancel_order(client, fewer)
        assert units(adds_up(read(client, number))) == {"SHIRT": 1, "CUP": 1}
    for _turn in range(2):
        orders.cancel_order(client, Cancellation(key="2", order_id=str(number)))
    assert read(client, number).status == "cancelled"
    front = next(iter(shop.locations))
    assert (shop.available("SHIRT", front), shop.available("CUP", front)) == (10, 8)


def test_a_note_is_written_below_the_one_that_stands_there_and_once(opened):
    shop, _desk, client = opened
    number = people.place_order(shop, {"CUP": 1}, note="Ring twice")
    note = Note(key="1", order_id=str(number), text="Packed by Ada")
    assert orders.find_note(client, note) is None
    orders.send_note(client, note)
    orders.send_note(client, note)
    assert shop.orders[number]["note"] == "Ring twice\nPacked by Ada" and orders.find_note(client, note)


def test_refunds_returns_and_payouts_can_be_read_apart(opened):
    shop, _desk, client = opened
    number = people.place_order(shop, {"SHIRT": 2}, country="CA")
    ship_all(shop, client, number)
    people.refund(shop, number, "SHIRT", 1)
    people.ask_return(shop, number, "SHIRT", 1)
    (raw,) = refunds.fetch_refunds(client, None).items
    refund = refunds.parse_refund(raw.body)
    assert (refund.order_id, refund.currency, refund.amount) == (str(number), "CAD", Decimal("28.77"))
    (raw,) = returns.fetch_returns(client, None).items
    notice = returns.parse_return(raw.body)
    assert (notice.order_id, notice.state, notice.reason) == (str(number), "requested", "Size: Too small")
    people.pay_out(shop)
    (raw,) = settlements.fetch_settlements(client, None).items
    code, check, lines = report(raw.body)
    assert (code, check.flaws) == ("shopify_api", [])
    assert [(line.kind, line.family) for line in lines] == [("charge", "sale"), ("refund", "refund")]
    assert {line.order_id for line in lines} == {str(number)} and {line.currency for line in lines} == {"USD"}
    assert [found.settlement.amount for found in check.sums.values()] == [sum(line.net for line in lines)]


@pytest.mark.parametrize(("kind", "error"), [("throttled", Busy), ("500", Unreachable), ("denied", Refused)])
def test_trouble_has_a_name_and_what_passes_is_waited_for(opened, kind, error):
    from tests.sandbox.shopify.desk import Trouble

    shop, desk, client = opened
    number = people.place_order(shop, {"CUP": 1})
    if kind != "denied":
        desk.trouble.append(Trouble(kind, "OrdersById"))
        assert read(client, number).external_id == str(number)
    desk.trouble.append(Trouble(kind, "OrdersById", times=9))
    with pytest.raises(error):
        read(client, number)


def test_what_the_app_may_not_do_is_named_and_without_orders_nothing_can_be_done(opened):
    shop, _desk, client = opened
    assert client.check().missing_scopes == ()
    shop.scopes.remove("write_inventory")
    shop.scopes.remove("read_locations")
    told = client.check()
    assert told.missing_scopes == (
        "Read and change stock (write_inventory)",
        "Read locations (read_locations)",
    )
    assert told.locations == () and [site.currency for site in told.sites] == ["USD", "CAD"]
    shop.scopes.remove("write_orders")
    with pytest.raises(Refused, match="write_orders"):
        client.check()


def test_a_location_of_a_fulfilment_service_is_not_ours_to_stock(opened):
    shop, _desk, client = opened
    shop.add_location("Their warehouse", service=True)
    assert [place.active for place in client.check().locations] == [True, True, False]


def test_webhooks_are_made_once_kept_mended_and_made_anew_when_shopify_took_them_away(opened):
    shop, _desk, client = opened
    url = "https://erp.example.com/ecom/webhook/1"
    states = lambda: {one.state for one in subscriptions.arm_subscriptions(client, url, "")}  # noqa: E731
    assert states() == {"made"} and len(shop.hooks) == len(subscriptions.TOPICS)
    assert states() == {"kept"}
    next(iter(shop.hooks.values()))["fields"] = []
    assert states() == {"kept", "renewed"}
    del shop.hooks[next(iter(shop.hooks))]
    assert states() == {"kept", "woken"} and states() == {"kept"}
    foreign = {**next(iter(shop.hooks.values())), "id": 1, "uri": "https://other.example.com"}
    shop.hooks[1] = foreign
    assert states() == {"kept"} and shop.hooks[1] is foreign
