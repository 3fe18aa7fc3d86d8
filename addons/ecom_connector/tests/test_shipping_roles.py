from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .shipping_case import ShippingCase


@tagged("post_install", "-at_install")
class TestShippingRoles(ShippingCase):
    """People with the lowest role that their work needs, and nothing of the sales channels."""

    def test_an_accountant_invoices_an_order_and_sees_no_secret(self):
        self.env["account.chart.template"].try_loading("generic_coa", company=self.company, install_demo=False)
        order = self._order(2)
        self._ship(order.picking_ids)
        accountant = self._user("account.group_account_invoice")
        order.with_user(accountant)._create_invoices()
        invoice = order.invoice_ids.with_user(accountant)
        invoice.action_post()
        self.assertEqual((invoice.state, invoice.invoice_line_ids.quantity), ("posted", 2.0))
        self._sees_no_secret(accountant)

    def test_a_warehouse_user_sees_no_secret(self):
        self._sees_no_secret(self._user("stock.group_stock_user"))

    def test_a_salesman_sees_no_secret(self):
        self._sees_no_secret(self._user("sales_team.group_sale_salesman_all_leads"), "ecom.exception")

    def test_the_own_fields_of_an_order_can_be_read_by_all_who_read_orders(self):
        order = self._order(2)
        self._ship(order.picking_ids)
        for group in (
            "stock.group_stock_user",
            "account.group_account_invoice",
            "sales_team.group_sale_salesman_all_leads",
        ):
            seen = order.with_user(self._user(group))
            (row,) = seen.read([name for name in seen.fields_get() if name.startswith("ecom_")])
            self.assertEqual(row["ecom_number"], order.ecom_number)
            self.assertEqual(row["ecom_shipment_ids"], order.ecom_shipment_ids.ids)

    def test_the_form_of_a_delivery_is_saved_by_a_warehouse_user(self):
        # Odoo's own form of a transfer reads postcodes of carriers, which take the right to edit contacts.
        user = self._user("stock.group_stock_user", "base.group_partner_manager")
        order = self._order(2)
        with Form(order.picking_ids.with_user(user)) as form, form.ecom_shipment_ids.new() as parcel:
            parcel.tracking_number = "W1"
        self._ship(order.picking_ids, user=user)
        with Form(order.picking_ids.with_user(user)) as form, form.ecom_shipment_ids.edit(0) as parcel:
            parcel.tracking_number = "W2"
        parcel = order.ecom_shipment_ids
        self.assertEqual(self._rows(parcel, "parcel", "tracking_number", "told_state"), [(1, "W2", "waiting")])

    def _sees_no_secret(self, user, *allowed):
        hidden = {"ecom.channel.credential", "ecom.payload", "ecom.message", "ecom.exception"} - set(allowed)
        for model in sorted(hidden):
            with self.assertRaises(AccessError):
                self.env[model].with_user(user).search([])
        channel = self.channel.with_user(user)
        self.assertNotIn("webhook_key", channel.fields_get())
        channel.read([name for name in channel.fields_get() if name in self.env["ecom.channel"]._fields])
