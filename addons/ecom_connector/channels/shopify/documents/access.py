"""Who the shop is, and what we may do there."""

from .document import query

SCOPES = query(
    "Scopes",
    4,
    """
query Scopes {
  currentAppInstallation { accessScopes { handle } }
  shop { id name myshopifyDomain currencyCode ianaTimezone primaryDomain { url } }
}
""",
)

LOCATIONS = query(
    "Locations",
    60,
    """
query Locations($after: String) {
  locations(first: 50, after: $after) {
    nodes { id name isActive isFulfillmentService }
    pageInfo { hasNextPage endCursor }
  }
}
""",
)

MARKETS = query(
    "Markets",
    800,
    """
query Markets($after: String) {
  markets(first: 3, after: $after) {
    nodes {
      id
      name
      handle
      status
      type
      currencySettings { baseCurrency { currencyCode } }
      conditions {
        regionsCondition {
          regions(first: 250) {
            nodes { id name ... on MarketRegionCountry { code } }
            pageInfo { hasNextPage endCursor }
          }
        }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
""",
)

ALL = (SCOPES, LOCATIONS, MARKETS)
