from odoo import fields, models


class EcomFlowRefund(models.AbstractModel):
    """Money that goes back to buyers: what the channel gave back, and what we still owe.

    A cancelled order whose money was taken in leaves a pending refund of ours, until the channel says that it was given
    back; then it is the same refund, under the channel's name.
    """

    _name = "ecom.flow.refund"
    _description = "E-commerce: refund"

    def _reckon(self, orders):
        """What cancelled orders owe their buyers. Doing it twice owes nothing more."""
        for order in orders:
            owed = order.currency_id.round(self._received(order) - self._given_back(order))
            pending = order.ecom_refund_ids.filtered(self._is_ours)
            if order.currency_id.compare_amounts(owed, 0.0) <= 0:
                pending.write({"state": "done", "refunded_at": fields.Datetime.now()})
            elif not pending:
                self.env["ecom.refund"].create(self._prepare_refund(order, owed))
            elif order.currency_id.compare_amounts(pending.amount, owed):
                pending.write({"amount": owed, "line_ids": [fields.Command.clear()]})

    @staticmethod
    def _is_ours(refund):
        return refund.state == "pending" and not refund.external_id

    @staticmethod
    def _received(order):
        done = order.ecom_payment_ids.filtered(lambda payment: payment.state == "done" and payment.kind == "capture")
        return sum(done.mapped("amount"))

    def _given_back(self, order):
        """By the payments, or by the refunds: a channel states one of them or both."""
        paid = order.ecom_payment_ids.filtered(lambda payment: payment.kind == "refund" and payment.state != "failed")
        stated = order.ecom_refund_ids.filtered(lambda refund: refund.state != "failed" and not self._is_ours(refund))
        return max(sum(paid.mapped("amount")), sum(stated.mapped("amount")))

    def _prepare_refund(self, order, amount):
        """Values of what we owe for a cancelled order; a hook."""
        whole = not order.currency_id.compare_amounts(amount, order.amount_total)
        lines = order.order_line.filtered(lambda line: line.product_uom_qty and not line.display_type)
        return {
            "channel_id": order.ecom_channel_id.id,
            "order_id": order.id,
            "state": "pending",
            "amount": amount,
            "currency_id": order.currency_id.id,
            "reason": self.env._("Order cancelled"),
            "line_ids": [fields.Command.create(self._prepare_line(line)) for line in lines if whole],
        }

    @staticmethod
    def _prepare_line(line):
        return {
            "order_line_id": line.id,
            "quantity": line.product_uom_qty,
            "amount": line.currency_id.round(line.price_subtotal),
            "tax_amount": line.currency_id.round(line.price_tax),
        }

    def _adopt(self, values_list):
        """The channel now names a refund that we knew was owed: it is that one. Returns the others, which are new."""
        new = []
        for values in values_list:
            order = self.env["sale.order"].browse(values["order_id"])
            same = order.ecom_refund_ids.filtered(self._is_ours).filtered(
                lambda refund, amount=values["amount"]: not refund.currency_id.compare_amounts(refund.amount, amount)
            )
            if same:
                if values.get("line_ids"):
                    same[0].line_ids.unlink()
                same[0].write(values)
            else:
                new.append(values)
        return new
