from odoo import models

from ..rules.content import changed
from .batch import naive
from .place import Outcome
from .rewrite import FOLLOWING

FULFILMENT = ("open", "partial", "fulfilled", "elsewhere")


class EcomFlowAmend(models.AbstractModel):
    """A newer version of an order that is here -> what may change without a person, else an exception."""

    _name = "ecom.flow.amend"
    _description = "E-commerce: amend"

    def _amend(self, channel, readings):
        """{message id: Outcome} of orders that are here. Doing it twice changes nothing more."""
        placed = self.env["ecom.flow.place"]._placed(channel, [reading.external_id for reading in readings])
        batch = self.env["ecom.flow.place"]._batch(channel, {r.external_id: r.order for r in readings})
        messages = {r.external_id: self.env["ecom.message"].browse(r.message_id) for r in readings}
        edited, agreed = {}, self.env["sale.order"]
        before = self.env["ecom.flow.hold"]._state(batch, placed)
        for external_id, order in batch.orders.items():
            if self._is_edited(batch, order, placed[external_id]):
                edited[external_id] = (placed[external_id], messages[external_id])
            elif self._follow_state(order, placed[external_id], messages[external_id]):
                agreed += placed[external_id]
        if edited:
            self.env["ecom.flow.edit"]._edit(batch, edited)
        agreed._ecom_close_changes()
        for external_id, order in batch.orders.items():
            self._follow_facts(order, placed[external_id])
        self.env["ecom.flow.attach"]._renew(batch, placed)
        self.env["ecom.flow.hold"]._recheck(batch, placed, before)
        self._follow_goods_and_money(batch, placed)
        return {r.message_id: Outcome(order_id=placed[r.external_id].id) for r in readings}

    @staticmethod
    def _is_edited(batch, order, placed):
        open_on_both = order.status != "cancelled" and placed.state != "cancel"
        return open_on_both and bool(changed(placed.ecom_content or "", batch.content(order)))

    def _follow_state(self, order, placed, message):
        """Cancelled, or open again. Whether both sides say the same now."""
        if order.status == "cancelled":
            return self._follow_cancellation(order, placed, message)
        if placed.state == "cancel":
            self._tell_open_again(placed)
            return False
        return True

    def _follow_facts(self, order, placed):
        values = self._prepare_changes(order, placed)
        different = {name: value for name, value in values.items() if placed[name] != value}
        if different:
            placed.with_context(**FOLLOWING).write(different)

    def _follow_goods_and_money(self, batch, placed):
        """What left elsewhere is booked; what a cancelled order took in is owed to the buyer."""
        orders = self.env["sale.order"].concat(*(placed[external_id] for external_id in batch.orders))
        self.env["ecom.flow.elsewhere"]._book(orders)
        self.env["ecom.flow.refund"]._reckon(orders.filtered(lambda order: order.state == "cancel"))

    def _prepare_changes(self, order, placed):
        """What follows the channel without asking anybody; a hook."""
        known = placed.ecom_fulfilment or "open"
        later = FULFILMENT.index(order.fulfilment) > FULFILMENT.index(known)
        values = {
            "ecom_version": order.version,
            "ecom_payment": order.payment,
            "ecom_fulfilment": order.fulfilment if later else known,
            "ecom_location": order.location or placed.ecom_location,
            "ecom_note": order.note or False,
            "ecom_acknowledge_by": naive(order.acknowledge_by),
            "ecom_risk": order.risk.level if order.risk else False,
        }
        if order.ship_by:
            values["ecom_ship_by"] = naive(order.ship_by)
        return values

    def _tell_open_again(self, placed):
        self.env["ecom.exception"]._open(
            placed.ecom_channel_id,
            category="change",
            severity="2",
            name=self.env._("%(number)s is open again on the channel", number=placed.ecom_number),
            detail=self.env._("It is cancelled here. Set it to quotation and confirm it, or cancel it on the channel."),
            dedupe_key=self.env["ecom.order.change"]._key(placed),
            order_id=placed.id,
        )

    # ------------------------------------------------------------ cancellation
    def _follow_cancellation(self, order, placed, message):
        """Cancelled here as well while that harms nobody, else a person decides what becomes of it. Whether it is."""
        self.env["ecom.exception"]._solve(placed.ecom_channel_id, [self.env["ecom.flow.withdraw"]._key(placed)])
        if placed.state == "cancel":
            return True
        rows = self.env["ecom.flow.cancel"]._rows(placed)
        if any(row["obstacle"] or row["asks"] for row in rows):
            rows = [{name: value for name, value in row.items() if name != "asks"} for row in rows]
            self.env["ecom.order.change"]._ask(placed, message, order, rows, kind="cancel")
            return False
        self.env["ecom.flow.cancel"]._cancel(placed)
        return True

    # ------------------------------------------------------------------ by hand
    def _follow_by_hand(self, batch, order, placed, change):
        """A person wants what can be followed. Returns (names of what was, names of what was not)."""
        if change.kind == "cancel":
            return self.env["ecom.flow.cancel"]._cancel_rest(placed)
        edit = self.env["ecom.flow.edit"]
        plan = edit._plan(batch, order, placed, edit._problems(batch).get(order.external_id, ()))
        rows = edit._rows(placed, plan)
        done = [row["name"] for row in rows if not row["obstacle"]]
        if done:
            edit._follow(batch, order, placed, plan)
        return done, [row["name"] for row in rows if row["obstacle"]]

    def _look_again(self, batch, order, placed, message):
        if order.status == "cancelled":
            if self._follow_cancellation(order, placed, message):
                placed._ecom_close_changes()
        else:
            self.env["ecom.flow.edit"]._edit(batch, {order.external_id: (placed, message)})
