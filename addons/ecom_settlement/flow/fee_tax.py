from dataclasses import replace
from decimal import Decimal

from odoo import Command, models

from ..matching.entry import Leg
from ..matching.line import ZERO


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
        own = {found.id: found for found in maps.values()}
        return [
            (day, [part for leg in legs for part in self._split_leg(settlement, day, leg, own)])
            for day, legs in entries
        ]

    def _split_leg(self, settlement, day, leg, own):
        found = own.get(leg.account) if leg.role == "account" else None
        tax = found and not found.bill_partner_id and found._tax_on(day)
        if not tax:
            return [leg]
        details = self._details(settlement, tax, leg, leg.amount - leg.charged)
        # A stated tax is one amount: of several parts, it cannot be told which it is.
        if leg.contained and len(details) != 1:
            details = self._details(settlement, tax, leg, leg.amount)
        amounts = [self._rounded(settlement, detail["amount"]) for detail in details]
        if leg.contained and len(details) == 1:
            amounts = [amounts[0] + leg.contained]
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
    def _details(settlement, tax, leg, amount):
        """What Odoo makes of an amount that contains the tax."""
        taxes = tax.with_context(force_price_include=True)
        return taxes.compute_all(float(amount), currency=settlement.currency_id, is_refund=leg.amount < 0)["taxes"]

    @staticmethod
    def _rounded(settlement, amount):
        return Decimal(str(settlement.currency_id.round(amount))).quantize(
            Decimal(1).scaleb(-settlement.currency_id.decimal_places)
        )

    # ------------------------------------------------------------------- values
    def _prepare_base(self, leg):
        """What tells Odoo's tax report what the taxes are charged on."""
        tax = self.env["account.tax"].browse(leg.tax)
        parts = tax.refund_repartition_line_ids if leg.amount < 0 else tax.invoice_repartition_line_ids
        tags = parts.filtered(lambda part: part.repartition_type == "base").tag_ids
        return {"tax_ids": [Command.set(tax.ids)], "tax_tag_ids": [Command.set(tags.ids)]}

    def _prepare_tax(self, draft, leg):
        """(account, values) of a tax; one without an account of its own is part of the cost. A hook."""
        part = self.env["account.tax.repartition.line"].browse(leg.tax)
        return part.account_id or draft.own[leg.account].account_id, {
            "ecom_settlement_role": "tax",
            "tax_repartition_line_id": part.id,
            "tax_tag_ids": [Command.set(part.tag_ids.ids)],
            "tax_base_amount": abs(draft.worth(float(leg.base))),
        }


class EcomFlowPlan(models.AbstractModel):
    _inherit = "ecom.flow.plan"

    def _plan(self, settlement):
        clearing, maps, entries = super()._plan(settlement)
        return clearing, maps, self.env["ecom.flow.fee.tax"]._split(settlement, maps, entries)
