"""The chapters of the Shopify story about goods that come back."""

from tests.sandbox.shopify import people, returning


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
