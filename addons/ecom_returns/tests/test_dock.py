from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .returns_case import ReturnsCase

SHIRT, CUP = "4006381333931", "4006381333948"


@tagged("post_install", "-at_install")
class TestDock(ReturnsCase):
    """What lies in a box, as a scanner tells it; with the rights of the warehouse alone."""

    def setUp(self):
        super().setUp()
        self.shirt.barcode, self.cup.barcode = SHIRT, CUP

    def scan(self, *codes, receive=True, **values):
        """The receiving screen after these codes. Returns (what was put aside, the sentences shown)."""
        before, said = self.finds(), []
        form = Form(self.env["ecom.return.receive.wizard"].with_user(self.user("dock")))
        for code in codes:
            form.scan = code
            said.append(form.message)
        for name, value in values.items():
            setattr(form, name, value)
        wizard = form.save()
        if receive:
            wizard.action_receive()
            self.env.invalidate_all()
        return self.finds() - before, said

    def finds(self):
        return self.env["ecom.return.find"].search([])

    def tracked(self, tracking="serial"):
        return self.env["product.product"].create(
            {"name": "Phone", "is_storable": True, "tracking": tracking, "default_code": "PHONE", "barcode": "777"}
        )

    def lot(self, product, name, units=1):
        lot = self.env["stock.lot"].create({"product_id": product.id, "name": name})
        self.env["stock.quant"]._update_available_quantity(product, self.stock, units, lot_id=lot)
        return lot

    def sold_lots(self, product, lots):
        order = self.sold((product, len(lots), 100), deliver=False, invoice=False)
        self.deliver(order.picking_ids, lots)
        return order

    # ------------------------------------------------------------------ expected
    def test_slip_then_articles(self):
        record = self.agreed(self.sold((self.shirt, 2, 10), (self.cup, 1, 5), invoice=False), 2, 1)
        finds, said = self.scan(record.name, SHIRT, SHIRT, CUP)
        self.assertEqual((len(finds), said[0]), (0, record.name))
        self.assertEqual(record.line_ids.mapped("goods"), ["received", "received"])

    def test_a_box_is_known_by_the_number_of_its_parcel_or_of_the_order(self):
        order = self.sold((self.shirt, 2, 10), invoice=False)
        first, second = self.agreed(order, 1), self.agreed(order, 1)
        first.parcel_number = "RR123"
        self.assertEqual(self.scan("RR123", receive=False)[1], [first.name])
        self.assertEqual(self.scan(order.name, receive=False)[1], [", ".join((second | first).mapped("name"))])

    def test_several_returns_in_one_box(self):
        order = self.sold((self.shirt, 2, 10), (self.cup, 1, 5), invoice=False)
        one, two = self.agreed(order, 1), self.agreed(order, 0, 1)
        self.scan(one.name, two.name, CUP, SHIRT)
        self.assertEqual((one | two).line_ids.mapped("goods"), ["received", "received"])

    def test_fewer_than_said_are_short_or_follow(self):
        order = self.sold((self.shirt, 4, 10), invoice=False)
        short, later = self.agreed(order, 2), self.agreed(order, 2)
        self.scan(short.name, SHIRT)
        self.assertEqual(sorted(short.line_ids.mapped("goods")), ["received", "short"])
        self.scan(later.name, SHIRT, rest_follows=True)
        self.assertEqual(sorted(later.line_ids.mapped("goods")), ["awaiting", "received"])

    # ------------------------------------------------------------------ too much
    def test_more_than_said_joins_the_return_as_far_as_it_was_delivered(self):
        record = self.agreed(self.sold((self.shirt, 2, 10), invoice=False), 1)
        finds, said = self.scan(record.name, SHIRT, SHIRT, SHIRT)
        self.assertIn("3 of 1", said[-1])
        self.assertEqual(record.line_ids.mapped(lambda line: (line.goods, line.quantity)), [("received", 1)] * 2)
        self.assertEqual((finds.product_id, finds.quantity, finds.return_id), (self.shirt, 1, record))
        self.assertEqual(self.on_hand(self.shirt, self.quarantine), 3)
        self.assertEqual(self.for_sale(self.shirt), 98, "nobody may sell what nobody looked at")

    # ------------------------------------------------------------------ strange
    def test_other_product_than_declared(self):
        record = self.agreed(self.sold((self.shirt, 1, 10), invoice=False), 1)
        find, said = self.scan(record.name, CUP)
        self.assertIn("put it aside", said[-1])
        self.assertEqual((find.product_id, find.return_id, record.line_ids.goods), (self.cup, record, "short"))
        self.assertEqual((record.find_count, record.line_ids.money), (1, "none"))
        self.assertEqual(self.on_hand(self.cup, self.quarantine), 1)

    def test_what_we_never_sold_is_described_and_moves_no_stock(self):
        record = self.agreed(self.sold((self.shirt, 1, 10), invoice=False), 1)
        find, _said = self.scan(record.name, SHIRT, "000111222")
        self.assertEqual((find.product_id.id, find.description, find.move_id.id), (False, "000111222", False))

    def test_unknown_parcel(self):
        find, _said = self.scan(SHIRT, SHIRT, sender="A. Huber", parcel_number="RR9")
        self.assertEqual((find.quantity, find.sender, find.state), (2, "A. Huber", "waiting"))
        self.assertEqual((self.on_hand(self.shirt, self.quarantine), self.for_sale(self.shirt)), (2, 100))

    def test_an_unknown_parcel_is_found_to_belong_to_a_return(self):
        order = self.sold((self.shirt, 2, 10), invoice=False)
        self.shirt.standard_price = 9
        find, _said = self.scan(SHIRT, SHIRT)
        record = self.agreed(order, 2)
        find.with_user(self.user("operator")).line_id = record.line_ids
        find.with_user(self.user("operator")).action_match()
        self.assertEqual((find.state, record.line_ids.goods), ("matched", "received"))
        self.assertEqual(self.on_hand(self.shirt, self.quarantine), 2, "counted once")
        self.assertEqual(record.line_ids.arrived_move_id.value, 8, "at the cost with which it left")
        self.assertEqual(order.order_line.qty_delivered, 0)

    def test_what_was_short_is_found_later(self):
        record = self.agreed(self.sold((self.shirt, 1, 10), invoice=False), 1)
        self.scan(record.name, is_empty=True)
        self.assertEqual(record.line_ids.goods, "short")
        find, _said = self.scan(SHIRT)
        find.line_id = record.line_ids
        find.action_match()
        self.assertEqual((record.line_ids.goods, self.on_hand(self.shirt, self.quarantine)), ("received", 1))

    def test_what_belongs_to_nobody_is_decided_by_the_warehouse(self):
        places = {"restock": (101, 0), "scrap": (100, 0), "give_back": (100, 0)}
        for decision, (for_sale, waiting) in places.items():
            find, _said = self.scan(SHIRT)
            getattr(find.with_user(self.user("dock")), f"action_{decision}")()
            found = (self.for_sale(self.shirt), self.on_hand(self.shirt, self.quarantine))
            self.assertEqual(
                (found, find.decision, find.decided_by), ((for_sale, waiting), decision, self.user("dock"))
            )
            with self.assertRaisesRegex(UserError, "decided already"):
                find.with_user(self.user("dock")).action_scrap()
            if decision == "restock":
                self.env["stock.quant"]._update_available_quantity(self.shirt, self.stock, -1)

    def test_agents_move_no_goods_and_the_warehouse_says_not_whose_they_are(self):
        find, _said = self.scan(SHIRT)
        for action in ("action_restock", "action_scrap", "action_give_back"):
            with self.assertRaises(AccessError):
                getattr(find.with_user(self.user("operator")), action)()
        with self.assertRaises(AccessError):
            find.with_user(self.user("dock")).action_match()

    # ------------------------------------------------------------------- numbers
    def test_serials_are_counted_once_each(self):
        phone = self.tracked()
        lots = self.lot(phone, "SN1") | self.lot(phone, "SN2")
        record = self.agreed(self.sold_lots(phone, lots), 2)
        _finds, said = self.scan(record.name, "777", "SN1", "SN1", "SN2")
        self.assertIn("Scan the lot or serial", said[1])
        self.assertIn("counted already", said[3])
        self.assertEqual(set(record.line_ids.lot_id), set(lots))
        self.assertEqual(record.line_ids.mapped("goods"), ["received", "received"])

    def test_wrong_serial_is_refused_unless_released(self):
        phone = self.tracked()
        mine, other = self.lot(phone, "SN1"), self.lot(phone, "SN2")
        record = self.agreed(self.sold_lots(phone, mine), 1)
        self.sold_lots(phone, other)
        _finds, said = self.scan(record.name, "SN2", receive=False)
        self.assertIn("was not sold with this order", said[-1])
        for role in ("dock", "operator"):
            with self.assertRaises(AccessError):
                record.with_user(self.user(role)).action_release_numbers()
        record.with_user(self.user("manager")).action_release_numbers()
        self.scan(record.name, "SN2")
        self.assertEqual((record.line_ids.goods, record.line_ids.lot_id), ("received", other))

    def test_serial_already_returned(self):
        phone = self.tracked()
        lots = self.lot(phone, "SN1") | self.lot(phone, "SN2")
        order = self.sold_lots(phone, lots)
        self.scan(self.agreed(order, 1).name, "SN1")
        second = self.agreed(order, 1)
        with self.assertRaisesRegex(UserError, "is back already"):
            self.scan(second.name, "SN1")
        self.scan(second.name, "SN2")
        self.assertEqual(second.line_ids.goods, "received")

    def test_of_a_lot_each_scan_is_a_unit(self):
        tea = self.tracked("lot")
        lot = self.lot(tea, "L1", 5)
        order = self.sold((tea, 3, 4), deliver=False, invoice=False)
        self.deliver(order.picking_ids, lot)
        record = self.agreed(order, 3)
        self.scan(record.name, "L1", "L1")
        self.assertEqual(
            sorted(record.line_ids.mapped(lambda line: (line.goods, line.quantity))), [("received", 2), ("short", 1)]
        )
        self.assertEqual(record.line_ids.filtered(lambda line: line.goods == "received").lot_id, lot)
