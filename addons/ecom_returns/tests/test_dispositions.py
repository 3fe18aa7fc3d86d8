from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .returns_case import ReturnsCase


@tagged("post_install", "-at_install")
class TestDispositions(ReturnsCase):
    """What becomes of goods that came back, and what they are worth then."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opened_box = cls.make_product("OPENBOX")
        cls.shirt.ecom_regrade_id = cls.opened_box

    def valued(self, method, valuation="periodic"):
        category = self.env["product.category"].create(
            {"name": method, "property_cost_method": method, "property_valuation": valuation}
        )
        self.shirt, self.opened_box = self.make_product(f"SHIRT {method}"), self.make_product(f"BOX {method}")
        (self.shirt | self.opened_box).categ_id = category
        self.shirt.ecom_regrade_id = self.opened_box
        self.shirt.standard_price = 4
        self.bought(50)
        return category

    def bought(self, quantity):
        """So many shirts from a vendor, at what they cost."""
        vendors = self.env.ref("stock.stock_location_suppliers")
        places = {"location_id": vendors.id, "location_dest_id": self.stock.id, "company_id": self.company.id}
        goods = {"product_id": self.shirt.id, "product_uom_qty": quantity}
        kind = {"picking_type_id": self.warehouse.in_type_id.id}
        picking = self.env["stock.picking"].create(
            {**places, **kind, "move_ids": [Command.create({**places, **goods})]}
        )
        picking.action_confirm()
        self.deliver(picking)
        return picking.move_ids

    def came(self, quantity=1, **values):
        return self.received(self.sold((self.shirt, quantity, 10), **values), quantity)

    # ------------------------------------------------------------------- rules
    def test_the_first_rule_that_fits_proposes(self):
        rules = self.env["ecom.return.rule"]
        rules.create({"wanted": "vendor", "reason_ids": self.env.ref("ecom_returns.ecom_return_reason_faulty").ids})
        rules.create(
            {"wanted": "regrade", "grade": "b", "category_ids": self.env.ref("product.product_category_goods").ids}
        )
        rules.create({"wanted": "donate", "channel_ids": self.channel.ids})
        line = self.came().line_ids
        self.shirt.categ_id = self.env.ref("product.product_category_goods")
        line.grade = "b"
        self.assertEqual(line.wanted, "regrade")
        line.found_reason_id = self.env.ref("ecom_returns.ecom_return_reason_faulty")
        self.assertEqual(line.wanted, "vendor", "what was found counts, not what was said")

    def test_a_rule_of_another_company_and_one_that_cannot_be_carried_out_propose_nothing(self):
        rules = self.env["ecom.return.rule"]
        rules.create({"wanted": "scrap", "company_id": self.make_company("Another").id})
        self.shirt.ecom_regrade_id = False
        rules.create({"wanted": "regrade"})
        line = self.came().line_ids
        line.grade = "a"
        self.assertEqual(line.wanted, "restock")

    # ----------------------------------------------------------------- regrade
    def regraded(self, quantity=1):
        record = self.came(quantity, invoice=False)
        record.line_ids.wanted = "regrade"
        record.with_user(self.user("dock")).action_dispose()
        return record

    def test_other_sku_grading_carries_the_value(self):
        for method in ("average", "fifo"):
            with self.subTest(method=method):
                self.valued(method)
                before = (self.shirt.total_value, self.opened_box.total_value)
                self.regraded(2)
                self.assertMoney(self.shirt.total_value, before[0] - 8)
                self.assertMoney(self.opened_box.total_value, before[1] + 8)

    def test_other_sku_grading_writes_down(self):
        self.valued("average")
        self.shirt.ecom_write_down = 25
        self.regraded()
        self.assertMoney(self.opened_box.total_value, 3)
        self.assertEqual(self.for_sale(self.opened_box), 1)

    def test_at_standard_cost_the_other_article_has_its_own_price(self):
        self.valued("standard")
        self.opened_box.standard_price = 1.5
        self.regraded(2)
        self.assertMoney(self.opened_box.total_value, 3)

    def test_perpetual_valuation_books_what_the_goods_lost(self):
        category = self.valued("average", "real_time")
        loss = self.env["account.account"].create({"name": "Lost", "code": "LOST", "account_type": "expense"})
        self.warehouse._ecom_regraded().valuation_account_id = loss
        self.shirt.ecom_write_down = 25
        record = self.regraded()
        entries = record.line_ids.disposed_move_ids.account_move_id
        lost = sum(entries.line_ids.filtered(lambda line: line.account_id == loss).mapped("balance"))
        self.assertMoney(lost, 1)
        stock = category.property_stock_valuation_account_id
        self.assertMoney(sum(entries.line_ids.filtered(lambda line: line.account_id == stock).mapped("balance")), -1)

    def test_without_an_article_to_become_nothing_is_done(self):
        self.shirt.ecom_regrade_id = False
        record = self.came(invoice=False)
        record.line_ids.wanted = "regrade"
        with self.assertRaisesRegex(UserError, "which article"):
            record.with_user(self.user("dock")).action_dispose()
        self.assertEqual(self.on_hand(self.shirt, self.quarantine), 1)

    # ------------------------------------------------------- every way, every cost
    def test_every_decision_leaves_the_value_of_what_is_there(self):
        """Whatever becomes of one of two units: the stock is worth what a recount makes of it."""
        for method in ("standard", "average", "fifo"):
            self.valued(method)
            for wanted in ("restock", "refurbish", "liquidate", "scrap", "donate", "vendor", "give_back"):
                with self.subTest(method=method, wanted=wanted):
                    record = self.came(2, invoice=False)
                    record.line_ids.wanted = wanted
                    record.with_user(self.user("dock")).action_dispose()
                    quants = self.env["stock.quant"].search(
                        [("product_id", "=", self.shirt.id), ("location_id.usage", "=", "internal")]
                    )
                    self.assertMoney(self.shirt.total_value, sum(quants.mapped("quantity")) * 4)

    def test_scrap_with_account(self):
        """Perpetual valuation books the loss where the scrap location has an account, and nothing where it has none."""
        self.valued("average", "real_time")
        loss = self.env["account.account"].create({"name": "Scrapped", "code": "SCRAP", "account_type": "expense"})
        for account, lost in ((self.env["account.account"], 0), (loss, 4)):
            self.env["stock.location"].search([("usage", "=", "inventory")]).valuation_account_id = account
            record = self.came(invoice=False)
            record.line_ids.wanted = "scrap"
            record.with_user(self.user("dock")).action_dispose()
            lines = record.line_ids.disposed_move_ids.account_move_id.line_ids
            self.assertMoney(sum(lines.filtered(lambda line: line.account_id == loss).mapped("balance")), lost)

    def test_a_return_to_the_vendor_counts_down_the_receipt_it_came_with(self):
        bought, vendors = self.bought(5), self.env.ref("stock.stock_location_suppliers")
        record = self.came(invoice=False)
        record.line_ids.wanted = "vendor"
        record.with_user(self.user("dock")).action_dispose()
        move = record.line_ids.disposed_move_ids
        self.assertEqual((move.origin_returned_move_id, move.location_dest_id), (bought, vendors))

    # ----------------------------------------------------------------- overdue
    def test_goods_that_never_come_expire_and_what_was_paid_back_for_them_stays_owed(self):
        order = self.sold((self.shirt, 1, 10))
        order.write({"ecom_channel_id": self.channel.id, "ecom_external_id": "o-late"})
        line = {"order_line_id": order.order_line.id, "quantity": 1, "external_id": "1"}
        values = {"channel_id": self.channel.id, "order_id": order.id, "external_id": "r-late", "amount": 12}
        refunds = self.env["ecom.refund"]
        refunds.create(values | {"currency_id": self.euro.id, "line_ids": [(0, 0, line)]})
        refunds._open_returns()
        record = self.env["ecom.return"].search([("order_ids", "=", order.id)])
        record._cron_expire()
        self.assertEqual(record.line_ids.goods, "awaiting", "it has time")
        record.authorised_at = "2020-01-01"
        record._cron_expire()
        self.assertEqual((record.authorisation, record.disagreement), ("expired", "money_without_goods"))
        self.assertEqual((record.is_open, record.activity_ids.user_id), (True, record._responsible()))
        record.action_approve()
        self.receive(record)
        self.assertEqual(record.line_ids.goods, "received", "it came after all")
