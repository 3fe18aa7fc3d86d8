from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .returns_case import ReturnsCase


@tagged("post_install", "-at_install")
class TestPlaces(ReturnsCase):
    """Goods come back to another place than they left from, to another country, or from a vendor who refused them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["account.fiscal.position"].search([("company_id", "=", cls.company.id)]).unlink()
        cls.graz = cls.env["stock.warehouse"].create({"name": "Graz", "code": "GRZ", "company_id": cls.company.id})

    # ----------------------------------------------------------------- warehouses
    def test_return_to_another_warehouse(self):
        record = self.agreed(self.sold((self.shirt, 2, 10)), 2)
        record._note_parcel("Post", "RR1")
        record.with_user(self.user("operator")).warehouse_id = self.graz
        self.assertEqual((record.line_ids.goods, record.line_ids.warehouse_id), ("in_transit", self.graz))
        self.receive(record)
        here = self.graz._ecom_quarantine()
        self.assertEqual((self.on_hand(self.shirt, here), self.on_hand(self.shirt, self.quarantine)), (2, 0))
        with self.assertRaisesRegex(UserError, "here already"):
            record.warehouse_id = self.warehouse
        self.decide(record)
        self.assertEqual(self.on_hand(self.shirt, self.graz.lot_stock_id), 2)

    def test_a_parcel_that_arrives_at_another_warehouse_is_received_there(self):
        record = self.agreed(self.sold((self.shirt, 1, 10)), 1)
        wizard = self.env["ecom.return.receive.wizard"].with_user(self.user("dock")).create({})
        wizard.write({"return_ids": [Command.set(record.ids)], "warehouse_id": self.graz.id})
        wizard._onchange_return_ids()
        wizard.line_ids.arrived = 1
        wizard.action_receive()
        self.assertEqual(record.line_ids.goods, "received")
        self.assertEqual(self.on_hand(self.shirt, self.graz._ecom_quarantine()), 1)

    def test_inter_warehouse_transit_during_return(self):
        before = self.for_sale(self.shirt)
        record = self.received(self.sold((self.shirt, 1, 10)), 1)
        transit = self.company.internal_transit_location_id
        self.carry(self.quarantine, transit)
        self.assertEqual(self.for_sale(self.shirt), before - 1, "on the road it is for nobody")
        record.line_ids.grade = "a"
        with self.assertRaisesRegex(UserError, "Carry it back"):
            record.with_user(self.user("dock")).action_dispose()
        self.carry(transit, self.quarantine)
        record.with_user(self.user("dock")).action_dispose()
        self.assertEqual(self.for_sale(self.shirt), before)

    def carry(self, place, other, quantity=1):
        move = self.env["stock.move"].create(
            {
                "product_id": self.shirt.id,
                "product_uom_qty": quantity,
                "location_id": place.id,
                "location_dest_id": other.id,
                "company_id": self.company.id,
            }
        )
        move._action_confirm()
        move.write({"quantity": quantity, "picked": True})
        move._action_done()

    # --------------------------------------------------------------------- vendor
    def test_vendor_refuses(self):
        value = self.shirt.with_company(self.company).total_value
        record = self.received(self.sold((self.shirt, 1, 10)), 1)
        line = record.line_ids
        line.write({"grade": "d", "fault": "vendor", "wanted": "vendor"})
        record.with_user(self.user("dock")).action_dispose()
        claim = self.env["ecom.return.claim"].search([("line_id", "=", line.id)])
        self.assertEqual((line.disposition, claim.state), ("vendor", "open"))
        self.assertEqual(self.on_hand(self.shirt, self.quarantine), 0)
        with self.assertRaises(AccessError):
            line.with_user(self.user("accountant")).action_take_back()
        line.with_user(self.user("dock")).action_take_back()
        self.assertEqual((line.disposition, claim.state), (False, "refused"))
        self.assertIn(line.disagreement, ("undecided_goods", "goods_without_money"))
        self.assertEqual(self.on_hand(self.shirt, self.quarantine), 1)
        self.assertEqual(self.shirt.with_company(self.company).total_value, value)
        with self.assertRaisesRegex(UserError, "sent back to a vendor"):
            line.with_user(self.user("dock")).action_take_back()
        line.wanted = "scrap"
        record.with_user(self.user("dock")).action_dispose()
        self.assertEqual((line.disposition, self.on_hand(self.shirt, self.quarantine)), ("scrap", 0))

    # -------------------------------------------------------------------- borders
    def test_cross_border_taxes_come_back_as_they_were_charged_abroad(self):
        """Distance sales in the union: the tax of the buyer's country, on the invoice and on its credit note."""
        germany = self.make_tax(19)
        position = self.env["account.fiscal.position"].create(
            {"name": "OSS Germany", "company_id": self.company.id, "country_id": self.env.ref("base.de").id}
        )
        taxes = {"tax_ids": [Command.set(germany.ids)]}
        record = self.received(self.sold((self.shirt, 2, 10, taxes), fiscal_position_id=position.id), 1)
        self.decide(record)
        note = self.credited(record)
        self.assertTotals(note, 10, 1.9)
        self.assertEqual((note.fiscal_position_id, note.invoice_line_ids.tax_ids), (position, germany))

    def slip(self, record):
        report = self.env["ir.actions.report"]._render_qweb_html("ecom_returns.ecom_return_slip", record.ids)
        return report[0].decode()

    def test_cross_border_papers_for_customs(self):
        self.company.partner_id.country_id = self.env.ref("base.at")
        self.shirt.write({"hs_code": "610510", "country_of_origin": self.env.ref("base.pt").id})
        abroad = self.buyer.copy({"name": "Reto Meier", "country_id": self.env.ref("base.ch").id})
        order = self.sold((self.shirt, 2, 10), partner_id=abroad.id)
        paper = self.slip(self.agreed(order, 1))
        for word in (
            "For customs: returned goods",
            "610510",
            "Portugal",
            "Switzerland",
            order.invoice_ids.name,
            "12.00",
        ):
            self.assertIn(word, paper)
        self.assertIn(order.invoice_ids.name, paper)
        present = self.slip(self.agreed(order, 1, is_gift=True, contact_name="Urs"))
        self.assertIn("610510", present)
        self.assertNotIn("12.00", present)
        self.assertNotIn("Reto", present)
        union = self.buyer.copy({"name": "Jan Becker", "country_id": self.env.ref("base.de").id})
        self.assertNotIn("For customs", self.slip(self.agreed(self.sold((self.shirt, 1, 10), partner_id=union.id), 1)))
