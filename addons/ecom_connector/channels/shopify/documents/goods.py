"""Products and their variants, prices among them."""

from .document import Document, mutation, query

VARIANT_FIELDS = """
  id
  title
  displayName
  sku
  barcode
  price
  compareAtPrice
  inventoryItem { id tracked }
  product { id title status featuredMedia { preview { image { url } } } }
"""
VARIANT = f"""
fragment Variant on ProductVariant {{
{VARIANT_FIELDS}
  media(first: 1) {{ nodes {{ preview {{ image {{ url }} }} }} }}
}}
"""

VARIANTS = query(
    "Variants",
    900,
    """
query Variants($after: String) {
  shop { currencyCode }
  productVariants(first: 50, after: $after, sortKey: ID) {
    nodes { ...Variant }
    pageInfo { hasNextPage endCursor }
  }
}
""",
    VARIANT,
)

VARIANTS_BY_SKU = query(
    "VariantsBySku",
    200,
    """
query VariantsBySku($query: String!) {
  shop { currencyCode }
  productVariants(first: 10, query: $query) { nodes { ...Variant } }
}
""",
    VARIANT,
)

PRODUCTS_OF = query(
    "ProductsOf",
    500,
    """
query ProductsOf($ids: [ID!]!) {
  nodes(ids: $ids) { ... on ProductVariant { id product { id title status hasOnlyDefaultVariant } } }
}
""",
)

CHANGE_PRODUCT = mutation(
    "ChangeProduct",
    """
mutation ChangeProduct($product: ProductUpdateInput!) {
  productUpdate(product: $product) { product { id title status } userErrors { field message } }
}
""",
)

MAKE_PRODUCT = mutation(
    "MakeProduct",
    """
mutation MakeProduct($input: ProductSetInput!) {
  productSet(input: $input, synchronous: true) {
    product { id variants(first: 1) { nodes { id } } }
    userErrors { field message code }
  }
}
""",
    cost=30,
)

# A market's own prices stand in the price list of a catalogue of its.
PRICE_LIST = query(
    "PriceList",
    30,
    """
query PriceList($id: ID!) {
  market(id: $id) { id name catalogs(first: 10) { nodes { id status priceList { id currency } } } }
}
""",
)

FIXED_PRICES = query(
    "FixedPrices",
    800,
    """
query FixedPrices($id: ID!, $after: String) {
  owner: priceList(id: $id) {
    page: prices(first: 150, after: $after, originType: FIXED) {
      nodes {
        price { amount currencyCode }
        compareAtPrice { amount currencyCode }
        variant { id }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}
""",
)

# All rows are taken or none.
FIX_PRICES = mutation(
    "FixPrices",
    """
mutation FixPrices($id: ID!, $prices: [PriceListPriceInput!]!) {
  priceListFixedPricesAdd(priceListId: $id, prices: $prices) {
    prices { price { amount currencyCode } variant { id } }
    userErrors { code field message }
  }
}
""",
)

PRODUCT_BY = query(
    "ProductBy",
    20,
    """
query ProductBy($identifier: ProductIdentifierInput!) {
  productByIdentifier(identifier: $identifier) { id title hasOnlyDefaultVariant options { name } }
}
""",
)

MAKE_VARIANT = mutation(
    "MakeVariant",
    """
mutation MakeVariant($id: ID!, $variants: [ProductVariantsBulkInput!]!, $media: [CreateMediaInput!]) {
  productVariantsBulkCreate(productId: $id, variants: $variants, media: $media) {
    productVariants { id }
    userErrors { field message code }
  }
}
""",
)

STAGE_UPLOAD = mutation(
    "StageUpload",
    """
mutation StageUpload($input: [StagedUploadInput!]!) {
  stagedUploadsCreate(input: $input) {
    stagedTargets { url resourceUrl parameters { name value } }
    userErrors { field message }
  }
}
""",
)

MOST_PRODUCTS = 10


def change_variants(products: int) -> Document:
    """Variants of so many products changed in one call; each product is a change of its own there."""
    numbers = range(1, products + 1)
    heads = ", ".join(f"$product{n}: ID!, $variants{n}: [ProductVariantsBulkInput!]!" for n in numbers)
    parts = "\n".join(
        f"  change{n}: productVariantsBulkUpdate("
        f"productId: $product{n}, variants: $variants{n}, allowPartialUpdates: true) {{\n"
        "    productVariants { id price compareAtPrice }\n"
        "    userErrors { field message code }\n"
        "  }"
        for n in numbers
    )
    name = f"ChangeVariants{products}"
    return mutation(name, f"mutation {name}({heads}) {{\n{parts}\n}}", cost=15 * products)


CHANGE_VARIANTS = {products: change_variants(products) for products in range(1, MOST_PRODUCTS + 1)}

ALL = (
    *(VARIANTS, VARIANTS_BY_SKU, PRODUCTS_OF, PRODUCT_BY),
    *(PRICE_LIST, FIXED_PRICES, FIX_PRICES),
    *(CHANGE_PRODUCT, MAKE_PRODUCT, MAKE_VARIANT, STAGE_UPLOAD),
    *CHANGE_VARIANTS.values(),
)
