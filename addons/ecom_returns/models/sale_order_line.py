from odoo import api, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.depends("invoice_lines.move_id.state", "invoice_lines.ecom_return_line_id")
    def _compute_qty_to_invoice(self):
        """What was returned and credited is not to be invoiced again, as Odoo has it where one invoices what was
        ordered."""
        result = super()._compute_qty_to_invoice()
        for line in self.filtered(lambda line: line.qty_to_invoice > 0 and line.product_id.invoice_policy == "order"):
            credits = line.invoice_lines.filtered(
                lambda credit: credit.ecom_return_line_id and credit.move_id.state != "cancel"
            )
            back = sum(
                credit.product_uom_id._compute_quantity(credit.quantity, line.product_uom_id) for credit in credits
            )
            if back:
                line.qty_to_invoice = max(line.qty_to_invoice - back, 0.0)
        return result
