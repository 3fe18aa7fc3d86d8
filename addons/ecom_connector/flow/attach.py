from odoo import fields, models

from .batch import naive


class EcomFlowAttach(models.AbstractModel):
    """What an order brings along: its other names, its payments, its refunds."""

    _name = "ecom.flow.attach"
    _description = "E-commerce: attach"

    def _attach(self, batch, placed):
        """One create a model for the whole batch. `placed`: {order external id: new sale.order}."""
        references, payments = [], []
        for external_id, order in batch.orders.items():
            references += self._prepare_references(batch, order, placed[external_id])
            payments += [
                self._prepare_payment(batch, payment, order, placed[external_id]) for payment in order.payments
            ]
        self.env["ecom.order.reference"].create(references)
        self.env["ecom.order.payment"].create(payments)
        self._attach_refunds(batch, placed)
        self.env["ecom.flow.elsewhere"]._record(batch, placed)

    def _prepare_references(self, batch, order, placed):
        """A name that is given twice counts once."""
        return [
            {"order_id": placed.id, "channel_id": batch.channel.id, "kind": kind, "value": value}
            for kind, value in dict.fromkeys(order.references)
            if value
        ]

    def _prepare_payment(self, batch, payment, order, placed):
        mapping = batch.payments.get(payment.method or order.payment_method)
        currency = batch.currencies.get(payment.currency) or batch.currencies[order.currency]
        return {
            "channel_id": batch.channel.id,
            "order_id": placed.id,
            "provider_id": mapping.provider_id.id if mapping else False,
            "external_id": payment.external_id,
            "kind": payment.kind,
            "state": payment.state,
            "tender": payment.tender,
            "method": payment.method or order.payment_method,
            "method_name": payment.method_name or order.payment_method_name,
            "amount": float(payment.amount),
            "currency_id": currency.id,
            "paid_at": naive(payment.paid_at),
        }

    # -------------------------------------------------------------------- later
    def _renew(self, batch, placed):
        """What a later version adds or changes: new names, payments and refunds, and the state of known ones."""
        references, payments, refunds = [], [], []
        for external_id, order in batch.orders.items():
            known = placed[external_id]
            names = {(reference.kind, reference.value) for reference in known.ecom_reference_ids}
            references += [
                values
                for values in self._prepare_references(batch, order, known)
                if (values["kind"], values["value"]) not in names
            ]
            payments += [self._prepare_payment(batch, payment, order, known) for payment in order.payments]
            refunds += [self._prepare_refund(batch, refund, order, known) for refund in order.refunds]
        self.env["ecom.order.reference"].create(references)
        self._renew_records(batch, "ecom.order.payment", payments)
        self._renew_records(batch, "ecom.refund", refunds)
        if refunds:
            named = self.env["sale.order"].browse({values["order_id"] for values in refunds})
            self.env["ecom.flow.withhold"]._withhold(named)
        self.env["ecom.flow.elsewhere"]._record(batch, placed)
        orders = self.env["sale.order"].concat(*(placed[external_id] for external_id in batch.orders))
        if payments:
            self.env["ecom.flow.invoice"]._mark_due(orders, "payment")

    def _renew_records(self, batch, model, values_list):
        """Create what is new by its external id, write what differs; what an order no longer names stays."""
        if not values_list:
            return
        ids = [values["external_id"] for values in values_list]
        found = self.env[model].search([("channel_id", "=", batch.channel.id), ("external_id", "in", ids)])
        known = {record.external_id: record for record in found}
        new = []
        for values in values_list:
            record = known.get(values["external_id"])
            if record:
                self._renew_record(record, values)
            else:
                new.append(values)
        if model == "ecom.refund":
            new = self.env["ecom.flow.refund"]._adopt(new)
        self.env[model].create(new)

    def _renew_record(self, record, values):
        """The state moves; the amount of what was booked here does not."""
        names = ("state", "kind", "amount", "reason")
        if record._name == "ecom.order.payment" and record.payment_id:
            names = ("state", "kind")
        different = {name: values[name] for name in names if name in values and (record[name] or "") != values[name]}
        if different:
            record.write(different)

    # ----------------------------------------------------------------- refunds
    def _attach_refunds(self, batch, placed):
        values = [
            self._prepare_refund(batch, refund, order, placed[external_id])
            for external_id, order in batch.orders.items()
            for refund in order.refunds
        ]
        if values:
            self.env["ecom.flow.withhold"]._withhold(self.env["ecom.refund"].create(values).order_id)

    def _prepare_refund(self, batch, refund, order, placed):
        lines = {line.ecom_external_id: line for line in placed.order_line}
        return {
            "channel_id": batch.channel.id,
            "order_id": placed.id,
            "external_id": refund.external_id,
            "state": refund.state,
            "amount": float(refund.amount),
            "currency_id": batch.currencies[order.currency].id,
            "reason": refund.reason,
            "refunded_at": naive(refund.created_at),
            "line_ids": [
                fields.Command.create(self._prepare_refund_line(line, lines.get(line.line_id))) for line in refund.lines
            ],
        }

    def _prepare_refund_line(self, line, order_line):
        """Quantity in units of the order line, as everywhere here; the channel counts in units of the listing."""
        units = order_line.ecom_listing_id.units if order_line and order_line.ecom_listing_id else 1.0
        return {
            "external_id": line.external_id,
            "order_line_id": order_line.id if order_line else False,
            "name": line.name or False,
            "quantity": float(line.quantity) * units,
            "still_ordered": line.still_ordered,
            "amount": float(line.amount),
            "tax_amount": float(sum(tax.amount for tax in line.taxes)),
        }
