"""Done delivery -> parcels -> outgoing messages, all in the transaction of the delivery.

A parcel is one package, or what lies loose. What people entered before is used first. Of each parcel the channel is
told once, and again when its carrier or number changes.
"""

import re
from collections import defaultdict

from odoo import Command, fields, models

SEPARATORS = re.compile(r"[,;+\s]+")
FULFILMENT = ("open", "partial", "fulfilled")


class EcomFlowShip(models.AbstractModel):
    _name = "ecom.flow.ship"
    _description = "E-commerce: ship"

    def _shipped(self, pickings):
        """Called when transfers are done, in their transaction: makes ecom.shipment and the outgoing messages. What
        left elsewhere is known there already."""
        if self.env.context.get("ecom_elsewhere"):
            return
        moves = pickings.move_ids.sudo().filtered(self._is_sold)
        for picking, sold in moves.grouped("picking_id").items():
            parcels = self.env["ecom.shipment"].sudo()
            for order, moved in sold.grouped(lambda move: move.sale_line_id.order_id).items():
                parcels |= self._pack(picking, order, moved)
            self._give_numbers(picking)
            self._left(parcels)

    @staticmethod
    def _is_sold(move):
        """Goods of a channel's order that leave to the buyer. What goes out again after a return was told before."""
        return (
            move.state == "done"
            and move.sale_line_id.order_id.ecom_channel_id
            and move.location_dest_id.usage == "customer"
            and move.location_id.usage != "customer"
            and not move.origin_returned_move_id
        )

    # ---------------------------------------------------------------- content
    def _pack(self, picking, order, moves):
        """The parcels of this transfer for that order, with their content."""
        contents = self._contents(moves)
        parcels = picking.ecom_shipment_ids.filtered(lambda p: p.order_id == order and not p.shipped_at)
        empty = parcels.filtered(lambda parcel: not parcel.line_ids).sorted("parcel")
        for parcel in (parcels - empty).sorted("parcel"):
            self._take_out(contents, parcel)
        for package, quantities in contents.items():
            parcel = (empty.filtered(lambda p, package=package: p.package_id == package) or empty)[:1]
            empty -= parcel
            parcels |= self._fill(parcel, picking, order, package, quantities)
        return parcels

    def _contents(self, moves):
        """{package: {order line: quantity in its unit}}; what lies loose comes last, under no package.

        A kit counts once, in the first box that holds a part of it; its other boxes stay without a line.
        """
        contents = defaultdict(dict)
        kits = {}
        for move_line in moves.move_line_ids.sorted(self._packing_order):
            line, package = move_line.move_id.sale_line_id, move_line.result_package_id
            inside = contents[package]
            if move_line.product_id == line.product_id:
                inside[line] = inside.get(line, 0.0) + move_line.product_uom_id._compute_quantity(
                    move_line.quantity, line.product_uom_id, rounding_method="HALF-UP"
                )
            else:
                kits.setdefault(line, package)
        for line, package in kits.items():
            contents[package][line] = self._complete_kits(line)
        return contents

    @staticmethod
    def _packing_order(move_line):
        package = move_line.result_package_id
        return not package, package.id, move_line.id

    def _complete_kits(self, line):
        """Kits that became whole with this transfer: what counts as delivered less what left in earlier parcels."""
        content = self.env["ecom.shipment.line"].sudo().search([("order_line_id", "=", line.id)])
        left = content.filtered(lambda told: told.shipment_id.shipped_at)
        return max(line.qty_delivered - sum(left.mapped("quantity")), 0.0)

    def _take_out(self, contents, parcel):
        """What people said is in `parcel` is in no other one; what was not shipped is in none."""
        for content in parcel.line_ids:
            line, wanted = content.order_line_id, content.quantity
            for package in [package for package, inside in contents.items() if line in inside]:
                taken = min(wanted, contents[package][line])
                wanted -= taken
                contents[package][line] -= taken
                if line.product_uom_id.is_zero(contents[package][line]):
                    del contents[package][line]
                if not contents[package]:
                    del contents[package]
            if line.product_uom_id.compare(wanted, 0.0) > 0:
                self._correct_content(content, content.quantity - wanted)

    @staticmethod
    def _correct_content(content, quantity):
        if content.order_line_id.product_uom_id.compare(quantity, 0.0) > 0:
            content.quantity = quantity
        else:
            content.unlink()

    def _fill(self, parcel, picking, order, package, quantities):
        """Put a content into a parcel that was entered, or into a new one."""
        lines = [
            Command.create({"order_line_id": line.id, "quantity": quantity})
            for line, quantity in quantities.items()
            if line.product_uom_id.compare(quantity, 0.0) > 0
        ]
        values = {"package_id": package.id, "line_ids": lines}
        if parcel:
            parcel.write(values)
            return parcel
        values |= {"picking_id": picking.id, "order_id": order.id, "shipped_at": fields.Datetime.now()}
        return self.env["ecom.shipment"].sudo().create(values)

    # ----------------------------------------------------------------- labels
    @staticmethod
    def _numbers(picking):
        """{parcel: its tracking number by the transfer}. The transfer's field may hold one for each, in their order;
        else all of them have the whole of it."""
        parcels = picking.ecom_shipment_ids.sorted("parcel")
        reference = (picking.carrier_tracking_ref or "").strip()
        numbers = [number for number in SEPARATORS.split(reference) if number]
        if len(numbers) != len(parcels):
            numbers = [reference or False] * len(parcels)
        return dict(zip(parcels, numbers, strict=True))

    def _give_numbers(self, picking):
        """A number that was entered with the parcel stays."""
        for parcel, number in self._numbers(picking).items():
            if number and not parcel.tracking_number:
                parcel.tracking_number = number

    def _labels(self, pickings):
        """What the transfers say of their parcels now: {picking: (carrier, numbers)}; only of those that have some."""
        return {
            picking: (picking.carrier_id, self._numbers(picking))
            for picking in pickings.sudo()
            if picking.ecom_shipment_ids
        }

    def _spread_labels(self, before):
        """The transfers' carrier or number changed: so do the parcels that had it from there."""
        for picking, (carrier, numbers) in before.items():
            for parcel, number in self._numbers(picking).items():
                values = {}
                if (parcel.tracking_number or False) in (False, numbers[parcel]):
                    values["tracking_number"] = number
                if parcel.carrier_id in (carrier, carrier.browse()):
                    values["carrier_id"] = picking.carrier_id.id
                parcel.write(values)

    # ---------------------------------------------------------------- telling
    def _left(self, parcels):
        """These parcels are on their way: the channel is told of each, the order follows."""
        parcels = parcels.sudo()
        for parcel in parcels:
            values = {} if parcel.shipped_at else {"shipped_at": parcel.picking_id.date_done or fields.Datetime.now()}
            if not parcel.carrier_id and not parcel.carrier_name:
                values["carrier_id"] = parcel.picking_id.carrier_id.id
            parcel.write(values)
            self._tell(parcel)
        for order in parcels.order_id:
            self._follow(order)
        self.env["ecom.flow.invoice"]._mark_due(parcels.order_id, "delivery")

    def _relabelled(self, parcels):
        """Carrier or number changed. A notice that has not been tried yet takes it along; a number that was only
        removed waits for the next one; of what nobody is told, nobody hears again."""
        for parcel in parcels.sudo().filtered(lambda parcel: parcel.version and parcel.tracking_number):
            if parcel.told_state == "quiet":
                continue
            waiting = parcel.ecom_message_ids.filtered(lambda message: message.state == "waiting")
            if parcel.tried == parcel.version or not waiting:
                self._tell(parcel)

    def _tell(self, parcel):
        """One message more, with a key of its own; what an older one had to say is in it."""
        if parcel.elsewhere or parcel.order_id.ecom_fulfilment == "elsewhere":
            return
        parcel.ecom_message_ids.filtered(lambda message: message.state in ("waiting", "failed"))._move("superseded")
        parcel.version += 1
        self.env["ecom.message"].sudo().create(
            {
                "channel_id": parcel.channel_id.id,
                "direction": "out",
                "topic": "shipments",
                "external_id": parcel.order_id.ecom_external_id,
                "event_key": f"shipment:{parcel.key}:{parcel.version}",
                "version": str(parcel.version),
                "order_id": parcel.order_id.id,
                "shipment_id": parcel.id,
                **self._withheld(parcel),
            }
        )
        self.env["ecom.flow.run"]._wake()

    def _withheld(self, parcel):
        """What leaves while the channel is in test mode is not told, also not when it goes live."""
        if parcel.channel_id.mode != "test":
            return {}
        reason = self.env._("It left while the channel was in test mode.")
        return {"state": "ignored", "ignore_reason": reason, "done_at": fields.Datetime.now()}

    def _follow(self, order):
        """The order's state of shipping; never backwards, since the channel may know more than we do."""
        known = order.ecom_fulfilment or "open"
        state = "fulfilled" if self._is_complete(order) else "partial"
        if known in FULFILMENT and FULFILMENT.index(known) < FULFILMENT.index(state):
            order.ecom_fulfilment = state
        if order.ecom_fulfilment == "fulfilled":
            self.env["ecom.exception"]._solve(order.ecom_channel_id, [f"late:{order.id}"], self.env._("Shipped"))

    @staticmethod
    def _is_complete(order):
        """All goods of the order that are to be sent have left."""
        goods = order.order_line.filtered(lambda line: line.qty_delivered_method == "stock_move")
        return all(line.product_uom_id.compare(line.qty_delivered, line._ecom_to_send()) >= 0 for line in goods)
