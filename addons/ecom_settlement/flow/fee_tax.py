from dataclasses import replace
from decimal import Decimal

from odoo import Command, models
from odoo.addons.ecom_connector.rules.apportion import apportion

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
        details, amounts = self._amounts(settlement, tax, leg)
        base = replace(leg, amount=leg.amount - sum(amounts, ZERO), tax=tax.id)
        # Rounding, and what the report states, leave another base than the rate gives.
        shift = sum((self._exact(one["amount"]) for one in details), ZERO) - sum(amounts, ZERO)
        taxes = [
            Leg(
                role="tax",
                amount=amount,
                account=leg.account,
                label=detail["name"],
                tax=detail["tax_repartition_line_id"],
                base=self._rounded(settlement, self._exact(detail["base"]) + shift),
                group=detail["group"].id or 0,
                levied=tuple(detail["tax_ids"]),
            )
            for amount, detail in zip(amounts, details, strict=True)
            if amount
        ]
        return [base, *taxes]

    def _amounts(self, settlement, tax, leg):
        """(what Odoo makes of all of it, amounts of its parts: worked out, and as the report states them)."""
        is_refund = leg.amount < 0
        details = self._details(settlement, tax, leg.amount, is_refund)
        if not leg.contained:
            return details, [self._rounded(settlement, one["amount"]) for one in details]
        free = self._details(settlement, tax, leg.amount - leg.charged, is_refund)
        amounts = [self._rounded(settlement, one["amount"]) for one in free]
        told = self._shares(settlement, leg, self._details(settlement, tax, leg.charged, is_refund))
        return details, [one + other for one, other in zip(amounts, told, strict=True)]

    def _shares(self, settlement, leg, details):
        """What is stated is one amount: each part has its share of it. Reverse charge comes to nothing, whatever is
        stated; its sides are worked out."""
        amounts = [self._exact(one["amount"]) for one in details]
        total = sum(amounts, ZERO)
        if not total:
            return [self._rounded(settlement, amount) for amount in amounts]
        parts = [amount * leg.contained / total for amount in amounts]
        return apportion(leg.contained, parts, Decimal(1).scaleb(-settlement.currency_id.decimal_places))

    @staticmethod
    def _details(settlement, tax, amount, is_refund):
        """What Odoo makes of an amount that contains the tax."""
        taxes = tax.with_context(force_price_include=True)
        return taxes.compute_all(float(amount), currency=settlement.currency_id, is_refund=is_refund)["taxes"]

    @staticmethod
    def _exact(amount):
        return Decimal(str(amount))

    def _rounded(self, settlement, amount):
        return self._exact(settlement.currency_id.round(float(amount))).quantize(
            Decimal(1).scaleb(-settlement.currency_id.decimal_places)
        )

    # ------------------------------------------------------------------- values
    def _prepare_base(self, leg):
        """What tells Odoo's tax report what the taxes are charged on."""
        tax = self.env["account.tax"].browse(leg.tax)
        tags = tax.flatten_taxes_hierarchy().get_tax_tags(leg.amount < 0, "base")
        return {"tax_ids": [Command.set(tax.ids)], "tax_tag_ids": [Command.set(tags.ids)]}

    def _prepare_tax(self, draft, leg):
        """(account, values) of a tax; one without an account of its own is part of the cost. A hook."""
        part = self.env["account.tax.repartition.line"].browse(leg.tax)
        levied = self.env["account.tax"].browse(leg.levied)
        tags = part.tag_ids | levied.get_tax_tags(part.document_type == "refund", "base")
        return part.account_id or draft.own[leg.account].account_id, {
            "ecom_settlement_role": "tax",
            "tax_repartition_line_id": part.id,
            "group_tax_id": leg.group,
            "tax_ids": [Command.set(levied.ids)],
            "tax_tag_ids": [Command.set(tags.ids)],
            "tax_base_amount": abs(draft.worth(float(leg.base))),
        }


class EcomFlowPlan(models.AbstractModel):
    _inherit = "ecom.flow.plan"

    def _plan(self, settlement):
        clearing, maps, entries = super()._plan(settlement)
        return clearing, maps, self.env["ecom.flow.fee.tax"]._split(settlement, maps, entries)
