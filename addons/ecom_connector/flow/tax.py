from decimal import Decimal

from odoo import Command, models

from ..rules.apportion import quantise

RATE_UNIT = Decimal("0.0001")


class EcomFlowTax(models.AbstractModel):
    """What a tax of a channel is here: found by its rate, or made after the company's own taxes."""

    _name = "ecom.flow.tax"
    _description = "E-commerce: learn a tax"

    def _learn(self, batch, mapping, tax, included):
        """Give a tax its meaning where there is no doubt; leave it to a person where there is."""
        if tax.rate is None:
            return
        rate = float(quantise(tax.rate, RATE_UNIT))
        found = self._sale_taxes(batch.channel.company_id, [("amount", "=", rate)])
        same = found.filtered(lambda candidate: candidate.price_include == included)
        found = same if len(same) == 1 else found
        if not found and batch.channel.create_taxes:
            found = self.env["account.tax"].create(self._prepare_tax_values(batch, tax, rate, included))
        mapping.write({"rate": rate, "tax_id": found.id if len(found) == 1 else False})

    def _sale_taxes(self, company, domain):
        taxes = self.env["account.tax"]
        kind = [("type_tax_use", "=", "sale"), ("amount_type", "=", "percent")]
        return taxes.search([*taxes._check_company_domain(company), *kind, *domain])

    def _prepare_tax_values(self, batch, tax, rate, included):
        """A tax made from what the channel says of it; a hook."""
        company = batch.channel.company_id
        model = self._model_of(company)
        return {
            "name": f"{tax.name or tax.code} ({batch.channel.name})",
            "amount": rate,
            "amount_type": "percent",
            "type_tax_use": "sale",
            "price_include_override": "tax_included" if included else "tax_excluded",
            "company_id": company.id,
            **(self._prepare_books(model, rate) if model else {}),
        }

    def _model_of(self, company):
        """The sale tax whose account a new one shares: without an account, Odoo books tax as revenue."""
        taxes = company.account_sale_tax_id | self._sale_taxes(company, [("amount", ">", 0)])
        return taxes.filtered(lambda tax: tax.amount_type == "percent" and self._account_of(tax))[:1]

    def _account_of(self, tax):
        return tax.invoice_repartition_line_ids.filtered(lambda share: share.repartition_type == "tax").account_id[:1]

    def _prepare_books(self, model, rate):
        """The account is the model's; the lines of its tax return are not: those may be of its rate."""
        shares = [
            Command.create({"repartition_type": "base"}),
            Command.create({"repartition_type": "tax", "account_id": self._account_of(model).id}),
        ]
        return {
            "invoice_repartition_line_ids": shares,
            "refund_repartition_line_ids": shares,
            "country_id": model.country_id.id,
            "tax_group_id": self._group(model, rate).id,
        }

    def _group(self, model, rate):
        """Totals of an order name the group: that of the same rate, or a new one beside the model's."""
        name = f"{rate:g}%"
        group, country = model.tax_group_id, model.country_id
        domain = [
            ("company_id", "=", group.company_id.id),
            ("country_id", "=", country.id),
            ("name", "=", name),
        ]
        found = group.search(domain, limit=1)
        return found or group.copy({"name": name, "country_id": country.id, "pos_receipt_label": False})
