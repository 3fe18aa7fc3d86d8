from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestEcomReturn(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        group = "ecom_connector.ecom_connector_group_operator"
        cls.operator = new_test_user(cls.env, "return_operator", group)
        cls.stock_user = new_test_user(cls.env, "return_stock_user", "stock.group_stock_user")
        cls.channel = cls.env["ecom.channel"].create({"name": "Shop", "code": "demo"})
        product = cls.env["product.product"].create({"name": "Shirt"})
        cls.order = cls.env["sale.order"].create(
            {
                "partner_id": cls.env["res.partner"].create({"name": "Buyer"}).id,
                "order_line": [Command.create({"product_id": product.id, "product_uom_qty": 3})],
            }
        )

    def opened(self, **values):
        line = {"order_line_id": self.order.order_line.id}
        values = {"order_id": self.order.id, "line_ids": [Command.create(line)], **values}
        return self.env["ecom.return"].with_user(self.operator).create(values)

    def test_a_return_gets_a_number_and_the_orders_customer(self):
        record = self.opened()
        self.assertTrue(record.name.startswith("RET/"))
        self.assertNotEqual(record.name, self.opened().name)
        self.assertEqual(record.partner_id, self.order.partner_id)

    def test_it_is_open_until_goods_and_money_are_both_settled(self):
        record = self.opened(authorisation="approved")
        line = record.line_ids
        line.goods = "received"
        self.assertTrue(record.is_open)
        line.money = "executed"
        self.assertTrue(record.is_open, "nobody has said yet what becomes of the goods")
        line.disposition = "restock"
        self.assertFalse(record.is_open)

    def test_money_without_goods_stays_open(self):
        record = self.opened(authorisation="approved")
        record.line_ids.write({"goods": "awaiting", "money": "executed", "disposition": "restock"})
        self.assertTrue(record.is_open)

    def test_kept_and_lost_goods_need_no_disposition(self):
        for goods in ("keep", "lost"):
            record = self.opened(authorisation="approved")
            record.line_ids.write({"goods": goods, "money": "executed"})
            self.assertFalse(record.is_open)

    def test_a_refused_return_is_closed(self):
        self.assertFalse(self.opened(authorisation="rejected").is_open)

    def test_a_channels_return_stands_here_once(self):
        self.opened(channel_id=self.channel.id, external_id="R-1")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.opened(channel_id=self.channel.id, external_id="R-1")

    def test_a_quantity_is_above_zero(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.opened().line_ids.quantity = 0
            self.env.flush_all()

    def test_the_warehouse_reads_and_decides_nothing(self):
        record = self.opened().with_user(self.stock_user)
        self.assertEqual(record.authorisation, "requested")
        with self.assertRaises(AccessError):
            record.authorisation = "approved"

    def test_returns_of_another_company_are_out_of_sight(self):
        other = self.env["res.company"].create({"name": "Another shop"})
        order = self.env["sale.order"].create({"partner_id": self.order.partner_id.id, "company_id": other.id})
        theirs = self.env["ecom.return"].create({"order_id": order.id})
        self.assertNotIn(theirs.id, self.env["ecom.return"].with_user(self.operator).search([]).ids)
