from odoo.tests import HttpCase, new_test_user, tagged

from .test_advise import AdviseCase


@tagged("post_install", "-at_install")
class TestTourAdvice(AdviseCase, HttpCase):
    def test_a_transfer_proposal_becomes_a_transfer(self):
        clerk = new_test_user(
            self.env,
            "ecom_clerk",
            groups="stock.group_stock_user,stock.group_stock_multi_locations",
            password="ecom_clerk",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        self._sold(self.product, self.warehouse, 20, 10)
        self._sold(self.product, self.graz, 20, 10)
        self._put(100, location=self.stock)
        self._put(5, location=self.graz.lot_stock_id)
        transfer, _reorder = self._advise()
        self.start_tour("/odoo/ecommerce-transfer-proposals", "ecom_accept_a_transfer_proposal", login=clerk.login)
        self.env.invalidate_all()
        self.assertEqual((transfer.state, transfer.decided_by), ("accepted", clerk))
        self.assertEqual(transfer.picking_id.move_ids.product_uom_qty, 20)
