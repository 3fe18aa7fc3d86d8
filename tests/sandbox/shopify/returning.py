"""What a seller says to a return in the shop: each is one change of it, or a refusal in the payload's errors."""

from tests.sandbox.shopify import people
from tests.sandbox.shopify.node import Node, number


def changes(shop):
    return {
        "returnApproveRequest": lambda _info, input: _move(shop, input["id"], "REQUESTED", "OPEN"),
        "returnDeclineRequest": lambda _info, input: _move(shop, input["id"], "REQUESTED", "DECLINED"),
        "returnCancel": lambda _info, id, **_more: cancel(shop, id),
        "returnProcess": lambda _info, input: process(shop, input),
    }


def find(shop, id):
    for order in shop.orders.values():
        for entry in order["returns"]:
            if entry["id"] == number(id):
                return order, entry
    return None, None


def _problem(message):
    return Node(field=None, message=message, code="INVALID_STATE")


def _said(entry, *errors):
    known = Node(id=f"gid://shopify/Return/{entry['id']}", status=entry["status"]) if entry and not errors else None
    return Node({"return": known, "userErrors": list(errors)})


def _move(shop, id, before, after):
    order, entry = find(shop, id)
    if entry is None or entry["status"] != before:
        return _said(entry, _problem("Return is not in a state for this."))
    entry["status"] = after
    shop.touch(order)
    return _said(entry)


def cancel(shop, id):
    order, entry = find(shop, id)
    if entry["status"] != "OPEN" or any(entry.get("processed", {}).values()):
        return _said(entry, _problem("Return cannot be canceled."))
    entry["status"] = "CANCELED"
    shop.touch(order)
    return _said(entry)


def process(shop, input):
    """Units are taken back: off the order, and on sale again where they are RESTOCKED. No money moves."""
    order, entry = find(shop, input["returnId"])
    if entry["status"] != "OPEN":
        return _said(entry, _problem("Return is not open."))
    processed = entry.setdefault("processed", {})
    asked = {line["id"]: (line, units) for line, units in entry["lines"]}
    for row in input["returnLineItems"]:
        line, units = asked[number(row["id"])]
        if processed.get(line["id"], 0) + row["quantity"] > units:
            return _said(entry, _problem("Quantity is more than what is returned."))
        if sum(part["quantity"] for part in row["dispositions"]) != row["quantity"]:
            return _said(entry, _problem("Dispositions do not cover the quantity."))
    for row in input["returnLineItems"]:
        line, _units = asked[number(row["id"])]
        processed[line["id"]] = processed.get(line["id"], 0) + row["quantity"]
        for part in row["dispositions"]:
            entry.setdefault("dispositions", []).append(
                (line["variant"]["sku"], part["quantity"], part["dispositionType"])
            )
            restock = "RETURN" if part["dispositionType"] == "RESTOCKED" else "NO_RESTOCK"
            people.put_back(shop, order, line, part["quantity"], restock)
        line["current"] -= row["quantity"]
    if all(processed.get(line["id"], 0) >= units for line, units in entry["lines"]):
        entry["status"] = "CLOSED"
    shop.touch(order)
    return _said(entry)
