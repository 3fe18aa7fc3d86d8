from odoo import models

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
            "method": payment.method or order.payment_method,
            "method_name": payment.method_name or order.payment_method_name,
            "amount": float(payment.amount),
            "currency_id": currency.id,
            "paid_at": naive(payment.paid_at),
        }

    # ----------------------------------------------------------------- refunds
    def _attach_refunds(self, batch, placed):
        values = [
            self._prepare_refund(batch, refund, order, placed[external_id])
            for external_id, order in batch.orders.items()
            for refund in order.refunds
        ]
        if values:
            self.env["ecom.refund"].create(values)

    def _prepare_refund(self, batch, refund, order, placed):
        lines = {line.ecom_external_id: line.id for line in placed.order_line}
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
                (
                    0,
                    0,
                    {
                        "external_id": line.external_id,
                        "order_line_id": lines.get(line.line_id, False),
                        "quantity": float(line.quantity),
                        "amount": float(line.amount),
                        "tax_amount": float(sum(tax.amount for tax in line.taxes)),
                    },
                )
                for line in refund.lines
            ],
        }
