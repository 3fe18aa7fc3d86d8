"""Products made and changed, and the place where files are handed over."""

import re
from decimal import Decimal

from tests.sandbox.shopify import papers
from tests.sandbox.shopify.node import Node, gid, number, problem

UPLOAD = re.compile(rb'name="key"\r\n\r\n(\d+)\r\n.*?name="file".*?\r\n\r\n(.*)\r\n--', re.DOTALL)


def root(shop):
    return {
        "productUpdate": lambda _info, product: update_product(shop, product),
        "productSet": lambda _info, input, **_more: set_product(shop, input),
        "productVariantsBulkCreate": lambda _info, **asked: make_variants(shop, **asked),
        "priceListFixedPricesAdd": lambda _info, priceListId, prices: fix_prices(shop, number(priceListId), prices),
        "stagedUploadsCreate": lambda _info, input: stage(shop, input),
    }


def update_product(shop, product):
    row = shop.products.get(number(product["id"]))
    if row is None:
        return Node(product=None, userErrors=[problem("Product does not exist", "id")])
    row["title"], row["status"] = product.get("title", row["title"]), product.get("status", row["status"])
    row["description"] = product.get("descriptionHtml", row["description"])
    for variant in shop.variants.values():
        if variant["product"] == row["id"]:
            variant["title"] = " - ".join(filter(None, (row["title"], " / ".join(variant["chosen"]))))
    return Node(product=Node(id=product["id"], title=row["title"], status=row["status"]), userErrors=[])


def set_product(shop, input):
    """A new product with its variants. A handle is that of one product only."""
    handle = input.get("handle", "")
    if handle and any(row["handle"] == handle for row in shop.products.values()):
        errors = [problem("The handle is taken", "input", "handle", code="HANDLE_NOT_UNIQUE")]
        return Node(product=None, userErrors=errors)
    options = [option["name"] for option in input["productOptions"]]
    named = [] if options == ["Title"] else options
    made = shop.add_product(input["title"], named, handle=handle, status=input["status"])
    shop.products[made].update(
        description=input["descriptionHtml"], media=[_taken(shop, file) for file in input.get("files", ())]
    )
    variants = [_add(shop, made, given) for given in input["variants"]]
    nodes = [Node(id=gid("ProductVariant", one)) for one in variants]
    shown = Node(id=gid("Product", made), variants=lambda _info, **_page: Node(nodes=nodes))
    return Node(product=shown, userErrors=[])


def make_variants(shop, productId, variants, media=(), **_more):
    row = shop.products[number(productId)]
    known = [variant["chosen"] for variant in shop.variants.values() if variant["product"] == row["id"]]
    for place, given in enumerate(variants):
        chosen = _chosen(row, given)
        if chosen is None or chosen in known:
            said = "Option does not exist" if chosen is None else f"The variant '{' / '.join(chosen)}' already exists."
            return Node(productVariants=None, userErrors=[problem(said, "variants", str(place), code=None)])
    row["media"] += [_taken(shop, file) for file in media or ()]
    made = [_add(shop, row["id"], given) for given in variants]
    return Node(productVariants=[Node(id=gid("ProductVariant", one)) for one in made], userErrors=[])


def _chosen(row, given):
    values = {one["optionName"]: one["name"] for one in given["optionValues"]}
    return [values[name] for name in row["options"]] if values.keys() == set(row["options"]) else None


def _add(shop, product, given):
    chosen = _chosen(shop.products[product], given) or []
    pictures = [given["file"]["originalSource"]] if given.get("file") else given.get("mediaSrc", [])
    return shop.add_variant(
        given["inventoryItem"]["sku"],
        given.get("price", "0"),
        product=product,
        chosen=chosen,
        barcode=given.get("barcode", ""),
        media=list(pictures),
    )


# ---------------------------------------------------------------------- prices
def fix_prices(shop, price_list, prices):
    """All rows or none."""
    (market,) = [row for row in shop.markets if row.get("list") and row["list"]["id"] == price_list]
    errors = [error for place, row in enumerate(prices) for error in _wrong_price(shop, market, place, row)]
    if errors:
        return Node(prices=None, userErrors=errors)
    for row in prices:
        before = row.get("compareAtPrice")
        fixed = Decimal(str(row["price"]["amount"])), Decimal(str(before["amount"])) if before else None
        market["list"]["fixed"][number(row["variantId"])] = fixed
    shown = [papers.fixed_price(market, number(row["variantId"])) for row in prices]
    return Node(prices=shown, userErrors=[])


def _wrong_price(shop, market, place, row):
    if number(row["variantId"]) not in shop.variants:
        yield problem("Variant not found", "prices", str(place), "variantId", code="VARIANT_NOT_FOUND")
    if row["price"]["currencyCode"] != market["currency"]:
        yield problem("Currency differs", "prices", str(place), "price", code="PRICE_LIST_CURRENCY_MISMATCH")


# ----------------------------------------------------------------------- files
def stage(shop, input):
    targets = []
    for _file in input:
        place = shop.next_id()
        address = f"{shop.url}/upload"
        parameters = [Node(name="key", value=str(place)), Node(name="policy", value="signed")]
        targets.append(Node(url=address, resourceUrl=f"{address}/{place}", parameters=parameters))
    return Node(stagedTargets=targets, userErrors=[])


def take_file(shop, body):
    """What a form with a file brought; returns the status."""
    found = UPLOAD.search(body)
    if not found:
        return 400
    shop.files[f"{shop.url}/upload/{found[1].decode()}"] = found[2]
    return 201


def _taken(shop, file):
    """Only a file that was handed over can be used."""
    if file["originalSource"] not in shop.files:
        raise ValueError(f"Nothing was handed over at {file['originalSource']}")
    return file["originalSource"]
