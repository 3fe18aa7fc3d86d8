from odoo import api, fields, models


class EcomConnectWizardTax(models.TransientModel):
    """A tax rate the channel told of while connecting."""

    _name = "ecom.connect.wizard.tax"
    _description = "Tax Rate Found"
    _check_company_auto = True

    wizard_id = fields.Many2one("ecom.connect.wizard", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="wizard_id.company_id")
    external_id = fields.Char(readonly=True)
    name = fields.Char(readonly=True)
    rate = fields.Float(string="Rate (%)", digits=(16, 4), readonly=True)
    tax_id = fields.Many2one(
        "account.tax", string="Tax Here", check_company=True, domain="[('type_tax_use', '=', 'sale')]"
    )

    @api.model
    def _prepare_tax(self, tax, company):
        return {
            "external_id": tax.code,
            "name": tax.name or tax.code,
            "rate": float(tax.rate or 0),
            "tax_id": self._only_tax(tax, company).id,
        }

    def _only_tax(self, tax, company):
        """The sales tax of that rate, where there is only one: a person chooses among several."""
        taxes = self.env["account.tax"]
        if tax.rate is None:
            return taxes
        found = taxes.search(
            [
                *taxes._check_company_domain(company),
                ("type_tax_use", "=", "sale"),
                ("amount_type", "=", "percent"),
                ("amount", "=", float(tax.rate)),
            ]
        )
        return found if len(found) == 1 else taxes

    def _make(self, channel):
        """All are listed, also those without a tax yet: orders give them one where there is no doubt."""
        self.env["ecom.tax.map"].create(
            [
                {
                    "channel_id": channel.id,
                    "code": tax.external_id,
                    "name": tax.name,
                    "rate": tax.rate,
                    "tax_id": tax.tax_id.id,
                }
                for tax in self
            ]
        )
