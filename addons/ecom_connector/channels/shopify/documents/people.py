"""Customers, and the codes that they enter."""

from .document import query
from .parts import ADDRESS

CUSTOMERS = query(
    "Customers",
    900,
    """
query Customers($after: String) {
  customers(first: 100, after: $after, sortKey: ID) {
    nodes {
      id
      displayName
      createdAt
      locale
      tags
      defaultEmailAddress { emailAddress marketingState }
      defaultPhoneNumber { phoneNumber }
      defaultAddress { ...Address }
    }
    pageInfo { hasNextPage endCursor }
  }
}
""",
    ADDRESS,
)

_DISCOUNT = "title status endsAt codes(first: 20) { nodes { id code } pageInfo { hasNextPage endCursor } }"
_VALUE = """
customerGets {
  value {
    __typename
    ... on DiscountPercentage { percentage }
    ... on DiscountAmount { amount { amount } appliesOnEachItem }
  }
}
"""

COUPONS = query(
    "Coupons",
    980,
    f"""
query Coupons($after: String) {{
  discountNodes(first: 10, after: $after, query: "method:code", sortKey: ID) {{
    nodes {{
      id
      discount {{
        __typename
        ... on DiscountCodeBasic {{ {_DISCOUNT} {_VALUE} }}
        ... on DiscountCodeBxgy {{ {_DISCOUNT} }}
        ... on DiscountCodeFreeShipping {{ {_DISCOUNT} }}
        ... on DiscountCodeApp {{ {_DISCOUNT} }}
      }}
    }}
    pageInfo {{ hasNextPage endCursor }}
  }}
}}
""",
)

_CODES = "page: codes(first: 100, after: $after) { nodes { id code } pageInfo { hasNextPage endCursor } }"

# One discount may have thousands of codes, one for each of those who got a letter.
COUPON_CODES = query(
    "CouponCodes",
    420,
    f"""
query CouponCodes($id: ID!, $after: String) {{
  discountNode(id: $id) {{
    owner: discount {{
      ... on DiscountCodeBasic {{ {_CODES} }}
      ... on DiscountCodeBxgy {{ {_CODES} }}
      ... on DiscountCodeFreeShipping {{ {_CODES} }}
      ... on DiscountCodeApp {{ {_CODES} }}
    }}
  }}
}}
""",
)

ALL = (CUSTOMERS, COUPONS, COUPON_CODES)
