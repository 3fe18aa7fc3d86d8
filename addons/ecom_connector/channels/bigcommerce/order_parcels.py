"""The parcels that an order of BigCommerce carries. Ours have our key in their comment."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from .. import rows
from ..records import Shipment, ShipmentLine
from .moments import moment

MARK = "Odoo "


def read_parcels(order_id: str, beside: Mapping[str, Any]) -> tuple[Shipment, ...]:
    return tuple(_parcel(order_id, row) for row in rows.rows(beside.get("shipments")))


def key_of(row: Mapping[str, Any]) -> str:
    said = rows.text(row.get("comments"))
    return said.rpartition(MARK)[2].strip() if MARK in said else ""


def _parcel(order_id: str, row: Mapping[str, Any]) -> Shipment:
    lines = tuple(
        ShipmentLine(
            line_id=rows.identifier(item.get("order_product_id")), quantity=Decimal(rows.whole(item.get("quantity")))
        )
        for item in rows.rows(row.get("items"))
    )
    carrier = rows.text(row.get("tracking_carrier")) or rows.text(row.get("shipping_provider"))
    return Shipment(
        key=key_of(row),
        order_id=order_id,
        external_id=rows.identifier(row.get("id")),
        lines=lines,
        carrier=carrier,
        carrier_name=rows.text(row.get("shipping_provider_display_name")) or carrier,
        tracking_number=rows.text(row.get("tracking_number")),
        tracking_url=rows.text(row.get("tracking_link")),
        shipped_at=moment(row.get("date_created")),
    )
