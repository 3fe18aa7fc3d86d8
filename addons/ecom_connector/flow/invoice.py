import logging

from psycopg2 import OperationalError

from odoo import fields, models
from odoo.exceptions import UserError

from .place import QUIET

_logger = logging.getLogger(__name__)

INVOICES_AT_ONCE = 5  # about half a second of work


class EcomFlowInvoice(models.AbstractModel):
    """Invoice and payment as the channel's policy says.

    Bookkeeping takes longer than placing, and must not stop a delivery: what is due is marked in the transaction that
    makes it due, and worked off by the engine.
    """

    _name = "ecom.flow.invoice"
    _description = "E-commerce: invoice"

    def _mark_due(self, orders, event):
        """`event`: "order" for orders just confirmed, "delivery" for goods that just left, "payment" for money that
        came later."""
        orders = orders.sudo().filtered(lambda order: self._is_due(order, event))
        if orders:
            orders.write({"ecom_invoice_due": True})
            self.env["ecom.flow.run"]._wake()

    def _is_due(self, order, event):
        if event == "payment":
            return bool(self.env["ecom.flow.collect"]._uncollected(order))
        return order.ecom_channel_id.invoice_policy == event

    # ---------------------------------------------------------------- worked off
    def _invoice_due(self, channel, limit=INVOICES_AT_ONCE):
        """Invoice up to `limit` due orders of the channel, a bad one among them apart. Returns whether more wait."""
        self = self.with_company(channel.company_id).with_context(**QUIET)
        orders = self.env["sale.order"].search(
            [("ecom_channel_id", "=", channel.id), ("ecom_invoice_due", "=", True)], order="id", limit=limit
        )
        self._invoice_halved(orders)
        orders.write({"ecom_invoice_due": False})
        return len(orders) == limit

    def _invoice_halved(self, orders):
        try:
            with self.env.cr.savepoint():
                self._invoice(orders)
            return
        except OperationalError:
            raise
        except Exception as error:
            if len(orders) == 1:
                self._tell_failure(orders, error)
                return
        middle = len(orders) // 2
        self._invoice_halved(orders[:middle])
        self._invoice_halved(orders[middle:])

    def _tell_failure(self, order, error):
        said = str(error)
        if not isinstance(error, UserError):
            _logger.error("Order %s could not be invoiced", order.id, exc_info=error)
            said = self.env._("Something went wrong here: %(error)s", error=type(error).__name__)
        self.env["ecom.exception"]._open(
            order.ecom_channel_id,
            category="money",
            severity="2",
            name=self.env._("%(number)s could not be invoiced", number=order.ecom_number or order.name),
            detail=said,
            dedupe_key=self._key(order),
            order_id=order.id,
        )

    def _key(self, order):
        return f"invoice:{order.ecom_external_id}"

    # ----------------------------------------------------------------- invoices
    def _invoice(self, orders):
        """Invoice what is due of these orders now, post it, and book the money that was captured for them."""
        ready = orders.filtered(lambda order: order.ecom_channel_id.invoice_policy != "manual")
        for order in ready:
            self._set_quantities(order)
        ready = ready.filtered(lambda order: any(line.qty_to_invoice for line in order.order_line))
        if ready:
            # One invoice an order, never one for several orders of the same buyer.
            invoices = ready.with_context(raise_if_nothing_to_invoice=False)._create_invoices(grouped=True)
            invoices.write({"invoice_date": fields.Date.context_today(self)})
            invoices._post(soft=False)
        self.env["ecom.flow.collect"]._collect(orders)
        for channel, known in orders.grouped("ecom_channel_id").items():
            self.env["ecom.exception"]._solve(channel, [self._key(order) for order in known])

    def _set_quantities(self, order):
        """By the channel's policy, whatever each product says: all of it when ordered, or what has left; what is no
        goods goes with the first invoice."""
        shipped = order.ecom_channel_id.invoice_policy == "delivery"
        for line in order.order_line.filtered(lambda line: line.state == "sale" and not line.display_type):
            goods = line.qty_delivered_method == "stock_move"
            quantity = line.qty_delivered if shipped and goods else line.product_uom_qty
            line.qty_to_invoice = max(quantity - line.qty_invoiced - self._given_back(line), 0.0)
        if shipped and not any(
            line.qty_to_invoice or line.qty_invoiced
            for line in order.order_line
            if line.qty_delivered_method == "stock_move"
        ):
            order.order_line.qty_to_invoice = 0.0

    def _given_back(self, line):
        """What was credited by reversing an invoice: a refund, and for people to invoice again if it was a mistake."""
        credits = line.invoice_lines.filtered(
            lambda credit: credit.move_id.reversed_entry_id
            and credit.move_id.move_type == "out_refund"
            and credit.move_id.state != "cancel"
        )
        return sum(credit.product_uom_id._compute_quantity(credit.quantity, line.product_uom_id) for credit in credits)
