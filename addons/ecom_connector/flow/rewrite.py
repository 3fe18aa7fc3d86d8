from odoo import fields, models

from .edit import ROUNDING

# Whoever writes with this in the context follows the channel: the channel need not be told of it.
FOLLOWING = {"ecom_following": True, "tracking_disable": True}


class EcomFlowRewrite(models.AbstractModel):
    """What of an edit can be followed -> written on the order, its deliveries and, where too much is invoiced, a credit
    note."""

    _name = "ecom.flow.rewrite"
    _description = "E-commerce: rewrite"

    def _rewrite(self, batch, order, placed, plan):
        """Write the changes without an obstacle. What must not be asked about again is remembered with them."""
        placed = placed.with_context(**FOLLOWING)
        locked = placed.locked
        if locked:
            placed.action_unlock()
        for change in plan.changes:
            if not change.obstacle:
                self._rewrite_line(batch, placed, change.key, plan.lines.get(change.key))
        self._rewrite_places(batch, order, placed, {place.key for place in plan.places if not place.obstacle})
        placed.write(self.env["ecom.flow.edit"]._followed_values(batch, order))
        if locked:
            placed.action_lock()
        if any(change.credit and not change.obstacle for change in plan.changes):
            self._credit(placed)
        self.env["ecom.flow.invoice"]._mark_due(placed, "order")

    # ------------------------------------------------------------------- lines
    def _rewrite_line(self, batch, placed, key, values):
        line = self._line(batch, placed, key)
        if not values:
            self._remove_line(line)
        elif line:
            line.write({name: value for name, value in values.items() if not self._is_same(line, name, value)})
        else:
            placed.order_line.create({**values, "order_id": placed.id})

    @staticmethod
    def _line(batch, placed, key):
        lines = placed.order_line
        if key == ROUNDING:
            rounding = batch.services["rounding"]
            return lines.filtered(lambda line: line.product_id == rounding and not line.ecom_external_id)[:1]
        return lines.filtered(lambda line: line.ecom_external_id == key)

    @staticmethod
    def _is_same(line, name, value):
        """Only for what Odoo guards or recomputes others from: amounts are written all together, or it would compute
        one from the other."""
        return name in ("product_id", "product_uom_id") and line[name].id == value

    @staticmethod
    def _remove_line(line):
        """Odoo keeps the lines of a confirmed order."""
        if line.state == "sale":
            line.write({"product_uom_qty": 0.0, "price_unit": line.price_unit, "extra_tax_data": False})
        else:
            line.unlink()

    # ------------------------------------------------------------------ places
    def _rewrite_places(self, batch, order, placed, keys):
        if keys & {"ship_to", "bill_to"}:
            self.env["ecom.flow.recognise"]._recognise(batch)
            contacts = batch.contacts[order.external_id]
            if "bill_to" in keys:
                placed.partner_invoice_id = contacts.bill_to
            if "ship_to" in keys:
                self._redirect(placed, contacts.ship_to)
        if "carrier" in keys:
            carrier = batch.deliveries[order.shipping_method]
            placed.carrier_id = carrier
            placed.picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel")).carrier_id = carrier

    @staticmethod
    def _redirect(placed, ship_to):
        """The deliveries follow at once, else Odoo asks a person to write the address on each of them. It would write
        it on all: what has left went where it went."""
        left = {picking: picking.partner_id for picking in placed.picking_ids if picking.state in ("done", "cancel")}
        placed.with_context(update_delivery_shipping_partner=True).partner_shipping_id = ship_to
        for picking, partner in left.items():
            picking.partner_id = partner

    # ------------------------------------------------------------------ credit
    def _credit(self, placed):
        """A credit note for what is invoiced and no longer ordered; a draft is made anew instead. Returns it."""
        placed = placed.with_context(raise_if_nothing_to_invoice=False)
        placed.invoice_ids.filtered(lambda move: move.state == "draft").button_cancel()
        for line in placed.order_line:
            surplus = min(line.product_uom_qty - line.qty_invoiced, 0.0)
            line.qty_to_invoice = 0.0 if line.display_type else surplus
        if not any(placed.order_line.mapped("qty_to_invoice")):
            return self.env["account.move"]
        credit = placed._create_invoices(final=True)
        credit.invoice_date = fields.Date.context_today(credit)
        credit._post(soft=False)
        return credit

    def _credit_everything(self, placed):
        """A credit note for each invoice of an order that will not be delivered; drafts are cancelled."""
        invoices = placed.invoice_ids.filtered(lambda move: move.move_type == "out_invoice")
        invoices.filtered(lambda move: move.state == "draft").button_cancel()
        posted = invoices.filtered(lambda move: move.state == "posted" and move.payment_state != "reversed")
        if not posted:
            return posted
        reason = self.env._("Cancelled: %(number)s", number=placed.ecom_number or placed.name)
        today = fields.Date.context_today(posted)
        return posted._reverse_moves([{"ref": reason, "invoice_date": today} for _move in posted], cancel=True)

    # ------------------------------------------------------------------- cancel
    def _reduce(self, placed, kept):
        """Order no more of each line than `kept` ({line: quantity}); the stated amounts are shared out in proportion,
        to the cent."""
        placed = placed.with_context(**FOLLOWING)
        locked = placed.locked
        if locked:
            placed.action_unlock()
        for line, quantity in kept.items():
            if quantity:
                line.write(line._ecom_reduced_values(quantity))
            else:
                self._remove_line(line)
        if locked:
            placed.action_lock()
        self._credit(placed)
