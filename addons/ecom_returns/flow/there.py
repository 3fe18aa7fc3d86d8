from odoo import fields, models
from odoo.exceptions import UserError

# What was found there -> (grade, whose fault it is).
FOUND = {
    "sellable": ("a", False),
    "channel": ("d", "channel"),
    "carrier": ("d", "channel"),  # the marketplace's own carrier: it answers for it
    "buyer": ("c", "buyer"),
    "defective": ("d", False),
    "expired": ("d", False),
}
STILL_OWED = ("awaiting", "in_transit", "short", "lost", "expired")


class EcomFlowReturnThere(models.AbstractModel):
    """Goods that came back into a warehouse of the channel's own, unit by unit.

    They are in the quarantine of the warehouse here that stands for the channel's, and in its stock once the channel
    sells them again. What the channel or its carrier broke is claimed from it. Each unit has a number: told twice, or
    late, it is taken in once.
    """

    _name = "ecom.flow.return.there"
    _description = "E-commerce: goods that came back to the channel"

    def _arrived(self, channel, order, notice, record):
        """`record`: the return of that name, empty where there is none. UserError where so much cannot come back."""
        lines = self.env["ecom.return.line"].search([("order_id", "=", order.id), ("external_id", "!=", False)])
        known = lines.grouped("external_id")
        for units in notice.returned:
            if units.external_id in known:
                self._look_again(known[units.external_id], units)
                continue
            arrived = self._receive(self._awaited(order, notice, units, record), units)
            record = record or arrived.return_id.filtered(lambda found: not found.external_id)[:1]
            record.write({"external_id": notice.external_id, "channel_id": channel.id})
            self._look(arrived, units)
        record.version = max(record.version or "", notice.version)

    def _awaited(self, order, notice, units, record):
        """Lines that wait for these units: those of returns that are here, and new ones for the rest."""
        order_line, quantity = self._sold(order, units), float(units.quantity)
        quantity *= order_line.ecom_listing_id.units or 1.0
        waiting = self.env["ecom.return.line"].search(
            [
                ("order_line_id", "=", order_line.id),
                ("product_id", "=", order_line.product_id.id),
                ("goods", "in", STILL_OWED),
                ("external_id", "=", False),
                ("return_id.authorisation", "in", ("requested", "approved", "expired")),
            ],
            order="id",
        )
        left, found = quantity, waiting.browse()
        for line in waiting:
            if left <= 0:
                break
            if line.product_id.uom_id.compare(line.quantity, left) > 0:
                line.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))._action_cancel()
                rest = line._split(line.quantity - left)
                self.env["ecom.flow.return.agree"]._expect(rest.filtered(lambda line: line.goods == "awaiting"))
            found += line
            left -= line.quantity
        if left > 0:
            found += self._opened(record, (order_line, None, self._in_its_unit(order_line, left), {}), notice)
        return found

    def _opened(self, record, article, notice):
        """New lines: of the return of that name while it is open, else of one that is opened."""
        flow = self.env["ecom.flow.return.open"]
        if record.authorisation != "approved":
            return flow._open([article], authorisation="approved", reason=notice.reason).line_ids
        lines = [{**values, "return_id": record.id} for values in flow._prepare_lines(*article)]
        return self.env["ecom.return.line"].sudo().create(lines).sudo(self.env.su)

    @staticmethod
    def _in_its_unit(order_line, quantity):
        return order_line.product_id.uom_id._compute_quantity(quantity, order_line.product_uom_id)

    def _sold(self, order, units):
        """The order's line of that article. UserError where it has none."""
        lines = order.order_line.filtered(
            lambda line: units.sku in (line.ecom_listing_id.sku, line.product_id.default_code)
        )
        left = lines.filtered(lambda line: self.env["ecom.flow.return.allot"]._returnable(line) > 0)
        if not lines:
            raise UserError(
                self.env._("%(sku)s came back, and is not on order %(order)s.", sku=units.sku, order=order.name)
            )
        return (left or lines)[:1]

    def _receive(self, lines, units):
        """They are there already: received at once, by nobody's dock. Returns the lines that arrived."""
        for record in lines.return_id.filtered(lambda record: record.authorisation != "approved"):
            if record.authorisation == "requested":
                record.with_context(ecom_heard=True)._approve()
            else:
                record._authorise("approved")
        late = lines.filtered(lambda line: line.goods != "awaiting")
        late.write({"goods": "awaiting", "disposition": False})
        self.env["ecom.flow.return.agree"]._expect(lines)
        moves = lines.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
        for move in moves:
            move.quantity = move.product_uom_qty
            move.picked = True
        for picking in moves.picking_id:
            picking.with_context(skip_backorder=True).button_validate()
        lines.external_id = units.external_id
        return lines

    # -------------------------------------------------------------------- look
    def _look(self, lines, units):
        """What the channel found is what is known; it is carried out where nothing is left to decide."""
        grade, fault = FOUND.get(units.condition, (False, False))
        lines.write({"grade": grade, "fault": fault, "found_note": units.words})
        gone = lines.filtered(lambda line: line._is_channels_stock)
        gone.write({"disposition": "vendor", "decided_by": self.env.uid, "decided_at": fields.Datetime.now()})
        if units.condition == "sellable":
            self.env["ecom.flow.return.dispose"]._dispose(lines - gone, "restock")
        claims = self.env["ecom.return.claim"]._propose(lines)
        if units.is_paid:
            claims.write({"state": "claimed"})

    def _look_again(self, lines, units):
        """The channel says something else of a unit: it counts until it was decided here."""
        if lines[:1].found_note == units.words:
            return
        if lines.filtered("disposition"):
            words = self.env._(
                "%(channel)s says now that %(unit)s is %(found)s.",
                channel=lines[:1].return_id.channel_id.name,
                unit=units.external_id,
                found=units.words,
            )
            self.env["ecom.flow.return.follow"]._contradict(lines.return_id[:1], words)
            return
        self._look(lines, units)
