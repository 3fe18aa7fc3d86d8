"""What the tests of measuring stand on: a live channel, one listed product, and the terms of its level by name."""

from odoo.addons.ecom_connector.tests.stock_case import StockCase
from odoo.tools import SQL


class TermsCase(StockCase):
    def _terms(self, level=None):
        """rules.terms.Terms of the level, measured now."""
        self.env.flush_all()
        level = level or self.level
        levels = self.env["ecom.flow.decide"]._levels(SQL("level.id = %s", level.id))
        return self.env["ecom.flow.measure"]._measure_levels(levels)[level.id]

    def assertTerms(self, level=None, **expected):
        """These terms, and no others."""
        terms = self._terms(level)
        found = {name: value for name, value in terms._asdict().items() if value}
        self.assertEqual(found, expected)

    def _quant(self, quantity, reserved=0, **values):
        values = {"product_id": self.product.id, "location_id": self.stock.id, **values}
        return self.env["stock.quant"].create({**values, "quantity": quantity, "reserved_quantity": reserved})

    def _shelf(self, name, parent=None, **values):
        return self.env["stock.location"].create({"name": name, "location_id": (parent or self.stock).id, **values})

    def _lot(self, name, **values):
        self.product.tracking = "lot"
        return self.env["stock.lot"].create(
            {"name": name, "product_id": self.product.id, "company_id": self.company.id, **values}
        )

    def _warehouse(self, code, company=None):
        company = company or self.company
        return self.env["stock.warehouse"].create({"name": code, "code": code, "company_id": company.id})

    def _scope(self, **values):
        scope = self.env["ecom.stock.scope"].create({"name": "Scope", "company_id": self.company.id, **values})
        self.channel.stock_scope_id = scope
        return scope
