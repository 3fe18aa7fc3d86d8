"""Very many levels are decided together, alike ones once: each must say what it says when it is asked by itself."""

from odoo.addons.ecom_connector.tests.stock_case import StockCase
from odoo.tests import tagged
from odoo.tools import SQL


@tagged("post_install", "-at_install")
class TestMany(StockCase):
    def _rule(self, name="Rule", **values):
        return self.env["ecom.buffer.rule"].create({"name": name, "company_id": self.company.id, **values})

    def _assortment(self):
        """Products of two categories on two channels, by the piece and by the dozen; an archived one among them."""
        self.market = self._new_channel("Market")
        self.lamps = self.env["product.category"].create({"name": "Lamps"})
        for number in range(24):
            product = self._new_product(f"P{number}", **({"categ_id": self.lamps.id} if number % 2 else {}))
            for channel in (self.channel, self.market):
                units = 12 if number % 3 == 0 and channel == self.market else 1
                self._new_listing(product, product.name, channel_id=channel.id, units=units)
            self._put(number % 7 * 5 + 1, product)
            product.active = number != 5
        self._order(3, product).action_confirm()

    def _levels(self):
        self.env.flush_all()
        return self.env["ecom.flow.decide"]._levels(SQL("channel.company_id = %s", self.company.id))

    def assertAlike(self):
        """The same for all together, and for each by itself. Returns {level id: what is kept of it}."""
        step = self.env["ecom.flow.decide"]
        levels = self._levels()
        together = step._recount(levels)
        self.assertEqual(together, {level.id: step._recount([level])[level.id] for level in levels})
        return together

    def test_each_level_is_decided_as_if_it_were_the_only_one(self):
        self._assortment()
        self._rule("Risk", categ_id=self.lamps.id, use_risk=True, risk_percent=0.5)
        self._rule("Half", domain="[('name', 'in', ['P2', 'P4', 'P8'])]", use_percent=True, percent=50)
        self._rule("Last", use_last_units=True, last_units=10, last_channel_id=self.market.id)
        self.assertEqual(len({str(kept) for kept in self.assertAlike().values()}), 30)
        self.market.write({"behind_policy": "few", "behind_minutes": 1, "behind_most": 2})
        self.market.cursor_ids.filtered(lambda cursor: cursor.topic == "orders").fresh_at = "2026-01-01 00:00:00"
        late = self.assertAlike()
        self.assertEqual({kept["drawn_from"] is None for kept in late.values()}, {True, False})

    def test_what_is_kept_is_what_was_decided(self):
        self._assortment()
        self._rule("Half", domain="[('name', 'in', ['P2', 'P4', 'P8'])]", use_percent=True, percent=50)
        self._decide()
        recounted = self.env["ecom.flow.decide"]._recount(self._levels())
        for level_id, expected in recounted.items():
            self.env.cr.execute(
                SQL(
                    "SELECT %s FROM ecom_stock_level WHERE id = %s",
                    SQL(", ").join(map(SQL.identifier, expected)),
                    level_id,
                )
            )
            self.assertEqual(dict(zip(expected, self.env.cr.fetchone(), strict=True)), expected)

    # ------------------------------------------------------ rules remembered
    def test_whatever_changes_a_rule_is_seen_at_once_also_what_no_write_of_it_shows(self):
        low = self._rule("Low", use_cap=True, cap=1, active=False)
        top = self.env["product.category"].create({"name": "Furniture"})
        rule = self._rule("Sofas", use_low=True, low_at=9, low_rule_id=low.id, product_ids=self.product.ids)
        deep = self._rule("Category", use_cap=True, cap=4, categ_id=top.id)
        self._put(9)
        self.assertEqual(self._decide(), 1)
        low.cap = 2
        self.assertEqual(self._again(), 2)
        self.env.cr.execute("UPDATE ecom_buffer_rule SET cap = 3 WHERE id = %s", (low.id,))
        self.env.invalidate_all()
        self.assertEqual(self._again(), 3)
        rule.product_ids = self.other
        self.assertEqual(self._again(), 9)
        self.product.categ_id = self.env["product.category"].create({"name": "Sofas", "parent_id": top.id})
        self.assertEqual(self._again(), 4)
        self.product.categ_id.parent_id = False
        self.assertEqual(self._again(), 9)
        deep.unlink()
        rule.product_ids = self.product
        self.assertEqual(self._again(), 3)

    def test_of_several_conditions_the_broken_one_is_told_and_the_others_hold(self):
        broken = self._rule("Broken", use_cap=True, cap=1, domain="[('name', '=', 'Sofa')]", sequence=9)
        self._rule("Tables", use_cap=True, cap=2, domain="[('name', '=', 'Table')]", sequence=1)
        self._rule("Sofas", use_cap=True, cap=3, domain="[('name', '=', 'Sofa')]", sequence=2)
        self._put(9)
        self.assertEqual(self._decide(), 3)
        self.env.flush_all()
        self.env.cr.execute("UPDATE ecom_buffer_rule SET domain = %s WHERE id = %s", ("[('gone', '=', 1)]", broken.id))
        self.env.invalidate_all()
        self.assertEqual(self._again(), 3)
        self.assertIn("gone", broken.problem)
        self.assertEqual(self.env["ecom.buffer.rule"].search_count([("problem", "!=", False)]), 1)

    def _again(self):
        self.env["ecom.stock.change"]._mark("product", self.product.ids)
        return self._decide()
