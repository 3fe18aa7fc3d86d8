"""Our PrestaShop client, and what of the recorded traffic it never asks."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "addons" / "ecom_connector"))

from channels import errors  # noqa: E402
from channels.prestashop import client  # noqa: E402

from tests.sandbox.presta_shop import KEY  # noqa: E402

# What each recorded refusal of the shop means for us.
ERRORS = {
    "003-auth-missing.json": errors.Refused,
    "005-auth-readonly-key-lists-customers.json": errors.Refused,
    "033-products-filter-without-date-1.json": errors.Rejected,
    "051-product-create-invalid.json": errors.Rejected,
    "053-product-create-broken-xml.json": errors.Rejected,
    "057-stock-set-decimal.json": errors.Rejected,
    "063-product-update-with-read-only-field.json": errors.Rejected,
}
# Recordings that no request of ours can use, with the reason.
NEVER_ASKED = {
    "003-auth-missing.json": "our client never asks without its key",
    "007-auth-ws-key-parameter.json": "our client never writes the key into an address",
    "037-product-one-json.json": "our client reads XML only: PrestaShop's JSON turns an empty list into another type",
    "049-orders-head.json": "our client never asks for headers alone",
    "053-product-create-broken-xml.json": "our client cannot write XML that is broken",
    "091-delete-order.json": "nothing of ours deletes an order",
    "095-method-not-allowed.json": "nothing of ours writes a payment, or a document with nothing in it",
}


def connect(url, key=KEY, transport=None, **credentials):
    return client.connect({"url": url, "key": key, **credentials}, transport)
