"""Listings of the account, API 2021-08-01: up to twenty by their SKUs in one call, one changed by a call of its own.

A change names top-level attributes only (research/connector.md). It is a merge, so what stands beside it, such as the
lead time beside the quantity, stays. ACCEPTED says that Amazon took it, not that it shows it yet.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from ..errors import Rejected
from . import answers, values

# Fulfilled by the seller himself.
OWN = "DEFAULT"
_AT_ONCE = 20
_DATA = ("summaries", "fulfillmentAvailability", "offers")
# Of a listing whose own type is not asked for: it is allowed for attributes that all types have.
_ANY_TYPE = "PRODUCT"
_TO_ALL = "B2C"
# VALID is what a preview says in its place (model).
_TAKEN = ("ACCEPTED", "VALID")


def path(client) -> str:
    return f"/listings/2021-08-01/items/{quote(client.seller, safe='')}"


def page(client, token: str) -> tuple[list[dict], str]:
    """(listings, the token of the next page)"""
    asked: dict[str, Any] = {
        "marketplaceIds": client.marketplaces[:1],
        "includedData": _DATA,
        "pageSize": _AT_ONCE,
        "sortBy": "sku",
        "sortOrder": "ASC",
    }
    if token:
        asked["pageToken"] = token
    found = answers.load(client.get(path(client), asked, what="Fetching listings").body)
    return values.rows(found.get("items")), values.text(values.record(found.get("pagination")).get("nextToken"))


def of_skus(client, skus: Sequence[str]) -> Iterator[dict]:
    for start in range(0, len(skus), _AT_ONCE):
        asked = {
            "marketplaceIds": client.marketplaces[:1],
            "includedData": _DATA,
            "identifiersType": "SKU",
            "identifiers": tuple(skus[start : start + _AT_ONCE]),
            "pageSize": _AT_ONCE,
        }
        found = answers.load(client.get(path(client), asked, what="Reading listings").body)
        yield from values.rows(found.get("items"))


def summary(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return next(iter(values.rows(row.get("summaries"))), {})


def availability(row: Mapping[str, Any]) -> dict[str, int | None]:
    """{fulfilment channel: units}; DEFAULT is the seller's own, AMAZON_.. are Amazon's warehouses."""
    found = values.rows(row.get("fulfillmentAvailability"))
    return {
        values.text(part.get("fulfillmentChannelCode")): None
        if "quantity" not in part
        else values.whole(part["quantity"])
        for part in found
    }


def offer(row: Mapping[str, Any]) -> tuple[Decimal | None, str]:
    """(what buyers pay, currency); (None, "") where the listing has no offer to all of them."""
    for part in values.rows(row.get("offers")):
        if values.text(part.get("offerType")) == _TO_ALL:
            price = values.record(part.get("price"))
            return values.amount(price.get("amount")), values.text(price.get("currencyCode"))
    return None, ""


def own_stock(quantity: int) -> dict[str, list[dict]]:
    """The attribute that says how many units the seller has."""
    return {"fulfillment_availability": [{"fulfillment_channel_code": OWN, "quantity": quantity}]}


def change(client, sku: str, attributes: Mapping[str, list[dict]], *, what: str, preview: bool = False) -> str:
    """Why Amazon did not take it; empty where it did. `preview`: it only says whether it would."""
    patches = [{"op": "merge", "path": f"/attributes/{name}", "value": said} for name, said in attributes.items()]
    payload = {"productType": _ANY_TYPE, "patches": patches}
    params: dict[str, Any] = {"marketplaceIds": client.marketplaces[:1]}
    if preview:
        params["mode"] = "VALIDATION_PREVIEW"
    try:
        answer = client.patch(f"{path(client)}/{quote(sku, safe='')}", payload, params, what=what)
    except Rejected as error:
        return str(error)
    found = answers.load(answer.body)
    if values.text(found.get("status")) in _TAKEN:
        return ""
    issues = [values.text(i.get("message")) for i in values.rows(found.get("issues")) if i.get("severity") == "ERROR"]
    return " ".join(issues)[:300] or "Amazon did not take it."
