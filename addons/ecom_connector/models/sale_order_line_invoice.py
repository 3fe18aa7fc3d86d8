from collections import defaultdict
from decimal import Decimal

from odoo import models

from ..rules.apportion import quantise

ZERO = Decimal(0)


class SaleOrderLine(models.Model):
    """What the channel stated for the line, shared out over its invoices so that they add up to it.

    Odoo keeps stated amounts at the very same quantity only; an invoice for a part of it would be computed anew.
    """

    _inherit = "sale.order.line"

    def _prepare_invoice_line(self, **optional_values):
        values = super()._prepare_invoice_line(**optional_values)
        if self.ecom_external_id and self.extra_tax_data and not self.is_downpayment:
            values["extra_tax_data"] = self._ecom_invoice_amounts(values["quantity"])
        return values

    def _ecom_invoice_amounts(self, quantity):
        """`extra_tax_data` of an invoice line for `quantity`; None where the amounts are Odoo's to compute: somebody
        changed the order line, or more goes out than was ordered."""
        if not self._prepare_base_line_for_taxes_computation()["manual_tax_amounts"]:
            return None
        left = self.product_uom_qty - self.qty_invoiced
        net, taxes = self._ecom_invoiced()
        if quantity < 0 and self.product_uom_id.compare(quantity, left) == 0:
            # No longer ordered: what stays invoiced is what is stated now.
            part, whole = quantity, left
            net, taxes = self._ecom_left(net, taxes)
        elif quantity < 0:
            part, whole = quantity, self.qty_invoiced
        elif self.product_uom_id.compare(quantity, left) <= 0:
            part, whole = quantity, left
            net, taxes = self._ecom_left(net, taxes)
        else:
            return None
        if self.product_uom_id.is_zero(whole):
            return None
        return self.env["account.tax"]._ecom_stated_amounts(
            self.currency_id,
            self._ecom_part(net, part, whole),
            {tax: self._ecom_part(amount, part, whole) for tax, amount in taxes.items()},
            price_unit=self.price_unit,
            discount=self.discount,
            quantity=quantity,
        )

    def _ecom_left(self, net, taxes):
        """What is stated less what is invoiced."""
        net = Decimal(str(self.extra_tax_data["manual_total_excluded_currency"])) - net
        return net, {tax: self._ecom_stated_tax(tax) - taxes[tax] for tax in self._ecom_taxes()}

    def _ecom_taxes(self):
        return self.tax_ids.flatten_taxes_hierarchy()

    def _ecom_stated_tax(self, tax):
        return Decimal(str(self.extra_tax_data["manual_tax_amounts"][str(tax.id)]["tax_amount_currency"]))

    def _ecom_part(self, amount, part, whole):
        unit = Decimal(1).scaleb(-self.currency_id.decimal_places)
        return quantise(amount * Decimal(str(part)) / Decimal(str(whole)), unit)

    def _ecom_invoiced(self):
        """(net, {tax: amount}) on all invoices less credit notes of this line so far."""
        net, taxes = ZERO, defaultdict(Decimal)
        lines = self.sudo().invoice_lines.filtered(lambda line: line.move_id.state != "cancel")
        for move, invoiced in lines.grouped("move_id").items():
            sign = -1 if move.move_type == "out_refund" else 1
            for line in invoiced:
                base_line = move._prepare_product_base_line_for_taxes_computation(line)
                self.env["account.tax"]._add_tax_details_in_base_line(base_line, move.company_id)
                self.env["account.tax"]._round_base_lines_tax_details([base_line], move.company_id)
                details = base_line["tax_details"]
                net += sign * self._ecom_exact(details["total_excluded_currency"])
                for tax in details["taxes_data"]:
                    taxes[tax["tax"]] += sign * self._ecom_exact(tax["tax_amount_currency"])
        return net, taxes

    def _ecom_exact(self, amount):
        return Decimal(str(self.currency_id.round(amount)))
