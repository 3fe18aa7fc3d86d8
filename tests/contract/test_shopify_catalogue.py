"""Products, their variants, pictures and prices: read from the sandbox, made and changed there."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.sandbox.shopify.desk import Trouble

from channels.errors import Rejected, Unanswered  # isort: skip
from channels.records import ItemChange, ItemParent, Price  # isort: skip
from channels.shopify import prices, products  # isort: skip

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
POLO = ItemParent(key="ODOO-7", name="Polo", description="<p>Cotton</p>", options=(("Size", ("S", "M")),))


def polo(size, parent=POLO, option="Size", **said):
    said = {"sku": f"POLO-{size}", "name": f"Polo ({size})", "price": Decimal("30"), **said}
    return ItemChange(parent=parent, options=((option, size),), **said)


def test_offers_and_prices_of_many_products_and_what_is_refused_keeps_no_other_back(opened):
    shop, desk, client = opened
    front = next(iter(shop.locations))
    skus = [f"P{number}" for number in range(23)]
    for sku in skus:
        shop.add_variant(sku, "1", {front: 1})
    wanted = [Price(variant_id=str(shop.by_sku(sku)["id"]), amount=Decimal("3"), offer=Decimal("2.5")) for sku in skus]
    wanted[3] = Price(variant_id=wanted[3].variant_id, amount=Decimal("-1"))
    results = prices.push_prices(client, [*wanted, Price(variant_id="999999", amount=Decimal(1))])
    assert [bool(result.problem) for result in results] == [index in (3, 23) for index in range(24)]
    assert results[0].price == Decimal("2.5") and shop.by_sku("P0")["compare_at"] == Decimal(3)
    assert [name for name, _variables in desk.asked] == [
        "ProductsOf",
        "ChangeVariants10",
        "ChangeVariants10",
        "ChangeVariants3",
    ]


def test_a_product_is_made_once_a_sku_and_changed_in_what_is_ours_only(opened):
    shop, desk, client = opened
    wish = ItemChange(name="Bag", sku="BAG", barcode="4006381333931", price=Decimal("12"), active=False)
    made = products.make_product(client, wish)
    assert products.make_product(client, wish) == made and not made.active and made.stock_tracked
    products.change_products(client, [ItemChange(variant_id=made.variant_id, active=True, price=Decimal("13.50"))])
    row = shop.by_sku("BAG")
    assert (row["title"], shop.products[row["product"]]["status"], row["price"], row["barcode"]) == (
        "Bag",
        "ACTIVE",
        Decimal("13.50"),
        "4006381333931",
    )
    (gone,) = products.change_products(client, [ItemChange(variant_id="999999", name="X")])
    assert "does not exist" in gone.problem


def test_every_variant_is_read_with_what_stock_is_told_by(opened):
    shop, _desk, client = opened
    page = products.fetch_products(client)
    assert [(item.sku, item.price, item.currency, item.stock_tracked) for item in page.items] == [
        ("SHIRT", Decimal("20.00"), "USD", True),
        ("CUP", Decimal("7.90"), "USD", True),
    ]
    assert page.items[0].stock_id == str(shop.by_sku("SHIRT")["item"])


# ------------------------------------------------------------------------ variants
def test_variants_join_one_product_and_are_made_once_though_answers_are_lost(opened):
    shop, desk, client = opened
    for size, document in (("S", "MakeProduct"), ("M", "MakeVariant")):
        desk.trouble.append(Trouble("cut", document))
        with pytest.raises(Unanswered):
            products.make_product(client, polo(size))
    made = [products.make_product(client, polo(size)) for size in "SM"]
    assert [(item.sku, item.name, item.price, item.active) for item in made] == [
        ("POLO-S", "Polo - S", Decimal("30"), False),
        ("POLO-M", "Polo - M", Decimal("30"), False),
    ]
    (one,) = {item.product_id for item in made}
    row = shop.products[int(one)]
    assert (row["title"], row["options"], row["description"]) == ("Polo", ["Size"], "<p>Cotton</p>")
    assert len([variant for variant in shop.variants.values() if variant["sku"].startswith("POLO")]) == 2


def test_a_variant_joins_the_product_that_is_listed_by_the_names_that_it_has_there(opened):
    shop, _desk, client = opened
    there = shop.add_product("Polo shirt", options=["SIZE"])
    shop.add_variant("POLO-S", "28", product=there, chosen=["S"])
    made = products.make_product(client, polo("M", replace(POLO, product_id=str(there))))
    assert (made.product_id, shop.by_sku("POLO-M")["chosen"]) == (str(there), ["M"])
    with pytest.raises(Rejected, match="already exists"):
        products.make_product(client, polo("M", replace(POLO, product_id=str(there)), sku="OTHER"))


def test_what_would_change_a_product_of_theirs_is_left_to_a_person(opened):
    shop, _desk, client = opened
    other = shop.add_product("Polo shirt", options=["Colour"])
    only = str(shop.by_sku("SHIRT")["product"])
    for product, said in ((str(other), "differ in Colour in the shop, and here in Size"), (only, "without variants")):
        with pytest.raises(Rejected, match=said):
            products.make_product(client, polo("M", replace(POLO, product_id=product)))
    four = replace(polo("M"), options=(("A", "1"), ("B", "2"), ("C", "3"), ("D", "4")))
    with pytest.raises(Rejected, match="in 3 ways, these do in 4"):
        products.make_product(client, four)


# ------------------------------------------------------------------------ pictures
def test_a_picture_goes_with_a_new_product_and_with_each_variant(opened):
    shop, _desk, client = opened
    bag = ItemChange(name="Bag", sku="BAG", image=PICTURE)
    made = [products.make_product(client, change) for change in (bag, polo("S", image=PICTURE))]
    made.append(products.make_product(client, polo("M", image=b"RIFF....WEBPVP8 ")))
    assert [shop.files[item.image_url] for item in made] == [PICTURE, PICTURE, b"RIFF....WEBPVP8 "]
    assert len(set(item.image_url for item in made)) == 3


def test_what_is_no_picture_is_not_sent_and_one_that_does_not_get_through_is_tried_again(opened):
    shop, desk, client = opened
    assert products.make_product(client, ItemChange(name="Bag", sku="BAG", image=b"<svg/>")).image_url == ""
    desk.trouble.append(Trouble("500", "StageUpload"))
    with pytest.raises(Unanswered):
        products.make_product(client, ItemChange(name="Hat", sku="HAT", image=PICTURE))
    assert products.make_product(client, ItemChange(name="Hat", sku="HAT", image=PICTURE)).image_url in shop.files


# ------------------------------------------------------------------------- markets
def test_prices_of_one_market_are_fixed_there_read_again_and_no_other_market_changes(opened):
    shop, _desk, client = opened
    shirt, cup = (str(shop.by_sku(sku)["id"]) for sku in ("SHIRT", "CUP"))
    home, canada = (market["id"] for market in shop.markets)
    fixed = shop.price_list(canada)
    wanted = [
        Price(variant_id=shirt, amount=Decimal("27.90"), offer=Decimal("24.90"), currency="CAD"),
        Price(variant_id="999999", amount=Decimal("1"), currency="CAD"),
        Price(variant_id=cup, amount=Decimal("11.00"), currency="CAD"),
        Price(variant_id=cup, amount=Decimal("8.00"), currency="USD"),
    ]
    told = prices.push_site_prices(client, str(canada), wanted[:3])
    assert [(one.price, one.problem) for one in told] == [
        (Decimal("24.90"), ""),
        (None, "Variant not found"),
        (Decimal("11.00"), ""),
    ]
    assert fixed == {int(shirt): (Decimal("24.90"), Decimal("27.90")), int(cup): (Decimal("11.00"), None)}
    assert prices.fetch_site_prices(client, str(canada)).items == (wanted[0], wanted[2])
    assert prices.push_site_prices(client, str(canada), wanted[3:])[0].problem.startswith("This market sells in CAD")
    assert shop.by_sku("SHIRT")["price"] == Decimal("20.00")
    with pytest.raises(Rejected, match="Home has no catalog with prices of its own"):
        prices.push_site_prices(client, str(home), wanted[3:])


def test_200_fixed_prices_are_read_page_by_page(opened):
    shop, _desk, client = opened
    market = shop.markets[1]["id"]
    shop.price_list(market).update(dict.fromkeys(range(5000, 5200), (Decimal(5), None)))
    first = prices.fetch_site_prices(client, str(market))
    last = prices.fetch_site_prices(client, str(market), first.next)
    assert len({one.variant_id for one in (*first.items, *last.items)}) == 200 and not last.next
