"""Locations, products and their stock, as the schema's types hold them."""

from tests.sandbox.shopify.node import Node, connection, gid, number


def location(row):
    return Node(id=gid("Location", row["id"]), name=row["name"], isActive=True, isFulfillmentService=row["service"])


def variant(shop, row):
    return Node(
        {
            "__typename": "ProductVariant",
            "id": gid("ProductVariant", row["id"]),
            "title": " / ".join(row["chosen"]) or "Default Title",
            "displayName": row["title"],
            "sku": row["sku"],
            "barcode": row["barcode"] or None,
            "price": f"{row['price']:f}",
            "compareAtPrice": None if row["compare_at"] is None else f"{row['compare_at']:f}",
            "inventoryItem": item(shop, row),
            "media": connection([_media(one) for one in row["media"]]),
            "product": product(shop.products[row["product"]]),
        }
    )


def product(row):
    return Node(
        id=gid("Product", row["id"]),
        title=row["title"],
        status=row["status"],
        hasOnlyDefaultVariant=not row["options"],
        options=[Node(name=name) for name in row["options"] or ["Title"]],
        featuredMedia=_media(row["media"][0]) if row["media"] else None,
    )


def _media(url):
    return Node(
        __typename="MediaImage", id=gid("MediaImage", url.rpartition("/")[2]), preview=Node(image=Node(url=url))
    )


def item(shop, row):
    def level(_info, locationId, **_others):
        kept = shop.stock.keeps(row["item"], number(locationId))
        return inventory_level(shop, row["item"], number(locationId)) if kept else None

    return Node(
        __typename="InventoryItem", id=gid("InventoryItem", row["item"]), tracked=row["tracked"], inventoryLevel=level
    )


def inventory_level(shop, item_id, location_id):
    def quantities(_info, names):
        return [Node(name=name, quantity=shop.stock.quantity(name, item_id, location_id)) for name in names]

    return Node(id=f"{gid('InventoryLevel', location_id)}?inventory_item_id={item_id}", quantities=quantities)
