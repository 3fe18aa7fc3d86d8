"""Items and taxes of the channel -> products and taxes here; what nobody knows waits for a person, nothing is lost."""

from odoo.tests import tagged

from .common import ChannelCase, line, tax


@tagged("post_install", "-at_install")
class TestLines(ChannelCase):
    def exceptions(self, **values):
        domain = [("channel_id", "=", self.channel.id), *((name, "=", value) for name, value in values.items())]
        return self.env["ecom.exception"].search(domain)

    def listing(self, variant_id):
        return self.env["ecom.listing"].search([("channel_id", "=", self.channel.id), ("external_id", "=", variant_id)])

    # ----------------------------------------------------------------- products
    def test_the_listing_decides_and_not_the_sku(self):
        listing = self.make_listing(self.cup, "v-1")
        order = self.place(self.goods(self.shirt, 20, variant_id="v-1"))
        self.assertEqual((order.order_line.product_id, order.order_line.ecom_listing_id), (self.cup, listing))

    def test_a_pack_of_six_moves_six_and_costs_the_same(self):
        self.make_listing(self.cup, "v-six", units=6)
        order = self.place(self.goods(self.cup, "24.99", tax("4.99"), quantity=2, variant_id="v-six"))
        self.assertEqual(order.order_line.product_uom_qty, 12)
        self.assertTotals(order, "24.99", "4.99")
        self.assertEqual(order.picking_ids.move_ids.product_uom_qty, 12)

    def test_an_item_first_seen_on_an_order_gets_its_listing_by_sku(self):
        order = self.place(self.goods(self.shirt, 20))
        self.assertEqual((self.listing("v-SHIRT").product_id, self.listing("v-SHIRT").state), (self.shirt, "matched"))
        self.assertEqual(order.order_line.ecom_listing_id, self.listing("v-SHIRT"))

    def test_the_barcode_serves_where_the_sku_says_nothing(self):
        self.cup.barcode = "9001234567890"
        order = self.place(self.goods("UNHEARD", 20, barcode="9001234567890"))
        self.assertEqual(order.order_line.product_id, self.cup)

    def test_an_item_that_was_deleted_on_the_channel_is_known_by_its_sku(self):
        order = self.place(self.goods(self.shirt, 20, variant_id=""))
        self.assertEqual((order.order_line.product_id, order.order_line.ecom_listing_id.id), (self.shirt, False))

    def test_an_unknown_item_keeps_the_order_out_until_it_is_matched(self):
        order = self.order(self.goods(self.shirt, 20), self.goods("NEW", 10))
        message = self.feed(order)
        self.assertEqual((message.state, message.order_id.id), ("failed", False))
        self.assertIn("NEW", message.problem)
        exception = self.exceptions(category="product")
        self.assertEqual((exception.state, exception.dedupe_key), ("open", "listing:v-NEW"))
        self.assertEqual(self.listing("v-NEW").state, "unmatched")
        self.listing("v-NEW").write({"product_id": self.cup.id, "state": "matched"})
        message.action_retry()
        again = self.feed(order)
        self.assertEqual((again.state, exception.state), ("done", "solved"))
        self.assertEqual(again.order_id.order_line.product_id, self.shirt | self.cup)

    def test_an_unknown_item_opens_one_exception_however_many_orders_have_it(self):
        messages = self.feed(*(self.order(self.goods("NEW", 10)) for _number in range(3)))
        self.assertEqual(set(messages.mapped("state")), {"failed"})
        self.assertEqual(len(self.exceptions(category="product")), 1)

    def test_a_product_that_is_made_later_is_found_by_the_next_try(self):
        order = self.order(self.goods("LATE", 10))
        self.feed(order)
        product = self.make_product("LATE")
        self.assertEqual(self.feed(order).order_id.order_line.product_id, product)
        self.assertEqual(self.listing("v-LATE").state, "matched")

    def test_two_products_of_one_sku_are_a_question(self):
        twin = self.make_product("SHIRT")
        self.feed(self.order(self.goods(self.shirt, 20)))
        listing = self.listing("v-SHIRT")
        self.assertEqual((listing.state, listing.candidate_ids), ("ambiguous", self.shirt | twin))
        self.assertIn("Several products", self.exceptions(category="product").detail)

    def test_a_product_of_another_company_is_not_ours(self):
        other = self.make_company("Other Company")
        self.make_product("THEIRS", company_id=other.id)
        self.assertEqual(self.feed(self.order(self.goods("THEIRS", 20))).state, "failed")

    def test_new_skus_wait_where_the_merchant_matches_them_himself(self):
        self.channel.match_on_order = False
        self.assertEqual(self.feed(self.order(self.goods(self.shirt, 20))).state, "failed")
        self.assertEqual(self.listing("v-SHIRT").state, "unmatched")

    def test_all_troubles_of_an_order_are_told_at_once(self):
        message = self.feed(
            self.order(
                self.goods("ONE", 10), self.goods("TWO", 10, tax(1, code="odd", rate=7.7)), line("x", 5, quantity=0)
            )
        )
        for word in ("ONE", "TWO", "odd", "without a quantity"):
            self.assertIn(word, message.problem)
        own = self.env["ecom.exception"].search([("ecom_message_id", "=", message.id)])
        self.assertEqual(own.detail, message.problem)

    # ------------------------------------------------------------------ services
    def test_every_kind_of_line_has_a_product_of_its_own(self):
        kinds = ("shipping", "fee", "tip", "gift_card", "duty")
        lines = [line(kind, 5, kind=kind, name=kind) for kind in kinds]
        order = self.place(self.goods(self.shirt, 20), *lines, line("d", -3, kind="discount", name="Voucher"))
        products = order.order_line[1:].product_id
        self.assertEqual(len(products), 6)
        self.assertEqual(set(products.mapped("type")), {"service"})
        self.assertTotals(order, 42, 0)

    def test_a_service_product_that_was_deleted_is_made_anew(self):
        self.env.ref("ecom_connector.product_tip").unlink()
        order = self.place(self.goods(self.shirt, 20), line("t", 2, kind="tip", name="Tip"))
        self.assertEqual(order.order_line[1].product_id, self.env.ref("ecom_connector.product_tip"))

    def test_a_line_that_was_removed_on_the_channel_is_left_out(self):
        order = self.place(self.goods(self.shirt, 20, tax(4)), self.goods(self.cup, 0, quantity=0))
        self.assertEqual(order.order_line.product_id, self.shirt)
        self.assertTotals(order, 20, 4)

    # --------------------------------------------------------------------- taxes
    def mapping(self, code):
        return self.env["ecom.tax.map"].search([("channel_id", "=", self.channel.id), ("code", "=", code)])

    def test_the_only_tax_of_the_rate_is_learnt(self):
        self.place(self.goods(self.shirt, 10, tax(1, code="reduced", rate=10)))
        self.assertEqual((self.mapping("reduced").tax_id, self.mapping("reduced").rate), (self.tax10, 10))

    def test_the_mapping_decides_and_not_the_rate(self):
        special = self.make_tax(20, name="Special 20 %")
        self.env["ecom.tax.map"].create({"channel_id": self.channel.id, "code": "vat20", "tax_id": special.id})
        self.assertEqual(self.place().order_line.tax_ids, special)

    def test_of_two_taxes_the_one_that_is_included_like_the_channels_is_taken(self):
        included = self.make_tax(20, name="Included 20 %", price_include_override="tax_included")
        self.assertEqual(self.place().order_line.tax_ids, self.tax20)
        other = self.place(self.goods(self.shirt, 20, tax(4, code="incl")), prices_include_tax=True)
        self.assertEqual(other.order_line.tax_ids, included)

    def test_a_doubtful_tax_is_asked_for_once_and_then_known(self):
        twin = self.make_tax(20, name="Other 20 %")
        orders = [self.order() for _number in range(2)]
        messages = self.feed(*orders)
        self.assertEqual(set(messages.mapped("state")), {"failed"})
        exception = self.exceptions(dedupe_key="tax:vat20")
        self.assertEqual((len(exception), exception.category), (1, "mapping"))
        self.assertFalse(self.env["sale.order"].search([("ecom_channel_id", "=", self.channel.id)]))
        self.mapping("vat20").tax_id = twin
        again = self.feed(*orders)
        self.assertEqual(again.order_id.order_line.tax_ids, twin)
        self.assertEqual(exception.state, "solved")

    def test_a_missing_tax_is_made_where_the_merchant_allows_it(self):
        order = self.order(self.goods(self.shirt, 10, tax("0.77", code="ch", rate="7.7", name="MWST")))
        self.assertEqual(self.feed(order).state, "failed")
        self.channel.create_taxes = True
        made = self.feed(order).order_id.order_line.tax_ids
        self.assertEqual((made.amount, made.type_tax_use, made.company_id), (7.7, "sale", self.company))
        self.assertIn("MWST", made.name)
        self.assertTotals(self.feed(order).order_id, 10, "0.77")

    def test_a_tax_that_was_made_is_booked_where_the_companys_own_are_and_named_by_its_rate(self):
        account = self.env["account.account"].create(
            {"code": "247799", "name": "VAT", "account_type": "liability_current"}
        )
        own = self.make_tax(20, name="Own")
        for shares in (own.invoice_repartition_line_ids, own.refund_repartition_line_ids):
            shares.filtered(lambda share: share.repartition_type == "tax").account_id = account
        self.company.account_sale_tax_id = own
        self.channel.create_taxes = True
        order = self.order(self.goods(self.shirt, 10, tax("0.77", code="ch", rate="7.7", name="MWST")))
        placed = self.feed(order).order_id
        made = placed.order_line.tax_ids
        self.assertEqual((made.tax_group_id.name, made.tax_group_id != own.tax_group_id), ("7.7%", True))
        self.assertFalse(made.invoice_repartition_line_ids.tag_ids)
        invoice = placed._create_invoices()
        invoice.action_post()
        booked = invoice.line_ids.filtered("tax_line_id")
        self.assertEqual((booked.account_id, booked.balance), (account, -0.77))

    def test_a_group_of_taxes_is_shared_out_by_its_rates(self):
        parts = self.make_tax(5, name="GST") | self.make_tax(7, name="PST")
        group = self.make_tax(0, name="GST + PST", amount_type="group", children_tax_ids=[(6, 0, parts.ids)])
        self.env["ecom.tax.map"].create({"channel_id": self.channel.id, "code": "both", "tax_id": group.id})
        order = self.place(self.goods(self.shirt, "10.01", tax("1.21", code="both", rate=12)))
        self.assertTotals(order, "10.01", "1.21")

    def test_a_currency_that_is_not_active_is_asked_for(self):
        franc = self.env.ref("base.CHF")
        franc.active = False
        order = self.order(currency="CHF")
        self.assertEqual(self.feed(order).state, "failed")
        self.assertEqual(self.exceptions(dedupe_key="currency:CHF").state, "open")
        franc.active = True
        self.assertEqual(self.feed(order).state, "done")
        self.assertEqual(self.exceptions(dedupe_key="currency:CHF").state, "solved")
