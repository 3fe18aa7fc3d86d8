from odoo import Command

from .returns_case import ReturnsCase


class PaidCase(ReturnsCase):
    """Orders that buyers paid: by bank, or by a payment provider that does what a test says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Which would drop the taxes of these tests.
        cls.env["account.fiscal.position"].search([("company_id", "=", cls.company.id)]).unlink()
        taxes = {"taxes_id": [Command.set(cls.tax20.ids)]}
        cls.dear = cls.make_product("DEAR", 100, list_price=25, **taxes)
        cls.cheap = cls.make_product("CHEAP", 100, list_price=4, **taxes)
        journal = cls.env["account.journal"].search(
            [("company_id", "=", cls.company.id), ("type", "=", "bank")], limit=1
        )
        cls.method = cls.env.ref("payment.payment_method_unknown")
        cls.provider = cls.env["payment.provider"].create(
            {
                "name": "Pretend",
                "code": "none",
                "state": "test",
                "company_id": cls.company.id,
                "journal_id": journal.id,
                "payment_method_ids": [Command.set(cls.method.ids)],
            }
        )
        cls.method.write({"active": True, "support_refund": "partial"})
        account = cls.env["account.account"].create(
            {"name": "Under way", "code": "PRETEND", "account_type": "asset_current", "reconcile": True}
        )
        cls.env["account.payment.method.line"].create(
            {
                "payment_method_id": cls.env.ref("account.account_payment_method_manual_in").id,
                "journal_id": journal.id,
                "payment_provider_id": cls.provider.id,
                "payment_account_id": account.id,
            }
        )

    def paid(self, record, amount, **values):
        """The buyer pays by the link, as core's payment page does."""
        values = {"sale_order_ids": [Command.set(record.ids)], **values} if record._name == "sale.order" else values
        found = self.env["payment.transaction"].create(
            {
                "provider_id": self.provider.id,
                "payment_method_id": self.method.id,
                "reference": f"T{next(self.numbers)}",
                "amount": amount,
                "currency_id": record.currency_id.id,
                "partner_id": record.partner_id.id,
                **values,
            }
        )
        found._set_done()
        found._post_process()
        return found

    def bought(self, *articles):
        """A delivered, invoiced and paid order."""
        order = self.sold(*articles)
        invoice = order.invoice_ids
        wizard = self.env["account.payment.register"].with_context(active_model="account.move", active_ids=invoice.ids)
        wizard.create({})._create_payments()
        return order
