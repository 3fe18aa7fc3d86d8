"""Telling BigCommerce that goods left: a shipment for one of the order's addresses, with its lines and number.

The store then changes the order's status by itself. Our key stands in the shipment's comment.
"""

from typing import Any

from .. import rows
from ..errors import Rejected
from ..records import Shipment
from .order_parcels import MARK, key_of

# `shipping_provider` (contract); of any other the store shows `tracking_carrier`, and the link where we have one.
_PROVIDERS = ("auspost", "canadapost", "usps", "fedex", "ups", "royalmail")


def send_shipment(client, shipment: Shipment) -> str:
    """Tell the parcel, or correct it; telling it again changes nothing."""
    known = _known(client, shipment)
    path, what = f"/v2/orders/{shipment.order_id}/shipments", f"Reporting the parcel of order {shipment.order_id}"
    if known is not None:
        number = rows.identifier(known.get("id"))
        if rows.text(known.get("tracking_number")) != shipment.tracking_number:
            client.put(f"{path}/{number}", _carried(shipment), what=what)
        return number
    if not shipment.lines:
        raise Rejected("BigCommerce wants to know what is in each parcel; one more box of the same cannot be told.")
    payload = build_shipment(shipment, _address(client, shipment, what))
    return rows.identifier(rows.load(client.post(path, payload, what=what).body).get("id"))


def find_shipment(client, shipment: Shipment) -> str | None:
    """The shipment's number if the store has it as it is now."""
    known = _known(client, shipment)
    if known is None or rows.text(known.get("tracking_number")) != shipment.tracking_number:
        return None
    return rows.identifier(known.get("id"))


def _known(client, shipment: Shipment) -> dict | None:
    what = "Looking at the shipments of the order"
    for row in client.listed(f"/orders/{shipment.order_id}/shipments", {"limit": 250}, what=what):
        if rows.identifier(row.get("id")) == shipment.external_id or key_of(row) == shipment.key:
            return row
    return None


def _address(client, shipment: Shipment, what: str) -> int:
    """The one that its lines go to: a parcel goes to one."""
    wanted = {line.line_id for line in shipment.lines}
    found = client.listed(f"/orders/{shipment.order_id}/products", {"limit": 250}, what=what)
    places = {rows.whole(row.get("order_address_id")) for row in found if rows.identifier(row.get("id")) in wanted}
    if len(places) != 1:
        raise Rejected(
            f"The parcel has goods for {len(places)} addresses of the order; BigCommerce wants one for each."
        )
    return places.pop()


def build_shipment(shipment: Shipment, address: int) -> dict[str, Any]:
    items = [{"order_product_id": int(line.line_id), "quantity": int(line.quantity)} for line in shipment.lines]
    return {
        "order_address_id": address,
        "items": items,
        "comments": f"{MARK}{shipment.key}",
        **_carried(shipment),
    }


def _carried(shipment: Shipment) -> dict[str, str]:
    bare = (shipment.carrier or shipment.carrier_name).casefold().replace(" ", "").replace("_", "")
    told = {
        "tracking_number": shipment.tracking_number,
        "shipping_provider": bare if bare in _PROVIDERS else "",
        "tracking_carrier": "" if bare in _PROVIDERS else shipment.carrier_name or shipment.carrier,
    }
    if shipment.tracking_url:
        told["tracking_link"] = shipment.tracking_url
    return told
