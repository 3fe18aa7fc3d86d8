"""Orders: the list of what changed, orders in full, the further pages of what is long, and what may be changed."""

from .document import mutation, query
from .parts import ADDRESS, LINE, MONEY, ORDER, PLACE, SHIPPING, TAX, TRANSACTION

_WHOLE = (ORDER, MONEY, TAX, ADDRESS, LINE, SHIPPING, PLACE, TRANSACTION)

# Several whole orders a call. Most have a handful of lines; what is longer is paged.
CHANGED_ORDERS = query(
    "ChangedOrders",
    800,
    """
query ChangedOrders($query: String!, $first: Int!, $lines: Int!, $after: String) {
  orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
    nodes { ...Whole }
    pageInfo { hasNextPage endCursor }
  }
}
""",
    *_WHOLE,
)

ORDERS_BY_ID = query(
    "OrdersById",
    800,
    """
query OrdersById($ids: [ID!]!, $lines: Int!) {
  nodes(ids: $ids) { __typename ... on Order { ...Whole } }
}
""",
    *_WHOLE,
)

ORDER_LINES = query(
    "OrderLines",
    760,
    """
query OrderLines($id: ID!, $after: String) {
  owner: order(id: $id) {
    page: lineItems(first: 30, after: $after) { nodes { ...Line } pageInfo { hasNextPage endCursor } }
  }
}
""",
    LINE,
    MONEY,
    TAX,
)

ORDER_SHIPPING = query(
    "OrderShipping",
    560,
    """
query OrderShipping($id: ID!, $after: String) {
  owner: order(id: $id) {
    page: shippingLines(first: 50, after: $after) { nodes { ...Shipping } pageInfo { hasNextPage endCursor } }
  }
}
""",
    SHIPPING,
    MONEY,
    TAX,
)

ORDER_PLACES = query(
    "OrderPlaces",
    210,
    """
query OrderPlaces($id: ID!, $after: String) {
  owner: order(id: $id) {
    page: fulfillmentOrders(first: 50, after: $after) { nodes { ...Place } pageInfo { hasNextPage endCursor } }
  }
}
""",
    PLACE,
)

ORDER_TRANSACTIONS = query(
    "OrderTransactions",
    300,
    """
query OrderTransactions($id: ID!) {
  order(id: $id) { transactions(first: 250) { ...Transaction } }
}
""",
    TRANSACTION,
    MONEY,
)

CANCEL_ORDER = mutation(
    "CancelOrder",
    """
mutation CancelOrder(
  $id: ID!, $reason: OrderCancelReason!, $restock: Boolean!, $notify: Boolean!, $refund: OrderCancelRefundMethodInput,
  $note: String
) {
  orderCancel(
    orderId: $id, reason: $reason, restock: $restock, notifyCustomer: $notify, refundMethod: $refund, staffNote: $note
  ) {
    job { id }
    orderCancelUserErrors { field message code }
  }
}
""",
)

ORDER_STATE = query(
    "OrderState",
    110,
    """
query OrderState($id: ID!) {
  order(id: $id) {
    id
    name
    note
    cancelledAt
    displayFulfillmentStatus
    fulfillmentOrders(first: 50) { nodes { id requestStatus } }
  }
}
""",
)

BEGIN_EDIT = mutation(
    "BeginEdit",
    """
mutation BeginEdit($id: ID!) {
  orderEditBegin(id: $id) { calculatedOrder { id } userErrors { field message } }
}
""",
)

EDIT_LINES = query(
    "EditLines",
    120,
    """
query EditLines($id: ID!, $after: String) {
  owner: node(id: $id) {
    ... on CalculatedOrder {
      page: lineItems(first: 100, after: $after) {
        nodes { id quantity editableQuantity }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}
""",
)

SET_EDIT_QUANTITY = mutation(
    "SetEditQuantity",
    """
mutation SetEditQuantity($id: ID!, $line: ID!, $quantity: Int!, $restock: Boolean!) {
  orderEditSetQuantity(id: $id, lineItemId: $line, quantity: $quantity, restock: $restock) {
    calculatedLineItem { id quantity }
    userErrors { field message }
  }
}
""",
)

COMMIT_EDIT = mutation(
    "CommitEdit",
    """
mutation CommitEdit($id: ID!, $notify: Boolean!, $note: String) {
  orderEditCommit(id: $id, notifyCustomer: $notify, staffNote: $note) {
    order { id }
    userErrors { field message }
  }
}
""",
)

UPDATE_NOTE = mutation(
    "UpdateNote",
    """
mutation UpdateNote($input: OrderInput!) {
  orderUpdate(input: $input) { order { id } userErrors { field message } }
}
""",
)

ALL = (
    *(CHANGED_ORDERS, ORDERS_BY_ID, ORDER_LINES, ORDER_SHIPPING, ORDER_PLACES, ORDER_TRANSACTIONS),
    *(CANCEL_ORDER, ORDER_STATE, BEGIN_EDIT, EDIT_LINES, SET_EDIT_QUANTITY, COMMIT_EDIT, UPDATE_NOTE),
)
