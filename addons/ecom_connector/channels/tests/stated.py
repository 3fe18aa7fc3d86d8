"""Any order, as four vendors would state it: what is read of it must add up to what they say it comes to.

An item is (quantity, gross, discount, tax, shipping, shipping discount, shipping tax) in whole cents; a vendor that
does not know one of them leaves it out of its total.
"""

import json
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import strategies as st

CENTS = st.integers(0, 500_00)


@dataclass(frozen=True)
class Item:
    quantity: int
    gross: int
    discount: int
    tax: int
    shipping: int
    shipping_discount: int
    shipping_tax: int

    @property
    def goods(self):
        return self.gross - self.discount + self.tax

    @property
    def carriage(self):
        return self.shipping - self.shipping_discount + self.shipping_tax


@st.composite
def items(draw):
    gross, shipping = draw(CENTS), draw(st.integers(0, 30_00))
    return Item(
        quantity=draw(st.integers(1, 9)),
        gross=gross,
        discount=draw(st.integers(0, gross)),
        tax=draw(st.integers(0, gross // 4)),
        shipping=shipping,
        shipping_discount=draw(st.integers(0, shipping)),
        shipping_tax=draw(st.integers(0, shipping // 4)),
    )


def orders():
    return st.lists(items(), min_size=1, max_size=4)


def money(cents: int) -> str:
    return format(Decimal(cents) / 100, ".2f")


def written(row) -> bytes:
    return json.dumps(row).encode()


# ----------------------------------------------------------------------------- eBay
def ebay(found, remitted: bool, after: bool, adjustment: int, vat: str):
    """(body, total): `after`: shipping is stated after its discount. VAT is inside, so there is no tax beside it."""

    def amount(cents):
        return {"value": money(cents), "currency": "EUR"}

    lines, total = [], adjustment
    for number, item in enumerate(found):
        tax = 0 if vat else item.tax
        whole = item.gross - item.discount + tax + item.shipping - item.shipping_discount
        total += whole
        listed = [{"taxType": "VAT", "amount": amount(tax)}] if tax else []
        lines.append(
            {
                "lineItemId": str(number),
                "sku": f"S{number}",
                "quantity": item.quantity,
                "lineItemCost": amount(item.gross),
                "discountedLineItemCost": amount(item.gross - item.discount),
                "total": amount(whole),
                "deliveryCost": {
                    "shippingCost": amount(item.shipping - (item.shipping_discount if after else 0)),
                    "discountAmount": amount(item.shipping_discount),
                },
                "taxes": listed,
                "ebayCollectAndRemitTaxes": listed if remitted else [],
            }
        )
    address = {"shippingStep": {"shipTo": {"contactAddress": {"countryCode": "DE"}}}}
    row = {
        "orderId": "1",
        "creationDate": "2026-07-01T08:00:00.000Z",
        "lineItems": lines,
        "fulfillmentStartInstructions": [address],
        "pricingSummary": {"total": amount(total), **({"adjustment": amount(adjustment)} if adjustment else {})},
        **({"ecomVat": {"DE": vat}} if vat else {}),
    }
    return written(row), total


# ------------------------------------------------------------------------ Magento 2
def magento2(found, bundle: bool, credit: int):
    """(body, total): what the buyer used up of his credit is off the grand total. `bundle`: the items are its parts."""
    lines, total = [], 0
    for number, item in enumerate(found, 2):
        total += item.goods
        # What of the discount was tax is given back in a column of its own.
        hidden = item.discount // 6
        lines.append(
            {
                "item_id": number,
                "product_id": number,
                "sku": f"S{number}",
                "product_type": "simple",
                "qty_ordered": item.quantity,
                "row_total": money(item.gross),
                "discount_amount": money(item.discount + hidden),
                "discount_tax_compensation_amount": money(hidden),
                "tax_amount": money(item.tax),
                **({"parent_item_id": 1} if bundle else {}),
            }
        )
    if bundle:
        own = {"item_id": 1, "product_id": 1, "sku": "SET", "product_type": "bundle", "qty_ordered": 1}
        sums = {"row_total": money(sum(i.gross for i in found)), "tax_amount": money(sum(i.tax for i in found))}
        lines.insert(0, {**own, **sums})
    first = found[0]
    total += first.carriage
    credit = min(credit, total)
    row = {
        "entity_id": 1,
        "created_at": "2026-07-01 08:00:00",
        "order_currency_code": "EUR",
        "items": lines,
        "shipping_amount": money(first.shipping),
        "shipping_discount_amount": money(first.shipping_discount),
        "shipping_tax_amount": money(first.shipping_tax),
        "grand_total": money(total - credit),
        "extension_attributes": {"customer_balance_amount": money(credit)},
    }
    return written(row), total


# ---------------------------------------------------------------------- BigCommerce
def bigcommerce(found, listed: bool, credit: int, inside: bool):
    """(body, total): `listed`: taxes come with their names; `inside`: what was used up is still part of the total."""
    lines, taxes, total = [], [], 0
    for number, item in enumerate(found):
        total += item.goods
        lines.append(
            {
                "id": number,
                "name": "x",
                "quantity": item.quantity,
                "total_ex_tax": money(item.gross),
                "total_tax": money(item.tax),
                "discounted_total_inc_tax": money(item.goods),
            }
        )
        taxes.append(_tax("item", number, 0, item.tax))
    first = found[0]
    total += first.shipping + first.shipping_tax
    taxes.append(_tax("shipping", 0, 7, first.shipping_tax))
    place = {"id": 7, "line_items": lines, "cost_ex_tax": money(first.shipping), "cost_tax": money(first.shipping_tax)}
    credit = min(credit, total)
    row = {
        "id": 1,
        "status_id": 11,
        "date_created": "Wed, 01 Jul 2026 08:00:00 +0000",
        "currency_code": "EUR",
        "consignments": {"shipping": [place]},
        "total_inc_tax": money(total - (0 if inside else credit)),
        "store_credit_amount": money(credit),
        "ecom": {"taxes": taxes if listed else []},
    }
    return written(row), total


def _tax(kind: str, product: int, address: int, amount: int) -> dict:
    return {
        "name": "VAT",
        "rate": "19.0000",
        "line_amount": money(amount),
        "line_item_type": kind,
        "order_product_id": str(product),
        "order_address_id": address,
    }


# -------------------------------------------------------------------------- Walmart
def walmart(found):
    lines, total = [], 0
    for number, item in enumerate(found):
        total += item.goods + item.shipping + item.shipping_tax
        charges = [
            _charge("PRODUCT", item.gross, item.tax),
            _charge("PRODUCT", -item.discount, 0),
            _charge("SHIPPING", item.shipping, item.shipping_tax),
        ]
        quantity = {"unitOfMeasurement": "EACH", "amount": str(item.quantity)}
        status = {"status": "Acknowledged", "statusQuantity": quantity}
        lines.append(
            {
                "lineNumber": str(number),
                "item": {"sku": f"S{number}", "productName": "x"},
                "charges": {"charge": charges},
                "orderLineQuantity": quantity,
                "orderLineStatuses": {"orderLineStatus": [status]},
            }
        )
    return written({"purchaseOrderId": "1", "orderDate": 1782893730000, "orderLines": {"orderLine": lines}}), total


def _charge(kind: str, amount: int, tax: int) -> dict:
    found = {"chargeType": kind, "chargeAmount": {"currency": "USD", "amount": float(money(amount))}}
    if tax:
        found["tax"] = {"taxName": "Tax1", "taxAmount": {"currency": "USD", "amount": float(money(tax))}}
    return found
