from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_amount, html2plaintext

LONGEST = 300  # characters of a note: the whole of it stands in the chatter


class SaleOrder(models.Model):
    """The road of an order: everything that happened to it, for whoever has its buyer on the phone."""

    _inherit = "sale.order"

    def ecom_road(self):
        """[{at, kind, title, detail, tone, link}], newest first; `at` in UTC, `link` a (model, id) this user may open.

        Gathered with all rights, so that a salesperson sees what the channel said without reading its messages; what
        came in raw is no part of it.
        """
        if not self.env.user._is_internal():
            raise AccessError(self.env._("Only your own people see the road of an order."))
        self.check_access("read")
        self.ensure_one()
        road = self.env["ecom.road"]
        entries = [entry for source in road._sources() for entry in getattr(road, source)(self.sudo())]
        openable = {model: self.env[model].has_access("read") for model in {entry["model"] for entry in entries} - {""}}
        return [road._shown(entry, openable) for entry in sorted(entries, key=lambda entry: entry["at"], reverse=True)]


class EcomRoad(models.AbstractModel):
    """What a road is made of, one method a source, one or two queries each."""

    _name = "ecom.road"
    _description = "Road of an Order"

    def _sources(self):
        """Names of the methods that tell entries of an order; a hook for other add-ons."""
        return [
            "_from_order",
            "_from_notes",
            "_from_messages",
            "_from_exceptions",
            "_from_parcels",
            "_from_deliveries",
            "_from_documents",
            "_from_money",
        ]

    def _entry(self, at, kind, title, detail="", tone="", record=None):
        """`tone`: "", "muted", "success", "warning" or "danger"."""
        return {
            "at": at,
            "kind": kind,
            "title": title,
            "detail": detail or "",
            "tone": tone,
            "model": record._name if record else "",
            "id": record.id if record else 0,
        }

    @staticmethod
    def _shown(entry, openable):
        link = openable.get(entry["model"]) and {"model": entry["model"], "id": entry["id"]}
        shown = {name: entry[name] for name in ("kind", "title", "detail", "tone")}
        return {**shown, "at": fields.Datetime.to_string(entry["at"]), "link": link or False}

    def _label(self, record, name):
        return dict(record._fields[name]._description_selection(self.env)).get(record[name], "")

    # ----------------------------------------------------------------- sources
    def _from_order(self, order):
        if order.ecom_placed_at:
            title = self.env._("Placed on %(channel)s", channel=order.ecom_channel_id.name)
            yield self._entry(order.ecom_placed_at, "order", title, order.ecom_note)
        yield self._entry(order.create_date, "order", self.env._("Taken over here as %(name)s", name=order.name))

    def _from_notes(self, order):
        """What people and Odoo wrote on the order, and who confirmed or cancelled it."""
        states = self.env["ir.model.fields"]._get("sale.order", "state")
        for message in order.message_ids:
            said = html2plaintext(message.body or "").strip()[:LONGEST]
            steps = message.tracking_value_ids.filtered(lambda value: value.field_id == states)
            for step in steps:
                title = self.env._("%(before)s → %(after)s", before=step.old_value_char, after=step.new_value_char)
                yield self._entry(message.date, "order", title, message.author_id.name)
            if said:
                yield self._entry(message.date, "note", message.author_id.name or self.env._("Note"), said)

    def _from_messages(self, order):
        tones = {"failed": "danger", "waiting": "warning", "superseded": "muted", "ignored": "muted"}
        for message in order.ecom_message_ids:
            words = {"topic": self._label(message, "topic"), "state": self._label(message, "state")}
            if message.direction == "in":
                title = self.env._("From the channel: %(topic)s (%(state)s)", **words)
            else:
                title = self.env._("To the channel: %(topic)s (%(state)s)", **words)
            at = message.done_at if message.direction == "out" and message.done_at else message.create_date
            detail = message.problem if message.state in ("failed", "waiting") else message.ignore_reason
            yield self._entry(at, "message", title, detail, tones.get(message.state, ""), message)

    def _from_exceptions(self, order):
        for exception in order.ecom_exception_ids:
            tone = "danger" if exception.state == "open" else ""
            yield self._entry(exception.create_date, "decision", exception.name, exception.detail, tone, exception)
            if exception.decided_at:
                title = self.env._("Decided by %(who)s", who=exception.decided_by.name)
                yield self._entry(exception.decided_at, "decision", title, exception.decision, "success", exception)

    def _from_parcels(self, order):
        for parcel in order.ecom_shipment_ids.filtered("shipped_at"):
            carrier = parcel.carrier_name or parcel.carrier_id.name or ""
            title = self.env._("Parcel %(number)s left", number=parcel.tracking_number or parcel.parcel)
            if parcel.elsewhere:
                title = self.env._("Parcel %(number)s left elsewhere", number=parcel.tracking_number or parcel.parcel)
            inside = [f"{line.quantity:g} × {line.order_line_id.name}" for line in parcel.line_ids]
            yield self._entry(
                parcel.shipped_at, "parcel", title, "\n".join(filter(None, [carrier, *inside])), "success", parcel
            )
            if parcel.told_at:
                title = self.env._("The channel knows parcel %(number)s", number=parcel.display_name)
                yield self._entry(parcel.told_at, "parcel", title, record=parcel)

    def _from_deliveries(self, order):
        for picking in order.picking_ids:
            if picking.state == "done":
                title = self.env._("%(name)s is done", name=picking.name)
                yield self._entry(picking.date_done, "delivery", title, record=picking)
            else:
                title = self.env._("%(name)s: %(state)s", name=picking.name, state=self._label(picking, "state"))
                tone = "muted" if picking.state == "cancel" else ""
                yield self._entry(picking.create_date, "delivery", title, tone=tone, record=picking)

    def _from_documents(self, order):
        for move in order.invoice_ids:
            words = {
                "what": self._label(move, "move_type"),
                "name": move.name if move.name and move.name != "/" else "",
                "amount": format_amount(self.env, move.amount_total, move.currency_id),
                "state": self._label(move, "state"),
            }
            title = self.env._("%(what)s %(name)s of %(amount)s (%(state)s)", **words)
            yield self._entry(
                move.create_date, "document", title, tone="muted" if move.state == "cancel" else "", record=move
            )

    def _from_money(self, order):
        tones = {"pending": "warning", "failed": "danger"}
        for payment in order.ecom_payment_ids:
            amount = format_amount(self.env, payment.amount, payment.currency_id)
            kind, state = self._label(payment, "kind"), self._label(payment, "state")
            title = self.env._("%(kind)s: %(amount)s (%(state)s)", kind=kind, amount=amount, state=state)
            detail = " ".join(filter(None, (payment.method_name, payment.external_id)))
            at = payment.paid_at or payment.create_date
            yield self._entry(at, "money", title, detail, tones.get(payment.state, ""))
        for refund in order.ecom_refund_ids:
            amount = format_amount(self.env, refund.amount, refund.currency_id)
            title = self.env._("Refund: %(amount)s (%(state)s)", amount=amount, state=self._label(refund, "state"))
            at = refund.refunded_at or refund.create_date
            yield self._entry(at, "money", title, refund.reason, tones.get(refund.state, ""), refund)
