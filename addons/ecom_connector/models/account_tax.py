from decimal import Decimal

from odoo import api, models

from ..rules.stated import Stated

# Odoo keeps stated amounts only on lines that carry a tax; this key, no tax's id, makes it keep those of untaxed ones.
UNTAXED = "0"
# What the channel took off, in `extra_tax_data`; also tells the channel's stated amounts from Odoo's own.
DISCOUNT = "ecom_discount"


class AccountTax(models.Model):
    _inherit = "account.tax"

    @api.model
    def _ecom_state(self, currency, stated, *, price_unit, discount, quantity):
        """`extra_tax_data` of a line whose amounts are stated: Odoo's tax engine takes them over instead of its own,
        as long as nobody changes the line's price, discount or taxes, or raises its quantity.

        `stated`: rules.stated.Stated in whole units of `currency`; `discount` in percent.
        """
        taxes, base = {}, stated.net
        for tax, amount in sorted(stated.taxes.items(), key=lambda share: (share[0].sequence, share[0].id)):
            taxes[str(tax.id)] = {
                "base_amount_currency": float(base if tax.is_base_affected else stated.net),
                "tax_amount_currency": float(amount),
            }
            if tax.include_base_amount:
                base += amount
        return {
            "currency_id": currency.id,
            "price_unit": price_unit,
            "discount": discount,
            "quantity": quantity,
            "manual_total_excluded_currency": float(stated.net),
            "manual_tax_amounts": taxes or {UNTAXED: {}},
            DISCOUNT: float(stated.discount),
        }

    @api.model
    def _ecom_stated(self, data):
        """The `Stated` in a line's `extra_tax_data`, None where the channel stated nothing."""
        if not data or DISCOUNT not in data:
            return None
        taxes = {
            self.browse(int(tax_id)): Decimal(str(amounts["tax_amount_currency"]))
            for tax_id, amounts in data["manual_tax_amounts"].items()
            if amounts
        }
        return Stated(Decimal(str(data["manual_total_excluded_currency"])), Decimal(str(data[DISCOUNT])), taxes)

    @api.model
    def _import_base_line_extra_tax_data(self, base_line, extra_tax_data):
        """Odoo drops stated amounts at any other quantity. A part of what was stated is charged in proportion."""
        if extra_tax_data and DISCOUNT in extra_tax_data:
            extra_tax_data = self._ecom_at_quantity(extra_tax_data, base_line["quantity"], base_line["currency_id"])
        return super()._import_base_line_extra_tax_data(base_line, extra_tax_data)

    @api.model
    def _reverse_quantity_base_line_extra_tax_data(self, extra_tax_data):
        """An invoice below zero becomes a credit note: the discount turns with the other amounts."""
        turned = super()._reverse_quantity_base_line_extra_tax_data(extra_tax_data)
        if turned and turned.get(DISCOUNT):
            turned[DISCOUNT] *= -1
        return turned

    @api.model
    def _ecom_at_quantity(self, data, quantity, currency):
        """Stated `extra_tax_data` for a part of its quantity; as it is for anything else."""
        whole = data["quantity"]
        if not whole or whole == quantity or not 0 < quantity / whole < 1:
            return data
        return self._ecom_state(
            currency,
            self._ecom_stated(data).part(*map(self._ecom_exact, (quantity, whole)), self._ecom_unit(currency)),
            price_unit=data["price_unit"],
            discount=data["discount"],
            quantity=quantity,
        )

    @api.model
    def _ecom_discount(self, data, quantity, currency):
        """What the channel took off a line of that quantity; nothing where Odoo computes the line itself."""
        if not data or DISCOUNT not in data:
            return 0.0
        data = self._ecom_at_quantity(data, quantity, currency)
        return data[DISCOUNT] if data["quantity"] == quantity else 0.0

    @api.model
    def _ecom_unit(self, currency):
        return Decimal(1).scaleb(-currency.decimal_places)

    @api.model
    def _ecom_exact(self, number):
        """A float of the database as the decimal that it stands for."""
        return Decimal(str(number))
