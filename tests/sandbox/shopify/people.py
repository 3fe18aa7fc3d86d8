"""What happens to an order after it was placed, by the shop's people or its buyers. Each is one change of the shop."""

from decimal import Decimal

from tests.sandbox.shopify.buying import add_to_place, line_of_goods, place_order, tax, transaction
from tests.sandbox.shopify.money import ZERO, add, buyers, rounded, times
from tests.sandbox.shopify.totals import current_total, minus

__all__ = ["add_to_place", "place_order", "transaction"]


def refund(shop, number, sku, units, restock="RETURN", status="SUCCESS", note="", back=None):
    """Units are paid back; CANCEL: before they were sent. `back`: less money than they are worth. Returns its id."""
    with shop.lock:
        order = shop.orders[number]
        line = _line_of(order, sku)
        made = take_units(shop, order, [(line, units, restock)], note)
        worth = sum((buyers(taken["subtotal"]) for taken in made["lines"]), ZERO)
        if not order["said"].get("included"):
            worth += sum((buyers(taken["tax"]) for taken in made["lines"]), ZERO)
        amount = worth if back is None else Decimal(back)
        if amount:
            pay_back(shop, order, made, amount, status)
        shop.touch(order)
        return made["id"]


def take_units(shop, order, taken, note=""):
    made = {
        "id": shop.next_id(),
        "lines": [],
        "shipping": [],
        "transactions": [],
        "note": note,
        "return": None,
        "at": shop.now(),
    }
    for line, units, restock in taken:
        share, purse = Decimal(units) / line["quantity"], order["purse"]
        paid = add([line["total"], minus(line["off"])])
        tax = add([*(bag for _t, _r, bag, _m in line["taxes"]), purse.bag(ZERO)])
        made["lines"].append(
            {
                **{"id": shop.next_id(), "line": line, "units": units, "restock": restock},
                **{"subtotal": times(paid, share, purse), "tax": times(tax, share, purse)},
            }
        )
        line["current"] -= units
        put_back(shop, order, line, units, restock)
    order["refunds"].append(made)
    return made


def put_back(shop, order, line, units, restock):
    for place in order["places"]:
        for entry in place["lines"]:
            if entry["line"] is line and line["variant"]:
                if restock == "CANCEL":
                    back = min(units, entry["left"])
                    entry["left"] -= back
                    units -= back
                    shop.stock.give_back(line["variant"]["item"], place["location"], back, committed=True)
                elif restock == "RETURN" and units:
                    shop.stock.give_back(line["variant"]["item"], place["location"], units, committed=False)
                    units = 0


def pay_back(shop, order, made, amount, status, gateway=None):
    parent = next((entry for entry in order["transactions"] if entry["kind"] == "SALE"), None)
    gateway = gateway or (parent["gateway"] if parent else "manual")
    entry = transaction(shop, order, "REFUND", gateway, amount, status, parent)
    made["transactions"].append(entry)
    order["transactions"].append(entry)


def refund_shipping(shop, number, amount):
    """A part of the first shipping line is paid back, without tax. Returns the refund's id."""
    with shop.lock:
        order = shop.orders[number]
        made = take_units(shop, order, [])
        give_up_shipping(shop, order, made, order["shipping"][0], amount)
        pay_back(shop, order, made, Decimal(amount), "SUCCESS")
        shop.touch(order)
        return made["id"]


def give_up_shipping(shop, order, made, line, amount):
    subtotal, tax = (order["purse"].bag(Decimal(part)) for part in (amount, "0"))
    made["shipping"].append({"id": shop.next_id(), "line": line, "subtotal": subtotal, "tax": tax})


def _line_of(order, sku):
    return next(line for line in order["lines"] if line["variant"] and line["variant"]["sku"] == sku)


def edit(shop, number, sku, units):
    """Somebody changes the units of a line, or adds a product, before it is sent."""
    with shop.lock:
        order = shop.orders[number]
        known = [line for line in order["lines"] if line["variant"] and line["variant"]["sku"] == sku]
        if known and units < known[0]["current"]:
            take_units(shop, order, [(known[0], known[0]["current"] - units, "CANCEL")])
        else:
            more = units - (known[0]["current"] if known else 0)
            add_line(shop, order, sku, more)
        order["edited"] = True
        shop.touch(order)


def add_line(shop, order, sku, units):
    line = line_of_goods(shop, order, shop.by_sku(sku), units)
    tax(order, line)
    order["lines"].append(line)
    item = line["variant"]["item"]
    place = next((place for place in shop.locations if shop.stock.keeps(item, place)), next(iter(shop.locations)))
    shop.stock.keep(item, place)
    shop.stock.sell(item, place, units)
    add_to_place(shop, order, place, line, units)
    return line


def exchange(shop, number, sku_back, sku_out, units=1):
    """A buyer sends units back and gets others; the difference is paid back, or owed. Returns the refund's id."""
    with shop.lock:
        order = shop.orders[number]
        before = buyers(current_total(order))
        line = add_line(shop, order, sku_out, units)
        paper = {
            **{"id": shop.next_id(), "status": "CLOSED", "at": shop.now(), "name": f"{order['name']}-R1"},
            **{"lines": [(_line_of(order, sku_back), units)], "exchange": [(shop.next_id(), line, units)]},
        }
        order["returns"].append(paper)
        made = take_units(shop, order, [(_line_of(order, sku_back), units, "RETURN")])
        made["return"] = paper
        owed = before - buyers(current_total(order))
        if owed > 0:
            pay_back(shop, order, made, owed, "SUCCESS")
        shop.touch(order)
        return made["id"]


def return_with_fees(shop, number, sku, restocking, shipping):
    """One unit came back; what the buyer pays for that is kept back. Returns the refund's id."""
    with shop.lock:
        order = shop.orders[number]
        line, purse = _line_of(order, sku), order["purse"]
        paper = {
            **{"id": shop.next_id(), "status": "CLOSED", "at": shop.now(), "name": f"{order['name']}-R1"},
            **{"lines": [(line, 1)], "exchange": [], "restocking": (shop.next_id(), purse.bag(Decimal(restocking)))},
            "shipping": [(shop.next_id(), purse.bag(Decimal(shipping)))],
        }
        order["returns"].append(paper)
        made = take_units(shop, order, [(line, 1, "RETURN")])
        made["return"] = paper
        worth = sum((buyers(taken["subtotal"]) + buyers(taken["tax"]) for taken in made["lines"]), ZERO)
        pay_back(shop, order, made, worth - Decimal(restocking) - Decimal(shipping), "SUCCESS")
        shop.touch(order)
        return made["id"]


def leave(shop, order, line):
    """One more parcel with a unit of the line, told by others."""
    place = next(place for place in order["places"] if line["id"] in [entry["line"]["id"] for entry in place["lines"]])
    made = {
        **{"id": shop.next_id(), "status": "SUCCESS", "at": shop.now(), "location": place["location"]},
        **{"company": None, "numbers": [], "lines": [{"line": line, "units": 1}]},
    }
    order["parcels"].append(made)


def ask_service(shop, number, request="SUBMITTED"):
    """The order's parcels are asked of a fulfilment service, or asked not to be sent after all."""
    with shop.lock:
        for place in shop.orders[number]["places"]:
            place["request"] = request
        shop.touch(shop.orders[number])


def ask_return(shop, number, sku, units, reason="Too small"):
    with shop.lock:
        order = shop.orders[number]
        paper = {
            **{"id": shop.next_id(), "status": "REQUESTED", "at": shop.now(), "name": f"{order['name']}-R1"},
            **{"lines": [(_line_of(order, sku), units)], "exchange": [], "reason": reason},
        }
        order["returns"].append(paper)
        shop.touch(order)
        return paper["id"]


def cancel(shop, number, restock=True):
    with shop.lock:
        order = shop.orders[number]
        for line in order["lines"]:
            if line["current"] and line["variant"] and restock:
                put_back(shop, order, line, line["current"], "CANCEL")
        for place in order["places"]:
            place["status"] = "CANCELLED"
        order["cancelled"] = shop.now()
        shop.touch(order)


def hold(shop, number, reason, said=""):
    with shop.lock:
        order = shop.orders[number]
        for place in order["places"]:
            place.update(status="ON_HOLD", holds=[{"id": shop.next_id(), "reason": reason, "said": said}])
        shop.touch(order)


def release(shop, number):
    with shop.lock:
        for place in shop.orders[number]["places"]:
            place.update(status="OPEN", holds=[])
        shop.touch(shop.orders[number])


def pay_out(shop, fee="0.029"):
    """Everything that was taken and given back through Shopify Payments since the last time. Returns its id."""
    with shop.lock:
        lines = []
        for order in shop.orders.values():
            for entry in order["transactions"]:
                if (
                    entry["gateway"] == "shopify_payments"
                    and entry["status"] == "SUCCESS"
                    and not entry.get("paid_out")
                ):
                    entry["paid_out"] = True
                    lines.append(_balance_line(shop, order, entry, Decimal(fee)))
        payout = {"id": shop.next_id(), "at": shop.now(), "status": "PAID", "lines": lines}
        shop.payouts.append(payout)
        return payout["id"]


def _balance_line(shop, order, entry, fee):
    sign = -1 if entry["kind"] == "REFUND" else 1
    amount = sign * Decimal(entry["bag"]["shopMoney"]["amount"])
    cost = rounded(amount * fee, shop.currency) if sign > 0 else ZERO
    kind = "REFUND" if sign < 0 else "CHARGE"
    return {
        "id": shop.next_id(),
        "type": kind,
        "amount": amount,
        "fee": cost,
        "order": order,
        "entry": entry,
        "at": shop.now(),
    }
