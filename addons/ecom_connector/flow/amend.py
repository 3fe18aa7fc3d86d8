from odoo import models

from ..rules.content import changed, content
from .batch import naive
from .place import Outcome

FULFILMENT = ("open", "partial", "fulfilled", "elsewhere")


class EcomFlowAmend(models.AbstractModel):
    """A newer version of an order that is here -> what may change without a person, else an exception."""

    _name = "ecom.flow.amend"
    _description = "E-commerce: amend"

    def _amend(self, channel, readings):
        """{message id: Outcome} of orders that are here. Doing it twice changes nothing more."""
        placed = self.env["ecom.flow.place"]._placed(channel, [reading.external_id for reading in readings])
        batch = self.env["ecom.flow.place"]._batch(channel, {r.external_id: r.order for r in readings})
        for external_id, order in batch.orders.items():
            self._follow(batch, order, placed[external_id])
        self.env["ecom.flow.attach"]._renew(batch, placed)
        return {r.message_id: Outcome(order_id=placed[r.external_id].id) for r in readings}

    def _follow(self, batch, order, placed):
        if order.status == "cancelled":
            self._follow_cancellation(batch, order, placed)
        elif placed.state == "cancel":
            self._tell(
                batch,
                placed,
                self.env._("%(number)s is open again on the channel", number=placed.ecom_number),
                self.env._("It is cancelled here. Set it to quotation and confirm it, or cancel it on the channel."),
            )
        else:
            self._follow_content(batch, order, placed)
        values = self._prepare_changes(batch, order, placed)
        different = {name: value for name, value in values.items() if placed[name] != value}
        if different:
            placed.write(different)

    def _prepare_changes(self, batch, order, placed):
        """What follows the channel without asking anybody; a hook."""
        known = placed.ecom_fulfilment or "open"
        later = FULFILMENT.index(order.fulfilment) > FULFILMENT.index(known)
        values = {
            "ecom_version": order.version,
            "ecom_payment": order.payment,
            "ecom_fulfilment": order.fulfilment if later else known,
            "ecom_note": order.note or False,
            "ecom_acknowledge_by": naive(order.acknowledge_by),
        }
        if order.ship_by:
            values["ecom_ship_by"] = naive(order.ship_by)
        return values

    # ------------------------------------------------------------------ content
    def _follow_content(self, batch, order, placed):
        """Lines, amounts and addresses are not changed behind people's backs."""
        now = content(order)
        parts = changed(placed.ecom_content or "", now)
        if not parts:
            self.env["ecom.exception"]._solve(batch.channel, [self._key(placed)])
            return
        said = {
            "lines": self.env._(
                "Lines or amounts differ. Total on the channel now: %(now)s, when it was placed here: %(then)s.",
                now=order.total,
                then=placed.ecom_total,
            ),
            "addresses": self.env._("An address or the shipping method differs."),
        }
        self._tell(
            batch,
            placed,
            self.env._("%(number)s was changed on the channel", number=placed.ecom_number),
            "\n".join(said[part] for part in parts),
        )

    def _follow_cancellation(self, batch, order, placed):
        if placed.state == "cancel":
            return
        reasons = self._reasons_to_keep(placed)
        if reasons:
            name = self.env._("%(number)s was cancelled on the channel", number=placed.ecom_number)
            self._tell(batch, placed, name, "\n".join(reasons))
            return
        if placed.locked:
            placed.action_unlock()
        placed.action_cancel()
        placed.message_post(body=self.env._("Cancelled on the channel."), subtype_xmlid="mail.mt_note")

    def _reasons_to_keep(self, placed):
        """Why a cancellation on the channel is no longer ours to follow alone."""
        reasons = []
        if any(picking.state == "done" for picking in placed.picking_ids):
            reasons.append(self.env._("Goods have left already: agree on a return."))
        if any(move.state == "posted" for move in placed.invoice_ids):
            reasons.append(self.env._("It is invoiced already: a credit note is needed."))
        return reasons

    def _key(self, placed):
        return f"change:{placed.ecom_external_id}"

    def _tell(self, batch, placed, name, detail):
        self.env["ecom.exception"]._open(
            batch.channel,
            category="change",
            severity="2",
            name=name,
            detail=detail,
            dedupe_key=self._key(placed),
            order_id=placed.id,
        )
