"""Customers and discount codes, read from the sandbox page by page."""

from datetime import datetime, timezone
from decimal import Decimal

from tests.sandbox.shopify import people  # noqa: F401 finds the channels
from tests.sandbox.shopify.desk import Trouble

from channels.shopify import coupons, customers  # isort: skip


def everything(fetch, client):
    page = fetch(client)
    found = list(page.items)
    while page.next:
        page = fetch(client, page.next)
        found += page.items
    return found


def test_customers_come_page_by_page_each_once_with_where_they_live(opened):
    shop, _desk, client = opened
    for number in range(203):
        shop.add_customer(f"Ada Buyer{number}", mail=f"ada{number}@example.com", country="CA", tags=("VIP",))
    shop.add_customer("only@example.com")
    found = everything(customers.fetch_customers, client)
    assert len({one.buyer.external_id for one in found}) == len(found) == 204
    buyer, address = found[7].buyer, found[7].bill_to
    assert (buyer.name, buyer.email, buyer.tags, buyer.accepts_marketing) == (
        *("Ada Buyer7", "ada7@example.com"),
        *(("VIP",), False),
    )
    assert (address.street, address.state, address.country) == ("2 King Street", "ON", "CA")
    assert (found[-1].buyer.name, found[-1].bill_to.country) == ("", "")


def test_every_code_is_a_coupon_of_its_kind_also_of_a_discount_with_hundreds(opened):
    shop, _desk, client = opened
    over = datetime(2026, 1, 2, tzinfo=timezone.utc)
    shop.add_discount("Letter", [f"LETTER{number}" for number in range(250)], value={"percentage": 0.15})
    shop.add_discount("Off", ["FIVE"], value={"amount": "5.00", "each": False})
    shop.add_discount("Off each", ["ONE"], value={"amount": "1.00", "each": True}, status="EXPIRED", ends=over)
    shop.add_discount("Freight", ["FREE"], kind="DiscountCodeFreeShipping")
    shop.add_discount("Two for one", ["BOGO"], kind="DiscountCodeBxgy")
    found = everything(coupons.fetch_coupons, client)
    assert len({one.external_id for one in found}) == len(found) == 254
    by_code = {one.code: (one.kind, one.amount, one.active) for one in found}
    assert by_code["LETTER249"] == ("percent", Decimal(15), True)
    assert by_code["FIVE"] == ("order", Decimal(5), True) and by_code["ONE"] == ("item", Decimal(1), False)
    assert by_code["FREE"] == ("shipping", Decimal(0), True) and by_code["BOGO"][0] == "other"
    assert found[251].expires_at == over


def test_who_may_not_read_discounts_reads_none_and_goes_on(opened):
    shop, desk, client = opened
    shop.add_discount("Off", ["FIVE"])
    desk.trouble.append(Trouble("denied", "Coupons"))
    assert coupons.fetch_coupons(client).items == () and len(coupons.fetch_coupons(client).items) == 1
