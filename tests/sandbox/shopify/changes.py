"""The root of what may be changed. Each is one change of the shop; a refusal stands in the payload's errors."""

from decimal import Decimal

from tests.sandbox.shopify import goods, graph, making, people, returning
from tests.sandbox.shopify.node import Node, gid, number, problem


def root(shop):
    return Node(
        inventorySetQuantities=lambda _info, input: set_quantities(shop, input),
        inventoryActivate=lambda _info, **asked: activate(shop, **asked),
        fulfillmentCreate=lambda _info, fulfillment, **_more: create_parcel(shop, fulfillment),
        fulfillmentTrackingInfoUpdate=lambda _info, **asked: correct_parcel(shop, **asked),
        fulfillmentOrderAcceptFulfillmentRequest=lambda _info, **asked: answer_request(shop, "ACCEPTED", **asked),
        fulfillmentOrderRejectCancellationRequest=lambda _info, **asked: answer_request(
            shop, "CANCELLATION_REJECTED", **asked
        ),
        fulfillmentOrderAcceptCancellationRequest=lambda _info, **asked: answer_request(
            shop, "CANCELLATION_ACCEPTED", **asked
        ),
        fulfillmentOrderMove=lambda _info, **asked: move(shop, **asked),
        metafieldsSet=lambda _info, metafields: set_metafields(shop, metafields),
        refundCreate=lambda _info, input: create_refund(shop, input),
        orderCancel=lambda _info, **asked: cancel_order(shop, **asked),
        orderUpdate=lambda _info, input: update_order(shop, input),
        orderEditBegin=lambda _info, id: begin_edit(shop, id),
        orderEditSetQuantity=lambda _info, **asked: set_edit_quantity(shop, **asked),
        orderEditCommit=lambda _info, **asked: commit_edit(shop, **asked),
        **making.root(shop),
        productVariantsBulkUpdate=lambda _info, **asked: update_variants(shop, **asked),
        **returning.changes(shop),
        webhookSubscriptionCreate=lambda _info, **asked: subscribe(shop, **asked),
        webhookSubscriptionUpdate=lambda _info, **asked: change_hook(shop, **asked),
    )


# ---------------------------------------------------------------------- stock
def set_quantities(shop, input):
    """All rows or none. A row whose `changeFromQuantity` is not what is there is refused; null does not look."""
    if any("changeFromQuantity" not in row for row in input["quantities"]):
        raise ValueError("changeFromQuantity has to be given, if only as null")
    errors = [
        error for index, row in enumerate(input["quantities"]) for error in _wrong(shop, input["name"], index, row)
    ]
    if len(input["quantities"]) > 250:
        errors = [problem("The input array is too long: 250 at most", "input", "quantities", code=None)]
    if not errors:
        for row in input["quantities"]:
            shop.stock.keep(number(row["inventoryItemId"]), number(row["locationId"]))
            shop.stock.write(input["name"], number(row["inventoryItemId"]), number(row["locationId"]), row["quantity"])
            shop.outbox.append(("inventory_levels/update", number(row["inventoryItemId"]), shop.now(), {}))
    return Node(
        inventoryAdjustmentGroup=None if errors else Node(id=gid("InventoryAdjustmentGroup", 1)), userErrors=errors
    )


def _wrong(shop, name, index, row):
    item, location = number(row["inventoryItemId"]), number(row["locationId"])
    path = ("input", "quantities", str(index))
    if shop.by_item(item) is None:
        yield problem("The inventory item does not exist", *path, "inventoryItemId", code="INVALID_INVENTORY_ITEM")
    elif location not in shop.locations:
        yield problem("The location does not exist", *path, "locationId", code="INVALID_LOCATION")
    elif not shop.stock.keeps(item, location) and not shop.keeps_anywhere:
        yield problem("Not stocked at the location", *path, "locationId", code="ITEM_NOT_STOCKED_AT_LOCATION")
    elif row["changeFromQuantity"] not in (None, _held(shop, name, item, location)):
        yield problem("The quantity is another one", *path, "changeFromQuantity", code="CHANGE_FROM_QUANTITY_STALE")


def _held(shop, name, item, location):
    return shop.stock.quantity(name, item, location) if shop.stock.keeps(item, location) else 0


def activate(shop, inventoryItemId, locationId, available=None, **_more):
    item, location = number(inventoryItemId), number(locationId)
    shop.stock.keep(item, location, available or 0)
    return Node(inventoryLevel=goods.inventory_level(shop, item, location), userErrors=[])


# ------------------------------------------------------------------ fulfilment
def _place(shop, id):
    for order in shop.orders.values():
        for place in order["places"]:
            if place["id"] == number(id):
                return order, place
    return None, None


def answer_request(shop, state, id, **_more):
    """What the service was asked is answered, once."""
    order, place = _place(shop, id)
    wanted = "SUBMITTED" if state == "ACCEPTED" else "CANCELLATION_REQUESTED"
    if place is None or place.get("request") != wanted:
        return Node(fulfillmentOrder=None, userErrors=[problem("Nothing of the kind was asked", "id")])
    place["request"] = state
    shop.touch(order)
    return Node(fulfillmentOrder=graph.place(shop, order, place), userErrors=[])


def create_parcel(shop, asked):
    taken, order, places = [], None, []
    for part in asked["lineItemsByFulfillmentOrder"]:
        order, place = _place(shop, part["fulfillmentOrderId"])
        if place is None or place["status"] != "OPEN" or place.get("request") in graph.UNANSWERED:
            return Node(fulfillment=None, userErrors=[problem("The fulfillment order is not open", "fulfillment")])
        places.append(place)
        for row in part["fulfillmentOrderLineItems"]:
            (entry,) = [one for one in place["lines"] if one["id"] == number(row["id"])]
            if row["quantity"] > entry["left"]:
                return Node(
                    fulfillment=None, userErrors=[problem("Invalid fulfillment order line item quantity requested.")]
                )
            taken.append((entry, row["quantity"]))
    if len({place["location"] for place in places}) != 1:
        return Node(fulfillment=None, userErrors=[problem("All fulfillment orders must be at one location")])
    for entry, units in taken:
        entry["left"] -= units
        if entry["line"]["variant"]:
            shop.stock.send(entry["line"]["variant"]["item"], places[0]["location"], units)
    made = _parcel(shop, order, places[0]["location"], taken, asked.get("trackingInfo") or {})
    shop.touch(order)
    return Node(fulfillment=Node(id=gid("Fulfillment", made["id"]), status="SUCCESS"), userErrors=[])


def _parcel(shop, order, location, taken, tracking):
    made = {
        **{"id": shop.next_id(), "status": "SUCCESS", "at": shop.now(), "location": location},
        **{"company": tracking.get("company"), "numbers": tracking.get("numbers") or []},
        "lines": [{"line": entry["line"], "units": units} for entry, units in taken],
    }
    order["parcels"].append(made)
    return made


def correct_parcel(shop, fulfillmentId, trackingInfoInput, **_more):
    for order in shop.orders.values():
        for parcel in order["parcels"]:
            if parcel["id"] == number(fulfillmentId):
                parcel.update(company=trackingInfoInput.get("company"), numbers=trackingInfoInput.get("numbers") or [])
                shop.touch(order)
                return Node(fulfillment=Node(id=fulfillmentId), userErrors=[])
    return Node(fulfillment=None, userErrors=[problem("Fulfillment does not exist.")])


def move(shop, id, newLocationId, fulfillmentOrderLineItems=None):
    order, place = _place(shop, id)
    moved = {"id": shop.next_id(), "location": number(newLocationId), "status": "OPEN", "holds": [], "lines": []}
    for row in fulfillmentOrderLineItems:
        (entry,) = [one for one in place["lines"] if one["id"] == number(row["id"])]
        entry["left"] -= row["quantity"]
        units = {"total": row["quantity"], "left": row["quantity"]}
        moved["lines"].append({"id": shop.next_id(), "line": entry["line"], **units})
        shop.stock.move(entry["line"]["variant"]["item"], place["location"], moved["location"], row["quantity"])
    order["places"].append(moved)
    return Node(movedFulfillmentOrder=graph.place(shop, order, moved), userErrors=[])


def set_metafields(shop, metafields):
    for row in metafields:
        order = shop.orders[number(row["ownerId"])]
        order["metafields"][row["namespace"], row["key"]] = row["value"]
        shop.touch(order)
    return Node(metafields=[Node(id=gid("Metafield", 1))], userErrors=[])


# ----------------------------------------------------------------------- money
def create_refund(shop, input):
    order = shop.orders[number(input["orderId"])]
    taken = [
        (
            next(line for line in order["lines"] if line["id"] == number(row["lineItemId"])),
            row["quantity"],
            row["restockType"],
        )
        for row in input.get("refundLineItems") or ()
    ]
    made = people.take_units(shop, order, taken, input.get("note") or "")
    for row in input.get("transactions") or ():
        people.pay_back(shop, order, made, Decimal(str(row["amount"])), "SUCCESS", gateway=row["gateway"])
    shop.touch(order)
    return Node(refund=Node(id=gid("Refund", made["id"])), userErrors=[])


def cancel_order(shop, orderId, restock, **_more):
    order = shop.orders[number(orderId)]
    if order["cancelled"]:
        errors = [problem("The order is cancelled already", "orderId", code="INVALID")]
        return Node(job=None, orderCancelUserErrors=errors)
    people.cancel(shop, order["id"], restock)
    return Node(job=Node(id=gid("Job", 1)), orderCancelUserErrors=[])


def update_order(shop, input):
    order = shop.orders[number(input["id"])]
    order["note"] = input.get("note", order["note"])
    shop.touch(order)
    return Node(order=Node(id=input["id"]), userErrors=[])


def begin_edit(shop, id):
    edit = shop.next_id()
    shop.edits[edit] = {"order": number(id), "units": {}}
    return Node(calculatedOrder=Node(id=gid("CalculatedOrder", edit)), userErrors=[])


def set_edit_quantity(shop, id, lineItemId, quantity, **_more):
    shop.edits[number(id)]["units"][number(lineItemId)] = quantity
    return Node(calculatedLineItem=Node(id=lineItemId, quantity=quantity), userErrors=[])


def commit_edit(shop, id, **_more):
    edit = shop.edits.pop(number(id))
    order = shop.orders[edit["order"]]
    for line in order["lines"]:
        units = edit["units"].get(line["id"], line["current"])
        if units < line["current"]:
            people.take_units(shop, order, [(line, line["current"] - units, "CANCEL")])
    order["edited"] = True
    shop.touch(order)
    return Node(order=Node(id=gid("Order", order["id"])), userErrors=[])


# -------------------------------------------------------------------- variants
def update_variants(shop, productId, variants, **_more):
    errors, changed = [], []
    for index, asked in enumerate(variants):
        row = shop.variants.get(number(asked["id"]))
        if row is None or row["product"] != number(productId):
            errors.append(problem("Product variant does not exist", "variants", str(index), "id", code=None))
        elif Decimal(str(asked.get("price", "0"))) < 0:
            errors.append(problem("Price must be greater than 0", "variants", str(index), "price", code=None))
        else:
            _update_variant(row, asked)
            changed.append(goods.variant(shop, row))
    return Node(productVariants=changed, userErrors=errors)


def _update_variant(row, asked):
    if "price" in asked:
        row["price"] = Decimal(str(asked["price"]))
    if "compareAtPrice" in asked:
        row["compare_at"] = None if asked["compareAtPrice"] is None else Decimal(str(asked["compareAtPrice"]))
    row["barcode"] = asked.get("barcode", row["barcode"])
    row["sku"] = (asked.get("inventoryItem") or {}).get("sku", row["sku"])


# -------------------------------------------------------------------- webhooks
def subscribe(shop, topic, webhookSubscription):
    hook = {"id": shop.next_id(), "topic": topic, **_hook(webhookSubscription)}
    shop.hooks[hook["id"]] = hook
    return Node(webhookSubscription=Node(id=gid("WebhookSubscription", hook["id"])), userErrors=[])


def change_hook(shop, id, webhookSubscription):
    shop.hooks[number(id)].update(_hook(webhookSubscription))
    return Node(webhookSubscription=Node(id=id), userErrors=[])


def _hook(asked):
    return {"uri": asked["uri"], "format": asked.get("format", "JSON"), "fields": asked.get("includeFields") or []}
