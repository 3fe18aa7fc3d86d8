"""How a parcel is told: in the channel's own words, with its line ids, in units of its listings."""

from datetime import timezone
from decimal import Decimal
from math import floor

from odoo import fields, models

from ..channels.records import Shipment, ShipmentLine
from .send import Answer, Call


class EcomFlowSend(models.AbstractModel):
    _inherit = "ecom.flow.send"

    def _prepare_shipments(self, channel, message):
        """Returns the Call that tells the message's parcel as it is now, not as it was when the message was made."""
        noun = channel._adapter().noun("shipments")
        parcel = message.shipment_id
        if noun is None:
            return Call(answer=Answer(ignored=self.env._("This platform takes no word of shipments.")))
        label = parcel._label()
        if parcel.told_at and parcel.told_as == label:
            return Call(answer=Answer(external_id=parcel.external_id or "", memo=label))
        call = Call(
            client=channel._connect(),
            send=noun.send_shipment,
            find=noun.find_shipment,
            record=self._prepare_shipment(channel, parcel),
            ask_first=bool(parcel.tried),
            correct=parcel.version > 1,
            attempts=message.attempts,
            memo=label,
        )
        parcel.tried = parcel.version
        return call

    def _prepare_shipment(self, channel, parcel):
        """records.Shipment of the parcel. Override to tell more."""
        carrier = self.env["ecom.carrier.map"].search(
            [("channel_id", "=", channel.id), ("carrier_id", "=", parcel.carrier_id.id)], limit=1
        )
        return Shipment(
            key=parcel.key,
            order_id=parcel.order_id.ecom_external_id,
            external_id=parcel.external_id or "",
            lines=self._prepare_shipment_lines(parcel),
            carrier=carrier.code or "",
            carrier_name=parcel.carrier_name or carrier.name or parcel.carrier_id.name or "",
            tracking_number=parcel.tracking_number or "",
            tracking_url=parcel.tracking_url or "",
            shipped_at=parcel.shipped_at.replace(tzinfo=timezone.utc),
            location_id=self._location(channel, parcel),
            notify_buyer=channel.tell_buyer,
            order_complete=self._is_last(parcel),
        )

    def _prepare_shipment_lines(self, parcel):
        lines = []
        for content in parcel.line_ids:
            units = self._units(content)
            if content.order_line_id.ecom_external_id and units > 0:
                lines.append(ShipmentLine(line_id=content.order_line_id.ecom_external_id, quantity=units))
        return tuple(lines)

    def _units(self, content):
        """How many units of the listing this parcel adds to those before it; never more than were sold.

        A listing of six is shipped when its sixth piece leaves: the pieces of all parcels are added up, and whole
        listings are told.
        """
        line = content.order_line_id
        earlier = sum(
            self.env["ecom.shipment.line"]
            .search([("order_line_id", "=", line.id), ("shipment_id.shipped_at", "!=", False)])
            .filtered(lambda other: other.shipment_id.id < content.shipment_id.id)
            .mapped("quantity")
        )
        return self._listed(line, earlier + content.quantity) - self._listed(line, earlier)

    @staticmethod
    def _listed(line, quantity):
        """A quantity of the order line as units of its listing."""
        sold = min(quantity, line.product_uom_qty)
        each = line.ecom_listing_id.units or 1.0
        if each != 1.0:
            pieces = line.product_uom_id._compute_quantity(sold, line.product_id.uom_id, round=False)
            return Decimal(floor(round(pieces / each, 6)))
        return Decimal(str(round(sold, 6)))

    def _location(self, channel, parcel):
        """The channel's name of the warehouse it left from."""
        warehouse = parcel.picking_id.picking_type_id.warehouse_id
        location = self.env["ecom.location.map"].search(
            [("channel_id", "=", channel.id), ("warehouse_id", "=", warehouse.id)], order="id", limit=1
        )
        return location.code if warehouse and location else ""

    def _is_last(self, parcel):
        """Nothing of the order is left to ship, and no parcel that left later will say so."""
        later = parcel.order_id.ecom_shipment_ids.filtered(lambda other: other.shipped_at and other.id > parcel.id)
        return not later and self.env["ecom.flow.ship"]._is_complete(parcel.order_id)

    # ----------------------------------------------------------------- settle
    def _settle_shipments(self, channel, message, answer):
        parcel = message.shipment_id
        values = {"told_at": fields.Datetime.now(), "told_as": answer.memo}
        if answer.external_id and not self._is_taken(parcel, answer.external_id):
            values["external_id"] = answer.external_id
        parcel.write(values)

    @staticmethod
    def _is_taken(parcel, external_id):
        """A platform without parcels of its own may answer with the same id for two."""
        other = [("channel_id", "=", parcel.channel_id.id), ("external_id", "=", external_id), ("id", "!=", parcel.id)]
        return bool(parcel.search_count(other, limit=1))
