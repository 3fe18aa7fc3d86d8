"""Our Magento 1 client, and what of the recorded traffic it never asks."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "addons" / "ecom_connector"))

from channels import errors  # noqa: E402
from channels.magento1 import client, soap  # noqa: E402

from tests.sandbox.replayed_magento import other_exchanges, soap_exchanges  # noqa: E402

USER, KEY = "odoo", "odoo-api-key-1"  # of the throw-away server on which all was recorded
# Operations that only a person's set-up asked for, with the reason.
NEVER_ASKED = {
    "endSession": "a session is left to expire: whoever else uses it would lose it",
    "customerCustomerList": "a buyer is known by his orders",
    "customerCustomerCreate": "nothing of ours makes a buyer there",
    "customerCustomerInfo": "a buyer is known by his orders",
    "customerAddressList": "an order has its own addresses",
    "catalogProductTypeList": "each product says its type",
    "catalogCategoryTree": "categories are not ours",
    "catalogProductCreate": "a product wants an attribute set and a website, which only a person there can choose",
    "catalogProductDelete": "nothing of ours deletes a product",
    "catalogProductInfo": "the list says all that is wanted of a product",
    "catalogProductCurrentStore": "the list of stores says more",
    "shoppingCartProductAdd": "nothing of ours fills a cart",
    "shoppingCartCustomerAddresses": "nothing of ours fills a cart",
    "shoppingCartShippingMethod": "nothing of ours fills a cart",
    "shoppingCartTotals": "nothing of ours fills a cart",
    "shoppingCartOrder": "nothing of ours makes an order there",
    "salesOrderInvoiceCapture": "money is collected where the shop collects it",
    "salesOrderInvoiceCreate": "invoices are written here",
    "salesOrderInvoiceList": "invoices are written here",
}
OTHER = "our client speaks SOAP v2"
# What each recorded fault means for us, by file.
FAULTS = {
    "005-access-denied.json": errors.Refused,
    "019-product-create-duplicate-sku.json": errors.Rejected,
    "033-stock-update-missing.json": errors.Gone,
    "037-customer-duplicate.json": errors.Rejected,
    "057-order-info-missing.json": errors.Gone,
    "065-order-cancel-again.json": errors.Rejected,
    "071-invoice-capture.json": errors.Rejected,
    "073-invoice-again-refused.json": errors.Rejected,
    "wsi-007-fault.json": errors.Gone,
}


def connect(url, wsi=False, session="", transport=None):
    reached = client.connect({"url": url, "user": USER, "key": KEY, "mode": "yes" if wsi else "no"}, transport)
    reached._session = session
    return reached


def order_answers():
    """(file, answer) of every order that was recorded, in the order in which it was."""
    for exchange in soap_exchanges():
        if b"salesOrderInfoResponse" in exchange.answer:
            yield exchange.file, exchange.answer


__all__ = ["FAULTS", "KEY", "NEVER_ASKED", "OTHER", "USER", "connect", "order_answers", "other_exchanges", "soap"]
