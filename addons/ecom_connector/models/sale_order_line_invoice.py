from odoo import models


class SaleOrderLine(models.Model):
    """What the channel stated for the line, shared out over its invoices so that they add up to it."""

    _inherit = "sale.order.line"

    def _prepare_invoice_line(self, **optional_values):
        values = super()._prepare_invoice_line(**optional_values)
        if self.ecom_external_id and not self.is_downpayment:
            values["extra_tax_data"] = self._ecom_invoice_amounts(values["quantity"])
        return values

    def _ecom_invoice_amounts(self, quantity):
        """`extra_tax_data` of an invoice line for `quantity`; None where the amounts are Odoo's to compute: somebody
        changed the order line, or more goes out than was ordered."""
        engine = self.env["account.tax"]
        stated, whole = self._ecom_to_share(quantity)
        if stated is None or self.product_uom_id.is_zero(whole):
            return None
        part, whole = engine._ecom_exact(quantity), engine._ecom_exact(whole)
        return engine._ecom_state(
            self.currency_id,
            stated.part(part, whole, engine._ecom_unit(self.currency_id)),
            price_unit=self.price_unit,
            discount=self.discount,
            quantity=quantity,
        )

    def _ecom_to_share(self, quantity):
        """(`Stated`, its quantity) that an invoice or, below zero, a credit note for `quantity` is a part of."""
        left, invoiced = self.product_uom_qty - self.qty_invoiced, self.qty_invoiced
        if quantity < 0 and self.product_uom_id.compare(quantity, -invoiced) == 0:
            return self._ecom_invoiced(), invoiced
        if not self._prepare_base_line_for_taxes_computation()["manual_tax_amounts"]:
            return None, 0.0
        if quantity < 0 and self.product_uom_id.compare(quantity, left) != 0:
            return self._ecom_invoiced(), invoiced
        if self.product_uom_id.compare(quantity, left) > 0:
            return None, 0.0
        # Of a line that was reduced, what stays invoiced is what is stated now.
        engine = self.env["account.tax"]
        data = engine._ecom_at_quantity(self.extra_tax_data, self.product_uom_qty, self.currency_id)
        return engine._ecom_stated(data).minus(self._ecom_invoiced()), left

    def _ecom_invoiced(self):
        """`Stated`: all invoices less credit notes of this line so far."""
        return self.sudo().invoice_lines.filtered(lambda line: line.move_id.state != "cancel")._ecom_amounts()
