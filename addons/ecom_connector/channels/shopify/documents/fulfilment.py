"""Parcels: what left, and what may be told of it."""

from .document import mutation, query

PARCEL = """
fragment Parcel on Fulfillment {
  id
  status
  createdAt
  location { id isFulfillmentService }
  trackingInfo(first: 20) { company number url }
  fulfillmentLineItems(first: 20) {
    nodes { id quantity lineItem { id } }
    pageInfo { hasNextPage endCursor }
  }
}
"""
LINE_TO_SHIP = """
fragment LineToShip on FulfillmentOrderLineItem { id remainingQuantity lineItem { id } }
"""
PLACE_TO_SHIP = """
fragment PlaceToShip on FulfillmentOrder {
  id
  status
  requestStatus
  supportedActions { action }
  assignedLocation { name location { id } }
  fulfillmentHolds { id displayReason reasonNotes }
  lineItems(first: 20) { nodes { ...LineToShip } pageInfo { hasNextPage endCursor } }
}
"""

ORDER_PARCELS = query(
    "OrderParcels",
    300,
    """
query OrderParcels($id: ID!) {
  order(id: $id) { fulfillments(first: 100) { ...Parcel } }
}
""",
    PARCEL,
)

# Of an order with more parcels than that list may hold: those of each of its fulfilment orders.
PLACE_PARCELS = query(
    "PlaceParcels",
    960,
    """
query PlaceParcels($id: ID!, $after: String) {
  owner: fulfillmentOrder(id: $id) {
    page: fulfillments(first: 10, after: $after) {
      nodes { ...Parcel }
      pageInfo { hasNextPage endCursor }
    }
  }
}
""",
    PARCEL,
)

PARCEL_LINES = query(
    "ParcelLines",
    210,
    """
query ParcelLines($id: ID!, $after: String) {
  owner: fulfillment(id: $id) {
    page: fulfillmentLineItems(first: 100, after: $after) {
      nodes { id quantity lineItem { id } }
      pageInfo { hasNextPage endCursor }
    }
  }
}
""",
)

# All that is needed to tell one more parcel of an order, or to see that it was told.
TO_SHIP = query(
    "ToShip",
    700,
    """
query ToShip($id: ID!) {
  order(id: $id) {
    id
    name
    cancelledAt
    fulfillmentsCount { count }
    parcelsTold: metafield(namespace: "odoo_ecom", key: "parcels") { value }
    fulfillments(first: 100) { ...Parcel }
    fulfillmentOrders(first: 10) {
      nodes { ...PlaceToShip }
      pageInfo { hasNextPage endCursor }
    }
  }
}
""",
    PARCEL,
    PLACE_TO_SHIP,
    LINE_TO_SHIP,
)

MORE_TO_SHIP = query(
    "MoreToShip",
    480,
    """
query MoreToShip($id: ID!, $after: String) {
  owner: order(id: $id) {
    page: fulfillmentOrders(first: 10, after: $after) {
      nodes { ...PlaceToShip }
      pageInfo { hasNextPage endCursor }
    }
  }
}
""",
    PLACE_TO_SHIP,
    LINE_TO_SHIP,
)

LINES_TO_SHIP = query(
    "LinesToShip",
    210,
    """
query LinesToShip($id: ID!, $after: String) {
  owner: fulfillmentOrder(id: $id) {
    page: lineItems(first: 100, after: $after) { nodes { ...LineToShip } pageInfo { hasNextPage endCursor } }
  }
}
""",
    LINE_TO_SHIP,
)

ORDERS_OF_PLACES = query(
    "OrdersOfPlaces",
    250,
    """
query OrdersOfPlaces($ids: [ID!]!) {
  nodes(ids: $ids) { ... on FulfillmentOrder { id order { id } } }
}
""",
)

MOVE = mutation(
    "Move",
    """
mutation Move($id: ID!, $location: ID!, $lines: [FulfillmentOrderLineItemInput!]) {
  fulfillmentOrderMove(id: $id, newLocationId: $location, fulfillmentOrderLineItems: $lines) {
    movedFulfillmentOrder { id lineItems(first: 100) { nodes { id remainingQuantity lineItem { id } } } }
    userErrors { field message }
  }
}
""",
    cost=220,
)

# What a fulfilment service is asked, where we are that service: its answers.
ACCEPT_REQUEST = mutation(
    "AcceptRequest",
    """
mutation AcceptRequest($id: ID!, $message: String) {
  fulfillmentOrderAcceptFulfillmentRequest(id: $id, message: $message) {
    fulfillmentOrder { ...PlaceToShip }
    userErrors { field message }
  }
}
""",
    PLACE_TO_SHIP,
    LINE_TO_SHIP,
    cost=100,
)

ACCEPT_CANCELLATION = mutation(
    "AcceptCancellation",
    """
mutation AcceptCancellation($id: ID!, $message: String) {
  fulfillmentOrderAcceptCancellationRequest(id: $id, message: $message) {
    fulfillmentOrder { id status requestStatus }
    userErrors { field message }
  }
}
""",
)

REJECT_CANCELLATION = mutation(
    "RejectCancellation",
    """
mutation RejectCancellation($id: ID!, $message: String) {
  fulfillmentOrderRejectCancellationRequest(id: $id, message: $message) {
    fulfillmentOrder { ...PlaceToShip }
    userErrors { field message }
  }
}
""",
    PLACE_TO_SHIP,
    LINE_TO_SHIP,
    cost=100,
)

CREATE_PARCEL = mutation(
    "CreateParcel",
    """
mutation CreateParcel($fulfillment: FulfillmentInput!) {
  fulfillmentCreate(fulfillment: $fulfillment) {
    fulfillment { id status }
    userErrors { field message }
  }
}
""",
)

CORRECT_PARCEL = mutation(
    "CorrectParcel",
    """
mutation CorrectParcel($id: ID!, $tracking: FulfillmentTrackingInput!, $notify: Boolean!) {
  fulfillmentTrackingInfoUpdate(fulfillmentId: $id, trackingInfoInput: $tracking, notifyCustomer: $notify) {
    fulfillment { id }
    userErrors { field message }
  }
}
""",
)

REMEMBER_PARCELS = mutation(
    "RememberParcels",
    """
mutation RememberParcels($metafields: [MetafieldsSetInput!]!) {
  metafieldsSet(metafields: $metafields) { metafields { id } userErrors { field message } }
}
""",
)

ALL = (
    *(ORDER_PARCELS, PLACE_PARCELS, PARCEL_LINES, TO_SHIP, MORE_TO_SHIP, LINES_TO_SHIP, ORDERS_OF_PLACES),
    *(MOVE, ACCEPT_REQUEST, ACCEPT_CANCELLATION, REJECT_CANCELLATION),
    *(CREATE_PARCEL, CORRECT_PARCEL, REMEMBER_PARCELS),
)
