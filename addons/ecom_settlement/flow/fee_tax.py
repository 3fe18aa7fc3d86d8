from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from odoo import Command, models

from ..matching.entry import Leg
from ..matching.line import ORDER, ZERO


class EcomFlowFeeTax(models.AbstractModel):
    """What was charged, taxes included -> what it cost and the taxes in it, as the mapping of each kind says.

    A tax that the report states is booked as stated; the rest is worked out by Odoo's own tax engine, so that reverse
    charge (both sides, zero in sum) and taxes of several parts come out as on a bill.
    """

    _name = "ecom.flow.fee.tax"
    _description = "E-commerce: taxes in fees"

    def _split(self, settlement, maps, entries):
        """[(day, legs)] with the taxes as legs of their own; each entry comes to the same as before."""
        if not any(found.tax_id or found.tax_before_id for found in maps.values()):
            return entries
        stated = self._stated(settlement, maps)
        return [
            (day, [part for leg in legs for part in self._split_leg(settlement, day, leg, stated)])
            for day, legs in entries
        ]

    def _split_leg(self, settlement, day, leg, stated):
        found = self.env["ecom.settlement.map"].browse(leg.account if leg.role == "account" else ())
        tax = found._tax_on(day)
        if not tax or found.bill_partner_id:
            return [leg]
        charged, contained = stated.get((found.id, day.year, day.month), (ZERO, ZERO))
        details = tax.with_context(force_price_include=True).compute_all(
            float(leg.amount - charged), currency=settlement.currency_id
        )["taxes"]
        amounts = [self._rounded(settlement, detail["amount"]) for detail in details]
        if contained and len(details) == 1:
            amounts = [amounts[0] + contained]
        base = replace(leg, amount=leg.amount - sum(amounts, ZERO), tax=tax.id)
        taxes = [
            Leg(
                role="tax",
                amount=amount,
                account=leg.account,
                label=detail["name"],
                tax=detail["tax_repartition_line_id"],
                base=base.amount,
            )
            for amount, detail in zip(amounts, details, strict=True)
            if amount
        ]
        return [base, *taxes]

    @staticmethod
    def _rounded(settlement, amount):
        return Decimal(str(settlement.currency_id.round(amount))).quantize(
            Decimal(1).scaleb(-settlement.currency_id.decimal_places)
        )

    def _stated(self, settlement, maps):
        """{(mapping id, year, month): (what was charged, the tax in it)} of the lines whose report states a tax."""
        sums = defaultdict(lambda: (ZERO, ZERO))
        for record in settlement.line_ids.filtered("tax"):
            line = self.env["ecom.flow.explain"]._line(record)
            plan = self.env["ecom.flow.plan"]
            found = maps.get("payment_fee") if line.family in ORDER else plan._map(maps, line, line.family)
            if line.fee:
                found = maps.get("payment_fee" if line.family in ORDER else line.family)
            if found:
                charged, contained = sums[found.id, line.day.year, line.day.month]
                cost = line.fee or -line.amount
                sums[found.id, line.day.year, line.day.month] = (
                    charged + cost,
                    contained + Decimal(str(record.tax)).copy_sign(cost),
                )
        return sums


class EcomFlowPlan(models.AbstractModel):
    _inherit = "ecom.flow.plan"

    def _plan(self, settlement):
        clearing, maps, entries = super()._plan(settlement)
        return clearing, maps, self.env["ecom.flow.fee.tax"]._split(settlement, maps, entries)


class EcomFlowBook(models.AbstractModel):
    _inherit = "ecom.flow.book"

    def _prepare_line(self, settlement, day, leg, clearing, maps, counterparts):
        values = super()._prepare_line(settlement, day, leg, clearing, maps, counterparts)
        if leg.role == "tax":
            return {**values, **self._prepare_tax(settlement, day, leg)}
        found = self.env["ecom.settlement.map"].browse(leg.account if leg.role == "account" else ())
        if found.bill_partner_id:
            # The vendor's bill has the cost and its taxes; here it is only paid.
            values["partner_id"] = found.bill_partner_id.commercial_partner_id.id
        elif leg.tax:
            tax = self.env["account.tax"].browse(leg.tax)
            tags = tax.invoice_repartition_line_ids.filtered(lambda part: part.repartition_type == "base").tag_ids
            values |= {"tax_ids": [Command.set(tax.ids)], "tax_tag_ids": [Command.set(tags.ids)]}
        return values

    def _prepare_tax(self, settlement, day, leg):
        """Account and place in the tax report; a tax without an account of its own is part of the cost. A hook."""
        company = settlement.company_id
        part = self.env["account.tax.repartition.line"].browse(leg.tax)
        return {
            "account_id": (part.account_id or self.env["ecom.settlement.map"].browse(leg.account).account_id).id,
            "name": leg.label,
            "tax_repartition_line_id": part.id,
            "tax_tag_ids": [Command.set(part.tag_ids.ids)],
            "tax_base_amount": settlement.currency_id._convert(abs(float(leg.base)), company.currency_id, company, day),
        }
