"""Everything at once: Shopify works a question off by itself and puts the answer into a file, one record a line.

What is asked that way has connections as `edges`, without a number of how many: all of each come.
"""

import json

from .document import Document, mutation, query
from .goods import VARIANT_FIELDS
from .parts import ADDRESS, LINE, MONEY, ORDER_FIELDS, PLACE, SHIPPING, TAX, TRANSACTION

BEGIN_BULK = mutation(
    "BeginBulk",
    """
mutation BeginBulk($query: String!) {
  bulkOperationRunQuery(query: $query, groupObjects: true) {
    bulkOperation { id status }
    userErrors { field message code }
  }
}
""",
)

BULK_STATE = query(
    "BulkState",
    2,
    """
query BulkState($id: ID!) {
  bulkOperation(id: $id) { id status errorCode fileSize url }
}
""",
)

ORDERS_COUNT = query(
    "OrdersCount",
    12,
    """
query OrdersCount($query: String!) {
  ordersCount(query: $query, limit: 1000) { count }
}
""",
)

VARIANTS_COUNT = query(
    "VariantsCount",
    12,
    """
query VariantsCount {
  productVariantsCount(limit: 5000) { count }
}
""",
)

SHOP_CURRENCY = query("ShopCurrency", 2, "query ShopCurrency { shop { currencyCode } }")

BULK_VARIANTS = query(
    "BulkVariants",
    15,
    f"""
query BulkVariants {{
  productVariants {{
    edges {{ node {{ {VARIANT_FIELDS} media {{ edges {{ node {{ id preview {{ image {{ url }} }} }} }} }} }} }}
  }}
}}
""",
)


def bulk_orders(terms: str) -> Document:
    """`terms`: which orders, as Shopify's search has it. No variables may be given with it."""
    return query(
        "BulkOrders",
        150,
        f"""
query BulkOrders {{
  orders(query: {json.dumps(terms)}, sortKey: UPDATED_AT) {{
    edges {{
      node {{
        {ORDER_FIELDS}
        localizedFields {{ edges {{ node {{ key title value purpose countryCode }} }} }}
        lineItems {{ edges {{ node {{ ...Line }} }} }}
        shippingLines {{ edges {{ node {{ ...Shipping }} }} }}
        fulfillmentOrders {{ edges {{ node {{ ...Place }} }} }}
      }}
    }}
  }}
}}
""",
        *(MONEY, TAX, ADDRESS, LINE, SHIPPING, PLACE, TRANSACTION),
    )


ALL = (
    *(BEGIN_BULK, BULK_STATE, ORDERS_COUNT, VARIANTS_COUNT, SHOP_CURRENCY, BULK_VARIANTS),
    bulk_orders("updated_at:>='2026-01-01T00:00:00Z'"),
)
