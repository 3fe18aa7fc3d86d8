"""Long histories and large catalogues, read from a file of the sandbox piece by piece."""

from datetime import datetime, timedelta, timezone

from tests.sandbox.shopify import people

from channels.shopify import bulk, orders, products  # isort: skip

LATELY = datetime.now(timezone.utc) - timedelta(days=1)


def everything(fetch):
    """(what came, the pages it came in)."""
    pages = [fetch("")]
    while pages[-1].next:
        pages.append(fetch(pages[-1].next))
    return [item for page in pages for item in page.items], pages


def many_orders(shop):
    for number in range(12):
        said = {"shipping": ["1.00"] * 4, "tip": "1.00"} if number % 3 else {"country": "CA", "discount": "5"}
        placed = people.place_order(shop, {"SHIRT": 1 + number % 2, "CUP": 1}, **said)
    people.refund(shop, placed, "CUP", 1, restock="CANCEL")
    front = next(iter(shop.locations))
    for number in range(30):
        shop.add_variant(f"PART{number}", "1.10", {front: 9})
    people.place_order(shop, {f"PART{number}": 1 for number in range(30)})


def test_orders_of_a_file_are_to_the_byte_those_of_pages_also_where_a_piece_ends_within_one(opened, monkeypatch):
    shop, desk, client = opened
    many_orders(shop)
    paged, _pages = everything(lambda token: orders.fetch_orders(client, LATELY, None, token))
    client.long_history = 5
    monkeypatch.setattr(bulk, "PIECE", 9000)
    found, pages = everything(lambda token: orders.fetch_orders(client, None, None, token))
    assert [(raw.external_id, raw.version, raw.body) for raw in found] == [
        (raw.external_id, raw.version, raw.body) for raw in paged
    ]
    assert len(found) == 13 and len(pages) > 6 and [page.wait for page in pages[:2]] == [bulk.WAIT_SECONDS] * 2
    assert len(orders.parse_order(found[-1].body).lines) == 31


def test_a_large_catalogue_is_a_file_and_a_small_one_is_not(opened):
    shop, desk, client = opened
    front = next(iter(shop.locations))
    for number in range(120):
        shop.add_variant(f"PART{number}", "1.10", {front: 9}, media=[f"{shop.url}/upload/{number}"])
    paged, _pages = everything(lambda token: products.fetch_products(client, token))
    assert "BulkVariants" not in desk.texts
    client.large_catalogue = 100
    found, _pages = everything(lambda token: products.fetch_products(client, token))
    assert found == paged and len(found) == 122 and found[7].image_url.startswith(shop.url)
    assert "BulkVariants" in desk.texts


def test_where_the_shop_is_busy_or_gives_up_pages_are_turned_instead(opened):
    shop, desk, client = opened
    client.large_catalogue = 1
    begun = products.fetch_products(client)
    while_busy = products.fetch_products(client)
    assert begun.wait and [item.sku for item in while_busy.items] == ["SHIRT", "CUP"]
    next(iter(shop.bulk.values()))["status"] = "FAILED"
    given_up = products.fetch_products(client, begun.next)
    assert (given_up.items, given_up.next) == ((), bulk.PAGES)
    assert [item.sku for item in products.fetch_products(client, given_up.next).items] == ["SHIRT", "CUP"]


def test_a_shop_without_any_has_no_file(opened):
    _shop, _desk, client = opened
    client.long_history = -1
    found, pages = everything(lambda token: orders.fetch_orders(client, None, None, token))
    assert found == [] and len(pages) == 3


def test_a_server_that_knows_no_ranges_sends_all_of_it(opened, monkeypatch):
    shop, desk, client = opened
    many_orders(shop)
    client.long_history = 5
    answer = desk.answer
    monkeypatch.setattr(desk, "answer", lambda path, headers, body: answer(path, {**headers, "Range": None}, body))
    monkeypatch.setattr(bulk, "PIECE", 9000)
    found, pages = everything(lambda token: orders.fetch_orders(client, None, None, token))
    assert len({raw.external_id for raw in found}) == len(found) == 13 and len(pages) > 6
