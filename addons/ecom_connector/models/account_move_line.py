from odoo import api, fields, models

from ..rules.stated import Stated


class AccountMoveLine(models.Model):
    """Credit notes of amounts that a channel stated: whatever is credited in parts adds up to what was invoiced.

    A line that is credited whole takes its amounts over, Odoo does that. One credited in parts takes its share of what
    the credit notes before it have left; the last part brings the rest, to the cent.
    """

    _inherit = "account.move.line"

    ecom_discount = fields.Monetary(
        string="Discount on the Channel", compute="_compute_ecom_discount", currency_field="currency_id"
    )

    @api.depends("extra_tax_data", "quantity", "currency_id")
    def _compute_ecom_discount(self):
        engine = self.env["account.tax"]
        for line in self:
            line.ecom_discount = engine._ecom_discount(line.extra_tax_data, line.quantity, line.currency_id)

    def write(self, vals):
        if "quantity" in vals and "extra_tax_data" not in vals:
            for line in self.filtered(lambda line: line._ecom_is_credit()):
                line._ecom_restate()
        return super().write(vals)

    def _ecom_is_credit(self):
        """Whether it credits amounts that a channel stated, and may still be changed."""
        if not self.extra_tax_data or self.move_id.state != "draft" or not self.move_id.reversed_entry_id:
            return False
        return self.env["account.tax"]._ecom_stated(self.extra_tax_data) is not None

    def _ecom_restate(self):
        """Write down what is left to credit of the line that this one reverses, for any part of it."""
        origin = self.move_id.reversed_entry_id.invoice_line_ids.filtered(self._ecom_is_same)
        others = self.move_id.reversed_entry_id.reversal_move_ids.invoice_line_ids - self
        credited = others.filtered(lambda line: self._ecom_is_same(line) and line.move_id.state != "cancel")
        left = sum(origin.mapped("quantity")) - sum(credited.mapped("quantity"))
        if left <= 0:
            return
        self.extra_tax_data = self.env["account.tax"]._ecom_state(
            self.currency_id,
            (origin | credited)._ecom_amounts(),
            price_unit=self.price_unit,
            discount=self.discount,
            quantity=left,
        )

    def _ecom_is_same(self, line):
        """Whether that line stands for the same line of the same order."""
        return bool(line.sale_line_ids) and line.sale_line_ids == self.sale_line_ids

    def _ecom_amounts(self):
        """`Stated` of these lines together, invoices less credit notes, in whole units of their currency."""
        whole = Stated()
        for line in self:
            whole = whole.plus(line._ecom_booked(), sign=-1 if line.move_id.move_type == "out_refund" else 1)
        return whole

    def _ecom_booked(self):
        """`Stated` of this line as its document charges or credits it, whoever computed it."""
        engine, company = self.env["account.tax"], self.move_id.company_id
        base_line = self.move_id._prepare_product_base_line_for_taxes_computation(self)
        engine._add_tax_details_in_base_line(base_line, company)
        engine._round_base_lines_tax_details([base_line], company)
        details = base_line["tax_details"]

        def exact(amount):
            return engine._ecom_exact(self.currency_id.round(amount))

        taxes = {}
        for share in details["taxes_data"]:
            taxes[share["tax"]] = taxes.get(share["tax"], 0) + exact(share["tax_amount_currency"])
        return Stated(exact(details["total_excluded_currency"]), exact(self.ecom_discount), taxes)
