"""Refunds, returns and payouts."""

from .document import mutation, query
from .parts import MONEY, TRANSACTION

_PAGE = "pageInfo { hasNextPage endCursor }"
REFUND = f"""
fragment OneRefund on Refund {{
  id
  createdAt
  processedAt
  updatedAt
  note
  totalRefundedSet {{ ...Money }}
  duties {{ amountSet {{ ...Money }} originalDuty {{ id taxLines {{ priceSet {{ ...Money }} }} }} }}
  return {{ id }}
  refundLineItems(first: 10) {{ nodes {{ ...RefundLine }} {_PAGE} }}
  refundShippingLines(first: 3) {{ nodes {{ ...RefundShipping }} {_PAGE} }}
  transactions(first: 5) {{ nodes {{ ...Transaction }} {_PAGE} }}
}}
"""
REFUND_LINE = """
fragment RefundLine on RefundLineItem {
  id
  quantity
  restockType
  restocked
  location { id }
  lineItem { id }
  subtotalSet { ...Money }
  totalTaxSet { ...Money }
}
"""
REFUND_SHIPPING = """
fragment RefundShipping on RefundShippingLine {
  id
  shippingLine { id }
  subtotalAmountSet { ...Money }
  taxAmountSet { ...Money }
}
"""
RETURN = f"""
fragment OneReturn on Return {{
  id
  name
  status
  createdAt
  closedAt
  requestApprovedAt
  decline {{ reason note }}
  order {{ id updatedAt }}
  returnShippingFees {{ id amountSet {{ ...Money }} }}
  returnLineItems(first: 10) {{ nodes {{ ...ReturnLine }} {_PAGE} }}
  exchangeLineItems(first: 10) {{ nodes {{ ...ExchangeLine }} {_PAGE} }}
}}
"""
RETURN_LINE = """
fragment ReturnLine on ReturnLineItemType {
  id
  quantity
  processedQuantity
  refundedQuantity
  customerNote
  returnReasonNote
  returnReasonDefinition { name }
  ... on ReturnLineItem {
    fulfillmentLineItem { id lineItem { id } }
    withCodeDiscountedTotalPriceSet { ...Money }
    restockingFee { id amountSet { ...Money } }
  }
}
"""
EXCHANGE_LINE = """
fragment ExchangeLine on ExchangeLineItem { id quantity variantId lineItems { id } }
"""
_REFUND = (REFUND, REFUND_LINE, REFUND_SHIPPING, TRANSACTION, MONEY)
_RETURN = (RETURN, RETURN_LINE, EXCHANGE_LINE, MONEY)

# Of one order: few have any, so they are no part of each order's own document.
ORDER_REFUNDS = query(
    "OrderRefunds",
    700,
    """
query OrderRefunds($id: ID!) {
  order(id: $id) { id updatedAt refunds(first: 100) { ...OneRefund } }
}
""",
    *_REFUND,
)

# Of an order with more refunds than that list may hold: they are known by what was agreed with the buyer.
REFUND_IDS = query(
    "RefundIds",
    420,
    """
query RefundIds($id: ID!, $after: String) {
  owner: order(id: $id) {
    page: agreements(first: 200, after: $after) {
      nodes { id ... on RefundAgreement { refund { id } } }
      pageInfo { hasNextPage endCursor }
    }
  }
}
""",
)
REFUNDS_BY_ID = query(
    "RefundsById",
    900,
    """
query RefundsById($ids: [ID!]!) {
  nodes(ids: $ids) { ... on Refund { ...OneRefund } }
}
""",
    *_REFUND,
)

ORDER_RETURNS = query(
    "OrderReturns",
    720,
    """
query OrderReturns($id: ID!, $after: String) {
  owner: order(id: $id) {
    page: returns(first: 5, after: $after) { nodes { ...OneReturn } pageInfo { hasNextPage endCursor } }
  }
}
""",
    *_RETURN,
)


def _further(name: str, owner: str, connection: str, fragment: str, *fragments: str):
    return query(
        name,
        560,
        f"""
query {name}($id: ID!, $after: String) {{
  owner: {owner}(id: $id) {{
    page: {connection}(first: 50, after: $after) {{ nodes {{ ...{fragment} }} {_PAGE} }}
  }}
}}
""",
        *fragments,
    )


REFUND_LINES = _further("RefundLines", "refund", "refundLineItems", "RefundLine", REFUND_LINE, MONEY)
REFUND_SHIPPINGS = _further(
    "RefundShippings", "refund", "refundShippingLines", "RefundShipping", REFUND_SHIPPING, MONEY
)
REFUND_TRANSACTIONS = _further("RefundTransactions", "refund", "transactions", "Transaction", TRANSACTION, MONEY)
RETURN_LINES = _further("ReturnLines", "return", "returnLineItems", "ReturnLine", RETURN_LINE, MONEY)
EXCHANGE_LINES = _further("ExchangeLines", "return", "exchangeLineItems", "ExchangeLine", EXCHANGE_LINE)

# Orders by their last change, of which some have refunds or returns.
CHANGED_MONEY = query(
    "ChangedMoney",
    120,
    """
query ChangedMoney($query: String!, $after: String) {
  orders(first: 50, after: $after, query: $query, sortKey: UPDATED_AT) {
    nodes { id updatedAt returnStatus refunds(first: 1) { id } }
    pageInfo { hasNextPage endCursor }
  }
}
""",
)

# `$key` makes a repetition answer with the refund that was made the first time.
CREATE_REFUND = mutation(
    "CreateRefund",
    """
mutation CreateRefund($input: RefundInput!, $key: String!) {
  refundCreate(input: $input) @idempotent(key: $key) {
    refund { id }
    userErrors { field message }
  }
}
""",
)

REFUNDABLE = query(
    "Refundable",
    60,
    """
query Refundable($id: ID!) {
  order(id: $id) {
    id
    name
    transactions(first: 50) { id kind status gateway maximumRefundableV2 { amount currencyCode } }
    refunds(first: 50) { id note }
  }
}
""",
)

PAYOUT = """
fragment Payout on ShopifyPaymentsPayout {
  id
  legacyResourceId
  issuedAt
  status
  transactionType
  externalTraceId
  net { amount currencyCode }
}
"""
BALANCE_LINE = """
fragment BalanceLine on ShopifyPaymentsBalanceTransaction {
  id
  type
  test
  transactionDate
  sourceId
  sourceType
  sourceOrderTransactionId
  adjustmentReason
  amount { amount currencyCode }
  fee { amount currencyCode }
  net { amount currencyCode }
  associatedOrder { id name }
  associatedPayout { id status }
}
"""

PAYOUTS = query(
    "Payouts",
    60,
    """
query Payouts($query: String!, $after: String) {
  shopifyPaymentsAccount {
    id
    payouts(first: 10, after: $after, query: $query, sortKey: ISSUED_AT) {
      nodes { ...Payout }
      pageInfo { hasNextPage endCursor }
    }
  }
}
""",
    PAYOUT,
)

PAYOUT_LINES = query(
    "PayoutLines",
    700,
    """
query PayoutLines($query: String!, $after: String) {
  shopifyPaymentsAccount {
    id
    balanceTransactions(first: 100, after: $after, query: $query, sortKey: PROCESSED_AT, hideTransfers: true) {
      nodes { ...BalanceLine }
      pageInfo { hasNextPage endCursor }
    }
  }
}
""",
    BALANCE_LINE,
)

ALL = (
    *(
        ORDER_REFUNDS,
        REFUND_IDS,
        REFUNDS_BY_ID,
        ORDER_RETURNS,
        REFUND_LINES,
        REFUND_SHIPPINGS,
        REFUND_TRANSACTIONS,
        RETURN_LINES,
        EXCHANGE_LINES,
    ),
    *(CHANGED_MONEY, CREATE_REFUND, REFUNDABLE, PAYOUTS, PAYOUT_LINES),
)
