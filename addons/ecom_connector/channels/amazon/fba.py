"""What lies in Amazon's own warehouses (FBA), API fba/inventory v1: up to 50 listings a call.

fulfillable + reserved          what is there; reserved are units sold and not sent yet, moved or looked at (model)
inboundShipped + Receiving      on the way there, or being taken in; what was only announced still lies here
"""

from collections.abc import Mapping
from typing import Any

from ..errors import Rejected
from ..records import KeptStock, Page
from . import answers, values

_PATH = "/fba/inventory/v1/summaries"
_COMING = ("inboundShippedQuantity", "inboundReceivingQuantity")


def fetch_kept(client, token: str = "") -> Page:
    """Refused where the application lacks the role Amazon Fulfillment. A token is good for 30 seconds (model): with one
    that ran out it begins again."""
    site = client.marketplaces[0]
    asked: dict[str, Any] = {
        "details": "true",
        "granularityType": "Marketplace",
        "granularityId": site,
        "marketplaceIds": (site,),
    }
    what = "Reading what lies at Amazon"
    try:
        answer = client.get(_PATH, {**asked, "nextToken": token} if token else asked, what=what)
    except Rejected:
        if not token:
            raise
        answer = client.get(_PATH, asked, what=what)
    found = answers.load(answer.body)
    listed = values.rows(values.record(found.get("payload")).get("inventorySummaries"))
    items = tuple(_kept(row) for row in listed if values.identifier(row.get("sellerSku")))
    return Page(items=items, next=values.text(values.record(found.get("pagination")).get("nextToken")))


def _kept(row: Mapping[str, Any]) -> KeptStock:
    details = values.record(row.get("inventoryDetails"))
    reserved = values.record(details.get("reservedQuantity")).get("totalReservedQuantity")
    return KeptStock(
        variant_id=values.identifier(row.get("sellerSku")),
        quantity=values.whole(details.get("fulfillableQuantity") or 0) + values.whole(reserved or 0),
        coming=sum(values.whole(details.get(name) or 0) for name in _COMING),
    )
