"""What somebody else shipped -> booked as delivered here, without a notice back.

A marketplace's own warehouse, a 3PL that reports to the channel, a parcel entered on the channel's screens: the goods
are gone, so an open delivery would be shipped twice and the stock would be wrong. They are taken from the warehouse of
the location the channel named, else from the one that serves the order. Only what a channel ships itself, from a
location that no warehouse here stands for, was never our stock: it goes from the vendors' location to the buyer.
"""

from odoo import Command, fields, models
from odoo.exceptions import UserError

from .batch import naive

SHIPPED = ("fulfilled", "elsewhere")
MOST_STEPS = 5  # pick, pack, ship and what a customer adds


class EcomFlowElsewhere(models.AbstractModel):
    _name = "ecom.flow.elsewhere"
    _description = "E-commerce: shipped elsewhere"

    # ------------------------------------------------------------------ parcels
    def _record(self, batch, placed):
        """Keep the parcels that the channel knows and we do not. `placed`: {order external id: sale.order}."""
        orders = [order for order in batch.orders.values() if order.shipments]
        values = [
            self._prepare_parcel(placed[order.external_id], shipment)
            for order in orders
            for shipment in self._unknown(placed[order.external_id], order.shipments)
        ]
        if values:
            self.env["ecom.shipment"].create(values)

    @staticmethod
    def _unknown(placed, shipments):
        """Neither told by us nor seen before. One of ours whose answer never came has our key."""
        known = set(placed.ecom_shipment_ids.mapped("external_id")) | set(placed.ecom_shipment_ids.mapped("key"))
        return [parcel for parcel in shipments if parcel.external_id and not {parcel.external_id, parcel.key} & known]

    def _prepare_parcel(self, placed, shipment):
        """Values of a parcel that left elsewhere; a hook."""
        lines = {line.ecom_external_id: line for line in placed.order_line}
        known = [(lines[entry.line_id], entry) for entry in shipment.lines if entry.line_id in lines and entry.quantity]
        contents = [
            Command.create({"order_line_id": line.id, "quantity": self._units(line, entry)}) for line, entry in known
        ]
        return {
            "channel_id": placed.ecom_channel_id.id,
            "order_id": placed.id,
            "key": f"there-{shipment.external_id}",
            "external_id": shipment.external_id,
            "elsewhere": True,
            "parcel": len(placed.ecom_shipment_ids) + 1,
            "carrier_name": shipment.carrier_name or shipment.carrier,
            "tracking_number": shipment.tracking_number,
            "tracking_url": shipment.tracking_url,
            "shipped_at": naive(shipment.shipped_at) or fields.Datetime.now(),
            "line_ids": contents,
        }

    @staticmethod
    def _units(line, entry):
        return float(entry.quantity) * (line.ecom_listing_id.units or 1.0)

    # ------------------------------------------------------------------ booking
    def _book(self, orders):
        """Deliver what left elsewhere and is still open here. Doing it twice delivers nothing more."""
        for order in orders.filtered(lambda order: order.state == "sale"):
            parcels = order.ecom_shipment_ids.filtered(lambda parcel: parcel.elsewhere and not parcel.picking_id)
            if not parcels and order.ecom_fulfilment not in SHIPPED:
                continue
            try:
                with self.env.cr.savepoint():
                    self._book_order(order, parcels)
            except UserError as error:
                self._tell_failure(order, error)

    def _book_order(self, order, parcels):
        for parcel in parcels.filtered("line_ids"):
            parcel.picking_id = self._deliver(order, {line.order_line_id: line.quantity for line in parcel.line_ids})
        if order.ecom_fulfilment in SHIPPED:
            self._book_rest(order)
        self.env["ecom.flow.invoice"]._mark_due(order, "delivery")
        self.env["ecom.flow.ship"]._follow(order)
        self.env["ecom.exception"]._solve(order.ecom_channel_id, [self._key(order)])

    def _book_rest(self, order):
        """The channel says that all of it left, and names no parcel for this."""
        rest = {
            line: line._ecom_to_send() - line.qty_delivered
            for line in order.order_line
            if line.qty_delivered_method == "stock_move"
            and line.product_uom_id.compare(line._ecom_to_send(), line.qty_delivered) > 0
        }
        picking = self._deliver(order, rest) if rest else None
        if not picking:
            return
        self.env["ecom.shipment"].create(
            {
                "channel_id": order.ecom_channel_id.id,
                "order_id": order.id,
                "picking_id": picking.id,
                "key": f"there-{picking.id}",
                "elsewhere": True,
                "parcel": len(order.ecom_shipment_ids) + 1,
                "shipped_at": fields.Datetime.now(),
                "line_ids": [
                    Command.create({"order_line_id": line.id, "quantity": quantity}) for line, quantity in rest.items()
                ],
            }
        )

    def _deliver(self, order, quantities):
        """Take these goods ({order line: quantity}) through all steps of their delivery; the last transfer."""
        own, last = self._is_own_stock(order), self.env["stock.picking"]
        still = {line: line._ecom_to_send() - line.qty_delivered for line in quantities}
        shares = {
            line: min(quantity / still[line], 1.0)
            for line, quantity in quantities.items()
            if line.product_uom_id.compare(still[line], 0.0) > 0
        }
        for _step in range(MOST_STEPS):
            moves = self._next_moves(shares, last)
            if not moves:
                break
            for move in moves:
                self._take(move, shares[move.sale_line_id], own, first=not last)
            last = moves.picking_id
            # No label is bought and no mail sent for a parcel that is on its way already.
            last.carrier_id = False
            last.with_context(ecom_elsewhere=True, skip_backorder=True, skip_sms=True).button_validate()
        return last[:1]

    def _next_moves(self, shares, last):
        """Of the first step, then of the one that follows the transfers just done."""
        lines = self.env["sale.order.line"].concat(*shares)
        moves = last.move_ids.move_dest_ids if last else lines.move_ids
        return moves.filtered(
            lambda move: move.sale_line_id in shares
            and move.state not in ("done", "cancel", "draft")
            and move.location_id.usage != "customer"
            and all(origin.state in ("done", "cancel") for origin in move.move_orig_ids)
        )

    def _take(self, move, share, own, first):
        """Of a kit the same share of each part. A later step takes what the one before brought."""
        quantity = move.product_uom_qty * share if first else move.product_uom_qty
        if not own:
            move._do_unreserve()
            move.write(
                {
                    "location_id": self.env.ref("stock.stock_location_suppliers").id,
                    "location_dest_id": (move.location_final_id or move.location_dest_id).id,
                }
            )
        move.write({"quantity": move.product_uom.round(quantity), "picked": True})

    def _is_own_stock(self, order):
        """Not what the channel ships itself from a location that no warehouse here stands for."""
        if order.ecom_fulfilment != "elsewhere":
            return True
        mapping = [("channel_id", "=", order.ecom_channel_id.id), ("code", "=", order.ecom_location)]
        return bool(self.env["ecom.location.map"].search_count([*mapping, ("warehouse_id", "!=", False)], limit=1))

    # ------------------------------------------------------------------- words
    def _key(self, order):
        return f"elsewhere:{order.ecom_external_id}"

    def _tell_failure(self, order, error):
        self.env["ecom.exception"]._open(
            order.ecom_channel_id,
            category="shipment",
            severity="2",
            name=self.env._("%(number)s was shipped elsewhere", number=order.ecom_number or order.name),
            detail=self.env._(
                "Its delivery could not be booked here: %(problem)s Book it by hand; do not ship it again.",
                problem=error,
            ),
            dedupe_key=self._key(order),
            order_id=order.id,
        )
