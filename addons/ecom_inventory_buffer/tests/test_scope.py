"""Which stock a channel counts: warehouses and locations in or out, owners, lots, and what is too old to be sold."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import new_test_user, tagged

from .terms_case import TermsCase


@tagged("post_install", "-at_install")
class TestScope(TermsCase):
    def test_other_warehouses_and_locations_count_once(self):
        second, third = self._warehouse("W2"), self._warehouse("W3")
        shelf = self._shelf("Shelf", third.lot_stock_id)
        inner = self._shelf("Inner", shelf)
        self._quant(1)
        self._quant(2, location_id=second.lot_stock_id.id)
        self._quant(4, location_id=shelf.id)
        self._quant(8, location_id=inner.id)
        self._quant(16, location_id=third.lot_stock_id.id)
        self._scope(warehouse_ids=second.ids, location_ids=(shelf | inner).ids)
        self.assertTerms(on_hand=15)

    def test_a_move_between_warehouses_that_both_count_takes_nothing(self):
        second = self._warehouse("W2")
        self._scope(warehouse_ids=second.ids)
        self._put(10)
        self._move(4, target=second.lot_stock_id)._action_confirm()
        self.assertTerms(on_hand=10)

    def test_a_channel_of_several_locations_counts_each_warehouse_by_itself(self):
        second = self._warehouse("W2")
        self._scope(warehouse_ids=second.ids)
        self._quant(1)
        self._quant(2, location_id=second.lot_stock_id.id)
        for warehouse in (self.warehouse, second):
            self.env["ecom.location.map"].create(
                {"channel_id": self.channel.id, "code": warehouse.code, "name": "X", "warehouse_id": warehouse.id}
            )
        counted = {level.warehouse_id: self._terms(level).on_hand for level in self.listing.level_ids}
        self.assertEqual(counted, {self.warehouse: 1, second: 2})

    def test_two_channels_count_by_their_own_scope(self):
        showroom = self._shelf("Showroom")
        self._quant(4, location_id=showroom.id)
        self._quant(6)
        other = self._new_listing(self.product, "S", channel_id=self._new_channel("Other").id).level_ids
        self._scope(excluded_location_ids=showroom.ids)
        self.assertTerms(on_hand=6)
        self.assertTerms(other, on_hand=10)

    def test_owners_who_are_named_count(self):
        consignor, other = self.env["res.partner"].create([{"name": "Consignor"}, {"name": "Other"}])
        self._quant(8, owner_id=consignor.id)
        self._quant(4, owner_id=other.id)
        self._scope(owner_ids=consignor.ids)
        self.assertTerms(on_hand=8, foreign=4)

    def test_lots_that_are_named_count_alone_or_not_at_all(self):
        recalled, fine = self._lot("A"), self._lot("B")
        self._quant(3, lot_id=recalled.id)
        self._quant(5, lot_id=fine.id)
        scope = self._scope(lot_rule="without", lot_ids=recalled.ids)
        self.assertTerms(on_hand=5)
        scope.lot_rule = "only"
        self.assertTerms(on_hand=3)

    def test_a_scope_that_changes_is_decided_again(self):
        self._put(5)
        scope = self._scope()
        self.assertEqual(self._decide(), 5)
        scope.excluded_location_ids = self.stock
        self.assertEqual(self._changes(), {"Sofa"})
        self.assertEqual(self._decide(), 0)
        self.channel.stock_scope_id = False
        self.assertEqual(self._decide(), 5)

    def test_a_location_cannot_count_and_be_left_out(self):
        with self.assertRaises(ValidationError):
            self._scope(location_ids=self.stock.ids, excluded_location_ids=self.stock.ids)
        with self.assertRaises(ValidationError):
            self._scope(lot_rule="only")

    def test_an_operator_reads_scopes_and_a_manager_writes_them(self):
        group = "ecom_connector.ecom_connector_group_"
        values = {"company_id": self.company.id, "company_ids": self.company.ids}
        operator = new_test_user(self.env, "scope_operator", f"{group}operator", **values)
        manager = new_test_user(self.env, "scope_manager", f"{group}channel_manager", **values)
        scope = self._scope()
        scope.with_user(manager).ship_lead_days = 2
        self.assertEqual(scope.with_user(operator).ship_lead_days, 2)
        self.assertFalse(scope.with_user(operator).has_access("write"))


@tagged("post_install", "-at_install")
class TestExpiry(TermsCase):
    def setUp(self):
        super().setUp()
        if "removal_date" not in self.env["stock.quant"]._fields:
            self.skipTest("Expiration dates are not installed")
        self.product.write({"tracking": "lot", "use_expiration_date": True})

    def _aged(self, name, quantity, **left):
        moment = fields.Datetime.now() + timedelta(**left)
        lot = self._lot(name, removal_date=moment)
        self._quant(quantity, lot_id=lot.id)
        return lot

    def test_an_expired_lot_is_set_aside_with_its_reservation(self):
        lot = self._lot("Old", removal_date=fields.Datetime.now() - timedelta(minutes=1))
        self._quant(5, 2, lot_id=lot.id)
        self._aged("Fresh", 3, days=9)
        self.assertTerms(on_hand=3, expired=5)

    def test_a_lot_expiring_inside_the_ship_lead_is_set_aside(self):
        self._aged("Soon", 5, days=2)
        self._aged("Later", 3, days=4)
        self.assertTerms(on_hand=8)
        self._scope(ship_lead_days=3)
        self.assertTerms(on_hand=3, expired=5)

    def test_expiry_passing_with_no_write_is_noticed(self):
        lot = self._aged("Soon", 5, days=1)
        self.assertEqual(self._decide(), 5)
        # A moment later than the sum, and earlier than now: time passed between them.
        self.env.cr.execute(
            "UPDATE ecom_stock_level SET measured_at = measured_at - interval '1 hour' WHERE id = %s", [self.level.id]
        )
        self.env.cr.execute(
            "UPDATE stock_quant SET removal_date = %s WHERE lot_id = %s",
            [fields.Datetime.now() - timedelta(minutes=1), lot.id],
        )
        self._forget()
        self.env["ecom.flow.sweep"]._notice_expiry()
        self.assertEqual(self._changes(), {"Sofa"})
        self.assertEqual(self._decide(), 0)
        self._forget()
        self.env["ecom.flow.sweep"]._notice_expiry()
        self.assertFalse(self._changes())

    def test_it_ends_at_its_moment_and_not_at_midnight_in_utc_or_company_time_zone(self):
        self.company.partner_id.tz = "Pacific/Kiritimati"
        self._aged("Today", 5, minutes=1)
        self._aged("Gone", 3, minutes=-1)
        self.assertTerms(on_hand=5, expired=3)
