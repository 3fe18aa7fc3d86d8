from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..channels.records import Buyer, Risk
from .check_case import CheckCase
from .common import GRAZ, PLACED, VIENNA, line, payment, tax

BERLIN = replace(GRAZ, street="Am Anger 3", city="Berlin", postcode="10115", country="DE")


@tagged("post_install", "-at_install")
class TestCheckRules(CheckCase):
    """Each rule with the facts that this database knows; what the rules make of them is tested in `rules/checks`."""

    def said(self, *lines, **values):
        """What is said of an order of these lines."""
        order = self.place(*lines, **values)
        return "\n".join(self.holds(order).mapped("detail"))

    # ----------------------------------------------------------------- the rest
    def test_a_clean_order_flows_untouched_with_every_check_holding(self):
        for policy in self.channel.check_policy_ids:
            policy.effect = "hold"
        order = self.place()
        self.assertEqual((order.state, order.ecom_held), ("sale", False))
        self.assertFalse(self.env["ecom.exception"].search([("channel_id", "=", self.channel.id)]))

    def test_a_check_that_is_off_says_nothing(self):
        self.assertFalse(self.said(risk=Risk(level="high"), payment="authorized"))

    def test_every_new_channel_has_each_check_once(self):
        policies = self.make_channel(name="Another Shop").check_policy_ids
        rules = dict(self.env["ecom.check.policy"]._fields["rule"].selection)
        self.assertEqual(sorted(policies.mapped("rule")), sorted(rules))
        self.assertEqual(policies.filtered(lambda policy: policy.rule == "fraud").effect, "hold")
        self.assertTrue(all(policies.mapped("explanation")))
        policies.channel_id._create_check_policies()
        self.assertEqual(len(policies.channel_id.check_policy_ids), len(rules))

    # ------------------------------------------------------------- order types
    def test_a_check_can_be_limited_to_kinds_of_orders(self):
        self.policy("payment", payment_wanted="paid", never_type_ids=self.types("wholesale"))
        wholesale = self.place(payment="authorized", buyer=Buyer(name="Ida", company="Hut", vat="ATU12345675"))
        self.assertEqual((wholesale.state, wholesale.ecom_type_ids.code), ("sale", "wholesale"))
        self.assertEqual(self.place(payment="authorized").state, "draft")
        self.policy("payment", payment_wanted="paid", only_type_ids=self.types("gift"))
        self.assertEqual(self.place(payment="authorized").state, "sale")
        self.assertEqual(self.place(payment="authorized", kinds=("gift",)).state, "draft")

    def test_all_orders_of_a_channel_can_be_of_a_kind(self):
        self.channel.order_type_ids = self.types("marketplace")
        order = self.place(kinds=("preorder",))
        self.assertEqual(sorted(order.ecom_type_ids.mapped("code")), ["marketplace", "preorder"])

    # ------------------------------------------------------------------- money
    def test_payment(self):
        self.policy("payment", payment_wanted="paid")
        self.assertEqual(self.said(payment="authorized"), "Authorised, not paid yet.")

    def test_a_payment_method_can_be_trusted_to_pay_later(self):
        self.policy("payment")
        self.channel.import_when = "always"
        self.env["ecom.payment.map"].create({"channel_id": self.channel.id, "code": "cod", "pays_later": True})
        self.assertEqual(self.place(payment="unpaid", payment_method="cod").state, "sale")
        self.assertEqual(self.place(payment="unpaid", payment_method="card").state, "draft")

    def test_a_total_that_does_not_add_up(self):
        self.policy("total")
        goods = self.goods(self.shirt, 20, tax(4))
        self.assertIn(
            "Missing on the lines: 1.00, in tax: 0.00", self.said(goods, total=Decimal(25), tax_total=Decimal(4))
        )

    def test_a_price_far_from_the_pricelist_of_the_channel(self):
        self.policy("price", percent=50)
        cheap = self.goods(self.shirt, 8, quantity=2)
        self.assertFalse(self.said(cheap), "no pricelist was chosen, nothing is compared")
        self.channel.pricelist_id = self.env["product.pricelist"].create(
            {"name": "Web", "currency_id": self.euro.id, "company_id": self.company.id}
        )
        self.assertIn("was sold for 4.00; the pricelist says 10.00", self.said(cheap))
        self.assertFalse(self.said(self.goods(self.shirt, 20, quantity=2)))
        self.make_listing(self.cup, "v-box", units=6)
        box = self.goods("BOX", 60, variant_id="v-box")
        self.assertFalse(self.said(box), "a box of six cups costs six times as much")

    def test_the_pricelist_is_compared_without_the_taxes_in_it(self):
        self.policy("price", percent=1)
        self.channel.pricelist_id = self.env["product.pricelist"].create({"name": "Web", "currency_id": self.euro.id})
        included = self.make_tax(20, name="Included", price_include_override="tax_included")
        self.shirt.write({"taxes_id": [(6, 0, included.ids)], "list_price": 12})
        self.assertFalse(self.said(self.goods(self.shirt, 10)))
        self.assertIn("the pricelist says only 10.00", self.said(self.goods(self.shirt, 12)))

    def test_a_customers_credit_limit(self):
        self.policy("credit")
        self.channel.import_when = "always"
        first = self.place(payment="unpaid")
        self.company.account_use_credit_limit = True
        first.partner_id.with_company(self.company).credit_limit = 40
        buyer = Buyer(email=first.partner_id.email, name=first.partner_id.name)
        said = self.said(payment="unpaid", buyer=buyer)
        self.assertEqual(
            said, "The customer owes 24.0 already; with this order of 24 he would exceed his limit of 40.0."
        )
        self.assertFalse(self.said(payment="paid", buyer=buyer), "what is paid is not owed")

    # ------------------------------------------------------------------- buyer
    def test_the_channels_own_risk(self):
        self.policy("channel_risk")
        order = self.place(risk=Risk(level="high", reasons=("The card is from elsewhere",)))
        self.assertEqual((order.state, order.ecom_risk), ("draft", "high"))
        self.assertEqual(
            self.holds(order).detail, "The channel sees a high risk.\nThe channel says: The card is from elsewhere"
        )

    def test_the_score_is_shown_with_its_reasons_and_points(self):
        self.policy("fraud")
        order = self.place(buyer=Buyer(email="x@mailinator.com", name="Anna Huber"), ship_to=BERLIN)
        hold = self.holds(order)
        self.assertEqual(hold.name, f"Order {order.ecom_number}: Possible fraud, score 80")
        self.assertEqual(
            hold.detail.splitlines(),
            [
                "The signs add up to 80 points; from 60 on somebody looks.",
                "Billed to AT, shipped to DE. (40 points)",
                "A mail box that is thrown away after use: mailinator.com. (40 points)",
            ],
        )
        self.assertEqual((hold.category, hold.severity, hold.user_id), ("risk", "2", self.operator))

    def test_earlier_orders_count_whatever_channel_they_came_from_and_those_of_the_same_batch_too(self):
        self.policy("fraud", points=25, orders=3, window_hours=24)
        buyer = Buyer(email="anna+1@example.com", name="Anna Huber")
        other = self.make_channel(name="Other Shop")
        self.place(channel=other, buyer=buyer, ship_to=VIENNA)
        self.place(buyer=Buyer(email="ANNA@example.com", name="Anna Huber"), created_at=PLACED - timedelta(hours=25))
        orders = [self.order(buyer=buyer, created_at=PLACED + timedelta(minutes=minutes)) for minutes in range(3)]
        placed = self.feed(*orders).order_id.sorted("ecom_placed_at")
        self.assertEqual(placed.mapped("ecom_held"), [False, False, True], "the third one has three before it")
        self.assertIn(
            "3 other orders of this buyer or to this address within 24 hours", placed.ecom_exception_ids.detail
        )

    def test_a_possible_duplicate(self):
        self.policy("duplicate", "warn")
        buyer = Buyer(email="anna@example.com", name="Anna Huber")
        first = self.place(buyer=buyer)
        other = self.goods(self.cup, 20, tax(4))
        self.assertFalse(self.said(other, buyer=buyer, created_at=PLACED + timedelta(hours=1)), "other goods")
        twin = self.place(buyer=buyer, created_at=PLACED + timedelta(hours=2))
        found = self.holds(twin)
        self.assertEqual(found.detail, f"The same things were ordered a moment ago with order {first.ecom_number}.")
        self.assertEqual((twin.state, found.is_hold, found.severity), ("sale", False, "1"), "it is only told")
        self.assertFalse(self.said(buyer=buyer, created_at=PLACED + timedelta(hours=30)), "long after")

    def test_the_block_list(self):
        self.policy("blocked")
        entries = self.env["ecom.block.entry"].with_company(self.company)
        entries.create({"kind": "email", "value": "Anna+x@Example.com", "reason": "Never paid"})
        entries.create({"kind": "domain", "value": "@bad.example", "company_id": self.make_company("Other").id})
        said = self.said(buyer=Buyer(email="anna@example.com", name="Anna Huber"))
        self.assertEqual(said, "The mail address Anna+x@Example.com is on the block list: Never paid")
        self.assertFalse(self.said(buyer=Buyer(email="a@bad.example")), "another company's list")
        entries.create({"kind": "address", "value": "Gasse 2, 8010, AT"})
        self.assertIn("The address", self.said())
        with self.assertRaises(ValidationError):
            entries.create({"kind": "phone", "value": "none"})

    def test_a_buyer_is_blocked_from_his_order(self):
        order = self.place(buyer=Buyer(email="anna@example.com", name="Anna", phone="+43 664 1234567"))
        order.with_user(self.operator).action_ecom_block_buyer()
        order.with_user(self.operator).action_ecom_block_buyer()
        entries = self.env["ecom.block.entry"].search([("company_id", "=", self.company.id)])
        self.assertEqual(sorted(entries.mapped("key")), ["641234567", "anna@example.com"])

    # ------------------------------------------------------------------- goods
    def test_restrictions_of_places_and_products(self):
        self.policy("restricted")
        goods = self.env["product.category"].create({"name": "Dangerous"})
        below = self.env["product.category"].create({"name": "Batteries", "parent_id": goods.id})
        self.cup.categ_id = below
        germany = self.env.ref("base.de")
        restrictions = self.env["ecom.restriction"].with_company(self.company)
        restrictions.create({"name": "No batteries by air", "categ_ids": goods.ids, "country_ids": germany.ids})
        cup = self.goods(self.cup, 20, tax(4))
        self.assertEqual(self.said(cup, ship_to=BERLIN), "A cup must not go there: No batteries by air")
        self.assertFalse(self.said(cup))
        self.assertFalse(self.said(ship_to=BERLIN))
        elsewhere = self.make_channel(name="Another Shop")
        restrictions.create({"name": "Not served", "country_ids": germany.ids, "channel_ids": elsewhere.ids})
        self.assertFalse(self.said(ship_to=BERLIN), "another channel's restriction")
        with self.assertRaises(ValidationError):
            restrictions.create({"name": "Nothing goes anywhere"})

    def test_an_address_to_which_nothing_can_be_sent(self):
        self.policy("address", "warn")
        order = self.place(ship_to=replace(GRAZ, street="", postcode="1"))
        self.assertEqual(self.holds(order).detail, "The street is missing.\n1 is no postcode of AT.")
        self.assertEqual(order.state, "sale")

    def test_stock_that_does_not_suffice_for_all_orders_of_a_batch(self):
        self.policy("stock")
        lamp = self.make_product("LAMP", 5)
        orders = [self.order(self.goods(lamp, 20, tax(4), quantity=3)) for _number in range(2)]
        placed = self.feed(*orders).order_id.sorted("id")
        self.assertEqual(placed.mapped("state"), ["sale", "draft"])
        self.assertEqual(self.holds(placed[1]).detail, "A lamp: 3 ordered, 2 free.")

    def test_goods_of_which_no_stock_is_kept_are_never_short(self):
        self.policy("stock")
        ticket = self.make_product("TICKET", is_storable=False)
        self.assertFalse(self.said(self.goods(ticket, 20, tax(4))))

    def test_words_of_the_channel_that_nobody_gave_a_meaning_are_told_once_for_all_orders(self):
        self.policy("unknown", "warn")
        self.channel.invoice_policy = "order"
        for _number in range(2):
            order = self.place(
                self.goods(self.shirt, 20, tax(4)),
                line("s", 0, kind="shipping", method="std", name="Standard"),
                shipping_method="std",
                payment_method="card",
                payment_method_name="Card",
                payments=(payment(f"t{_number}", 24),),
            )
            self.assertEqual(order.state, "sale")
            self.assertFalse(self.holds(order))
        found = self.env["ecom.exception"].search([("channel_id", "=", self.channel.id)])
        self.assertEqual(sorted(found.mapped("dedupe_key")), ["delivery:std", "payment:card"])
