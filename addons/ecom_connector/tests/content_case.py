"""An order for every feature of an order's content, travelled together: placed, invoiced, paid, credited."""

from dataclasses import replace
from decimal import Decimal

from ..channels.records import Buyer
from .common import GRAZ, VIENNA, line, payment, tax
from .invoice_case import InvoiceCase


class ContentCase(InvoiceCase):
    """`cls.roads`: {feature: sale order}, each invoiced, its captures booked, and credited by Odoo's own wizard.

    All of them travel in one batch: the tests only look.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_tax(5, name="Federal", include_base_amount=True, sequence=1)
        cls.make_tax("9.975", name="Provincial", is_base_affected=True, sequence=2)
        cls.kit = cls.make_product("KIT", 10)
        account = cls.env["account.account"]
        cls.owed = account.create(
            {
                "name": "Gift Cards",
                "code": "299990",
                "account_type": "liability_current",
                "company_ids": [(6, 0, cls.company.ids)],
            }
        )
        cls.channel.check_policy_ids.effect = "off"
        cls.channel.write({"voucher_account_id": cls.owed.id, "tolerance": 0.02})
        case = cls()
        cls.stated = case.features()
        messages = case.feed(*cls.stated.values())
        cls.roads = {name: message.order_id for name, message in zip(cls.stated, messages, strict=True)}
        case.work_off()
        cls.invoices = {name: order.invoice_ids for name, order in cls.roads.items()}
        cls.credit(list(cls.roads.values()))

    @classmethod
    def credit(cls, orders):
        """Credit all of their invoices as an accountant does, with the wizard."""
        for order in orders:
            for invoice in order.invoice_ids.filtered(lambda move: move.move_type == "out_invoice"):
                context = {"active_model": "account.move", "active_ids": invoice.ids}
                wizard = cls.env["account.move.reversal"].with_context(**context)
                wizard.create({"journal_id": invoice.journal_id.id, "date": "2026-03-10"}).refund_moves()
            order.invoice_ids.filtered(lambda move: move.state == "draft")._post()

    # ---------------------------------------------------------------- the orders
    def features(self):
        """{feature: records.Order}."""
        shirt, net, vat = self.shirt, Decimal("8.333333"), Decimal("1.666667")
        plain = self.goods(shirt, 20, tax(4))
        service = {kind: line(kind, 5, kind=kind, name=kind) for kind in ("fee", "tip", "duty", "gift_card")}
        firm = replace(VIENNA, company="Huber GmbH", vat="ATU 1234 5675")
        return {
            "net prices": self.order(self.goods(shirt, "19.99", tax("3.99"), quantity=3)),
            "gross prices": self.order(
                self.goods(shirt, net * 3, tax(vat * 3), quantity=3), prices_include_tax=True, total=Decimal(30)
            ),
            "reduced tax": self.order(plain, self.goods(self.cup, "22.63", tax("2.26", code="vat10", rate=10))),
            "compound tax": self.order(
                self.goods(
                    shirt,
                    "40.01",
                    tax("2.00", code="f", rate=5),
                    tax("4.19", code="p", rate="9.975", compound=True),
                    quantity=2,
                )
            ),
            "marketplace tax": self.order(
                self.goods(shirt, 100, tax("8.25", code="state", rate="8.25", remitted=True), quantity=3)
            ),
            "allocated discounts": self.order(
                self.goods(shirt, "30.00", tax("5.33"), discount="3.33", quantity=3),
                self.goods(self.cup, "10.00", tax("1.78"), discount="1.11"),
                coupons=("WELCOME10",),
            ),
            "coupon line": self.order(plain, line("d", "-5.00", tax("-1.00"), kind="discount", name="TAKE5")),
            "free gift": self.order(plain, self.goods(self.cup, 15, discount=15)),
            "fee": self.order(plain, replace(service["fee"], taxes=(tax("1.00"),))),
            "tip": self.order(plain, service["tip"]),
            "duty": self.order(plain, service["duty"]),
            "gift card sold": self.order(plain, service["gift_card"]),
            "gift card used": self.order(
                plain, payments=(payment("gc", 10, tender="gift_card", method="gc"), payment("gm", 14))
            ),
            "store credit used": self.order(
                plain, payments=(payment("sc", 24, tender="store_credit", method="credit"),)
            ),
            "shipping lines": self.order(
                plain,
                line("s1", "4.08", tax("0.82"), kind="shipping", name="Post", method="post"),
                line(
                    "s2",
                    "9.99",
                    tax("0.80", code="vat10", rate=10),
                    discount="2.00",
                    kind="shipping",
                    name="Bulky",
                    method="bulky",
                ),
            ),
            "kit": self.order(
                replace(self.goods(self.kit, 50, tax(10)), external_id="k"),
                self.goods(self.cup, 0, part_of="k"),
            ),
            "bundle": self.order(
                replace(self.goods("NOBODY", 30, tax(6), variant_id=""), external_id="b"),
                self.goods(shirt, 0, part_of="b"),
                self.goods(self.cup, 0, part_of="b", quantity=2),
            ),
            "rounding line": self.order(plain, total=Decimal("24.02")),
            "guest": self.order(plain, buyer=Buyer(email="guest@example.com", name="Gustav Gast")),
            "company": self.order(plain, bill_to=firm, buyer=Buyer(email="firm@example.com", name="Frieda Firm")),
            "two addresses": self.order(plain, bill_to=VIENNA, ship_to=GRAZ),
            "words": self.order(
                replace(plain, note="For my brother", attributes=(("Engraving", "J. G."),)),
                note="Ring twice",
                delivery_note="Second floor",
                gift_message="Happy birthday",
                attributes=(("Heard of us", "A friend"),),
                tags=("press",),
                buyer=Buyer(email="w@example.com", name="Will Wort", tags=("VIP",), accepts_marketing=True),
            ),
            "two currencies": replace(
                self.order(plain, currency="USD"), other_currency="EUR", other_total=Decimal("19.20")
            ),
        }
