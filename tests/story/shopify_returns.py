"""The chapters of the Shopify story about goods that come back."""

from tests.sandbox.shopify import people, returning


def open_owed_goods(seller):
    """What the scheduled action does every ten minutes."""
    known = [("module", "=", "ecom_returns"), ("name", "=", "ir_cron_open_returns")]
    (row,) = seller.call("ir.model.data", "search_read", known, ["res_id"])
    failed = seller.call("ir.cron", "method_direct_trigger", [row["res_id"]])
    assert not failed or failed is True, failed["params"]["data"]["debug"]


def ask_for_returns(seller):
    """What the engine does every quarter of an hour."""
    seller.query(
        "UPDATE ecom_channel_cursor SET next_try = '2020-01-01' WHERE channel_id = %s AND topic = 'returns'",
        seller.channel,
    )


def record(seller, order):
    """The newest return of the order, with its lines as [(goods, money, quantity, left to do)]."""
    names = ["authorisation", "external_id", "refund_first", "disagreement"]
    found = seller.call("ecom.return", "search_read", [("order_ids", "=", order)], names, order="id desc", limit=1)
    if not found:
        return None
    names = ["goods", "money", "quantity", "disagreement"]
    lines = seller.call("ecom.return.line", "search_read", [("return_id", "=", found[0]["id"])], names, order="id")
    return {**found[0], "lines": sorted(tuple(line[name] or "" for name in names) for line in lines)}


def receive(seller, number, units):
    """The dock counts so many in the box; the rest is short."""
    lines = seller.call("ecom.return.line", "search", [("return_id", "=", number)])
    counted = [(0, 0, {"return_line_id": line, "arrived": units}) for line in lines]
    values = {"return_ids": [(6, 0, [number])], "line_ids": counted}
    seller.call(
        "ecom.return.receive.wizard", "action_receive", seller.call("ecom.return.receive.wizard", "create", [values])
    )


def inspect(seller, number):
    here = [("return_id", "=", number), ("goods", "=", "received")]
    seller.call("ecom.return.line", "write", seller.call("ecom.return.line", "search", here), {"grade": "a"})
    seller.call("ecom.return", "action_dispose", [number])


def sold(seller, sku, units, parcel):
    """(the shop's number, the order here) of an order that was sent."""
    number = people.place_order(seller.here, {sku: units})
    seller.await_that("the order", lambda: seller.order(number))
    order = seller.order(number)["id"]
    seller.ship(order, parcel)
    seller.await_that("the parcel", lambda: seller.numbers(number) == [[parcel]])
    return number, order


def refunded_before_the_goods_came(seller, sku):
    """A refund of two units is made in the shop; one of them comes."""
    number, order = sold(seller, sku, 2, "1Z-BACK")
    refund = people.refund(seller.here, number, sku, 2, restock="NO_RESTOCK")
    known = "SELECT 1 FROM ecom_refund_line l JOIN ecom_refund r ON r.id = l.refund_id WHERE r.external_id = %s"
    seller.await_that("the refund and what it was for", lambda: seller.query(known, str(refund)))
    open_owed_goods(seller)
    told = "SELECT r.*, l.* FROM ecom_refund r JOIN ecom_refund_line l ON l.refund_id = r.id WHERE r.order_id = %s"
    found = record(seller, order)
    assert found, seller.query(told, order)
    assert (found["authorisation"], found["refund_first"]) == ("approved", True)
    assert found["lines"] == [("awaiting", "executed", 2.0, "money_without_goods")]
    before = seller.stocks(sku)
    receive(seller, found["id"], 1)
    inspect(seller, found["id"])
    short = ("short", "executed", 1.0, "money_without_goods")
    assert short in record(seller, order)["lines"] and record(seller, order)["disagreement"] == "money_without_goods"
    seller.await_that("one more is sold where it came from", lambda: sum(seller.stocks(sku)[:2]) == sum(before[:2]) + 1)
    seller.call("ecom.return", "action_write_off", [found["id"]])
    assert not [line for line in record(seller, order)["lines"] if line[3] == "money_without_goods"]


def asked_for_in_the_shop(seller, sku):
    """A buyer asks in the shop; what is decided and found here is said there."""
    number, order = sold(seller, sku, 1, "1Z-ASKED")
    paper = people.ask_return(seller.here, number, sku, 1)
    ask_for_returns(seller)
    seller.await_that("the return", lambda: record(seller, order))
    found = record(seller, order)
    assert (found["authorisation"], found["external_id"]) == ("requested", str(paper))
    seller.call("ecom.return", "action_approve", [found["id"]])
    there = lambda: returning.find(seller.here, f"gid/{paper}")[1]  # noqa: E731
    seller.await_that("it is open there", lambda: there()["status"] == "OPEN")
    receive(seller, found["id"], 1)
    inspect(seller, found["id"])
    seller.await_that("it is closed there", lambda: there()["status"] == "CLOSED")
    assert there()["dispositions"] == [(sku, 1, "NOT_RESTOCKED")]
