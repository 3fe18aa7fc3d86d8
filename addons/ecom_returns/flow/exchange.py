from odoo import Command, models
from odoo.exceptions import UserError

from ..policy.exchange import difference
from ..policy.shares import ZERO
from .allot import exact

COMING = ("awaiting", "in_transit")


class EcomFlowReturnExchange(models.AbstractModel):
    """Goods instead of money: a return and the order that replaces it.

    The replacement is an order like any other. It stays a quotation, and reserves nothing, until the goods are here (or
    it was agreed to send it in advance) and the buyer paid what it costs more: core's own payment link confirms it. The
    credit note of what came back pays the rest of its invoice; what is left of the credit is paid back.
    """

    _name = "ecom.flow.return.exchange"
    _description = "E-commerce: exchange returned goods"

    def _exchange(self, record, wanted, in_advance=False):
        """The replacement. `wanted`: [(product, units in its own unit)]. All lines that can still be exchanged are.

        UserError where nothing is left to exchange, or in advance where the policy allows none.
        """
        lines = record.line_ids.filtered(lambda line: line._is_exchangeable)
        if not lines or not wanted:
            raise UserError(self.env._("Nothing of this return is left to exchange."))
        if len(lines.order_id.currency_id) > 1:
            raise UserError(self.env._("Orders in several currencies are not exchanged for one."))
        if in_advance and not record.policy_id.advance_days:
            raise UserError(self.env._("The policy sends nothing before the goods are back."))
        lines.resolution = "exchange"
        order = self.env["sale.order"].create(self._prepare_order(record, lines, wanted, in_advance))
        self._release(record)
        return order

    def _start(self, records):
        """What buyers chose on their page becomes the replacement as soon as their return is agreed to. A present waits
        for a person: its replacement goes to whoever got it, not to the address of the order."""
        asked = records.filtered(lambda record: record.by_buyer and record.wish == "exchange" and not record.is_gift)
        for record in asked.sudo().filtered(lambda record: not record.replacement_ids):
            lines = record.line_ids.filtered(lambda line: line._is_exchangeable)
            if lines and all(line.swap_product_id for line in lines):
                swaps = lines.grouped("swap_product_id").items()
                self._exchange(record, [(product, sum(group.mapped("quantity"))) for product, group in swaps])

    # ------------------------------------------------------------------- order
    def _prepare_order(self, record, lines, wanted, in_advance):
        """Values of the replacement: for whom, from where and in which currency the first was sold. A hook."""
        sold = lines.order_id[:1]
        return {
            "partner_id": sold.partner_id.id,
            "partner_invoice_id": sold.partner_invoice_id.id,
            "partner_shipping_id": sold.partner_shipping_id.id,
            "company_id": sold.company_id.id,
            "warehouse_id": sold.warehouse_id.id,
            "pricelist_id": sold.pricelist_id.id,
            "currency_id": sold.currency_id.id,
            "fiscal_position_id": sold.fiscal_position_id.id,
            "payment_term_id": sold.payment_term_id.id,
            "user_id": sold.user_id.id,
            "team_id": sold.team_id.id,
            "origin": record.name,
            "ecom_replaces_id": record.id,
            "ecom_in_advance": in_advance,
            "require_signature": False,
            "require_payment": True,
            "prepayment_percent": 1.0,
            "order_line": [Command.create(self._prepare_order_line(lines, *article)) for article in wanted],
        }

    def _prepare_order_line(self, lines, product, quantity):
        """Values of a line: the same article at the price that was paid for it, another at today's. A hook."""
        values = {"product_id": product.id, "product_uom_id": product.uom_id.id, "product_uom_qty": quantity}
        same = lines.order_line_id.filtered(lambda line: line.product_id == product)[:1]
        if same:
            price = same.product_uom_id._compute_price(same.price_unit, product.uom_id)
            values |= {"price_unit": price, "discount": same.discount, "tax_ids": [Command.set(same.tax_ids.ids)]}
        return values

    # ------------------------------------------------------------------- money
    def _worth(self, record):
        """What the exchanged goods bring, with tax: as credited, else as it will be, else as it was sold."""
        lines = record.sudo().line_ids.filtered(lambda line: line.resolution == "exchange" and line._is_still_due)
        credited = lines.filtered(lambda line: line._credits)
        found = sum((self._credited(note, credited) for note in credited._credits.move_id), ZERO)
        reckon = self.env["ecom.flow.return.reckon"]
        charged = (lines - credited).filtered(lambda line: reckon._invoices(line))
        if charged:
            found += sum((part.refund.total for part in reckon._reckon(charged)), ZERO)
        return found + sum((exact(line.value) for line in lines - credited - charged), ZERO)

    @staticmethod
    def _credited(note, lines):
        """What these lines brought by a credit note; all of it, less what was kept back, where it has no others."""
        if note.invoice_line_ids.ecom_return_line_id <= lines:
            return exact(note.amount_total)
        own = note.invoice_line_ids.filtered(lambda line: line.ecom_return_line_id in lines)
        return sum((exact(line.price_total) for line in own), ZERO)

    def _due(self, order):
        """What the buyer pays for this replacement, as a float of its currency; below zero he gets it back."""
        record = order.ecom_replaces_id
        others = record.replacement_ids.filtered(lambda other: other.state != "cancel" and other.id < order.id)
        worth = self._worth(record) - sum((exact(other.amount_total) for other in others), ZERO)
        return float(difference(new=exact(order.amount_total), credit=max(worth, ZERO)))

    # ----------------------------------------------------------------- release
    def _may_leave(self, order):
        """Whether the goods are back that it stands for, or it leaves before them."""
        record = order.sudo().ecom_replaces_id
        lines = record.line_ids.filtered(lambda line: line.resolution == "exchange")
        if record.authorisation != "approved":
            return False
        here = lines.filtered(lambda line: line.goods in ("received", "keep"))
        return order.ecom_in_advance or bool(here and not lines.filtered(lambda line: line.goods in COMING))

    def _release(self, records):
        """Confirm what may leave and is paid; write down what is still to be paid for the others, once."""
        for order in records.sudo().replacement_ids.filtered(lambda order: order.state in ("draft", "sent")):
            if not self._may_leave(order):
                continue
            if order._is_confirmation_amount_reached():
                order.action_confirm()
            elif order.state == "draft":
                order.state = "sent"
                order._message_log(body=self._pay_words(order))
                order.ecom_replaces_id.filtered(lambda record: not record.is_gift)._tell_buyer("payable")

    def _pay_words(self, order):
        amount = order.currency_id.format(order._get_prepayment_required_amount() - order.amount_paid)
        return self.env._(
            "The customer pays %(amount)s before it leaves: %(link)s", amount=amount, link=order._ecom_link()
        )

    # ------------------------------------------------------------------ settle
    def _invoice(self, records):
        """Invoices of replacements whose goods are credited: what is to be paid stands against what is given back."""
        orders = records.sudo().replacement_ids.filtered(
            lambda order: order.state == "sale" and order.invoice_status == "to invoice"
        )
        invoices = orders._create_invoices() if orders else self.env["account.move"]
        if invoices:
            invoices._post(soft=False)
        return invoices

    def _settle(self, records):
        """Credit notes of exchanges pay the invoices of their replacements."""
        for record in records.sudo():
            notes = record.line_ids.filtered(lambda line: line.resolution == "exchange")._credits.move_id
            invoices = record.replacement_ids.invoice_ids.filtered(lambda move: move.move_type == "out_invoice")
            open_lines = (
                (notes | invoices)
                .filtered(lambda move: move.state == "posted")
                .line_ids.filtered(lambda line: line.account_type == "asset_receivable" and not line.reconciled)
            )
            for group in open_lines.grouped(lambda line: (line.account_id, line.currency_id)).values():
                if len(group) > 1 and group.filtered("debit") and group.filtered("credit"):
                    group.reconcile()

    def _spent(self, record, backs):
        """What of these credits goes into replacements and is not paid back. `backs`: [(return line, amount)]"""
        orders = record.sudo().replacement_ids.filtered(lambda order: order.state != "cancel")
        exchanged = sum(amount for line, amount in backs if line.resolution == "exchange")
        lines = record.sudo().line_ids.filtered(lambda line: line.resolution == "exchange")
        before = sum((lines - lines.browse(line.id for line, _amount in backs))._credits.mapped("price_total"))
        wanted = sum(orders.mapped("amount_total")) - sum(orders.mapped("amount_paid")) - before
        return min(exchanged, max(wanted, 0.0))
