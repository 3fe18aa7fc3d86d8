"""Stock: one quantity of one item at one location."""

from .document import mutation, query

# All rows are taken or none: what is wrong with single rows stands in `userErrors`, by their place in the list.
SET_QUANTITIES = mutation(
    "SetQuantities",
    """
mutation SetQuantities($input: InventorySetQuantitiesInput!, $key: String!) {
  inventorySetQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup { id }
    userErrors { code field message }
  }
}
""",
)

ACTIVATE = mutation(
    "Activate",
    """
mutation Activate($item: ID!, $location: ID!, $available: Int!, $key: String!) {
  inventoryActivate(inventoryItemId: $item, locationId: $location, available: $available) @idempotent(key: $key) {
    inventoryLevel { id quantities(names: ["available"]) { name quantity } }
    userErrors { field message }
  }
}
""",
)

QUANTITIES = query(
    "Quantities",
    800,
    """
query Quantities($items: [ID!]!, $location: ID!) {
  nodes(ids: $items) {
    ... on InventoryItem {
      id
      tracked
      inventoryLevel(locationId: $location) { id quantities(names: ["available"]) { name quantity } }
    }
  }
}
""",
)

ALL = (SET_QUANTITIES, ACTIVATE, QUANTITIES)
