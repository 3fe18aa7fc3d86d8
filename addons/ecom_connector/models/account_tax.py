from odoo import api, models

# Odoo keeps stated amounts only on lines that carry a tax; this key, no tax's id, makes it keep those of untaxed ones.
UNTAXED = "0"


class AccountTax(models.Model):
    _inherit = "account.tax"

    @api.model
    def _ecom_stated_amounts(self, currency, net, shares, *, price_unit, discount, quantity):
        """`extra_tax_data` of a line whose amounts are stated: Odoo's tax engine takes them over instead of its own,
        as long as nobody changes the line's price, discount, quantity or taxes.

        `net` without tax, `shares`: {tax: amount}, Decimals in whole units of `currency`.
        """
        stated, base = {}, net
        for tax, amount in sorted(shares.items(), key=lambda share: (share[0].sequence, share[0].id)):
            stated[str(tax.id)] = {
                "base_amount_currency": float(base if tax.is_base_affected else net),
                "tax_amount_currency": float(amount),
            }
            if tax.include_base_amount:
                base += amount
        return {
            "currency_id": currency.id,
            "price_unit": price_unit,
            "discount": discount,
            "quantity": quantity,
            "manual_total_excluded_currency": float(net),
            "manual_tax_amounts": stated or {UNTAXED: {}},
        }
