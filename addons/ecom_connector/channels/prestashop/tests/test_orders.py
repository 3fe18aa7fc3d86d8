import unittest
from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from lxml import etree

from ...errors import ChannelError, Unreadable
from ...records import Order, Tax
from ...tests.mutation import mutated_xml
from ..orders import parse_order
from ..refunds import read_slip

SAMPLE = (Path(__file__).resolve().parent.parent / "samples" / "order.xml").read_bytes()


def changed(**texts):
    """The sample with other words in some places: {a path with __ for /: text}."""
    root = etree.fromstring(SAMPLE)
    for path, text in texts.items():
        root.find(path.replace("__", "/")).text = text
    return etree.tostring(root)


class WhatAnOrderSays(unittest.TestCase):
    order = parse_order(SAMPLE)

    def test_lines_with_their_taxes_add_up_to_the_total(self):
        order = self.order
        self.assertEqual((order.total, order.tax_total), (Decimal("57.54"), Decimal("8.71")))
        self.assertEqual(sum(line.total + line.tax_total for line in order.lines), order.total)
        self.assertEqual([line.kind for line in order.lines], ["product", "product", "shipping", "fee", "discount"])

    def test_two_taxes_of_a_line_share_its_amount_by_their_rates(self):
        taxes = self.order.lines[1].taxes
        self.assertEqual([(tax.code, tax.amount) for tax in taxes], [("2", Decimal("0.655")), ("3", Decimal("0.655"))])

    def test_sums_of_the_order_are_taxed_with_the_rate_they_show(self):
        shipping, wrapping, voucher = self.order.lines[2:]
        twenty = [Tax(code="1", name="TVA 20%", rate=Decimal("20.000"), amount=Decimal(n)) for n in ("1", "0.4", "-2")]
        self.assertEqual([*shipping.taxes, *wrapping.taxes, *voucher.taxes], twenty)
        self.assertEqual((voucher.name, voucher.gross), ("WELCOME10", Decimal(-10)))
        self.assertEqual((shipping.method, shipping.name), ("3", "Colissimo"))

    def test_times_are_those_of_the_shop(self):
        self.assertEqual(self.order.created_at, datetime(2026, 7, 1, 8, tzinfo=timezone.utc))
        self.assertRegex(self.order.version, r"^2026-07-01T08:00:05Z~00000000000000000030\.[0-9a-f]{8}$")

    def test_people_and_places(self):
        order = self.order
        self.assertEqual((order.bill_to.company, order.bill_to.vat), ("Atelier SARL", "FR83404833048"))
        self.assertEqual((order.ship_to.name, order.ship_to.country, order.ship_to.state), ("Paul Martin", "FR", ""))
        self.assertEqual((order.buyer.external_id, order.buyer.language), ("5", "fr-fr"))
        self.assertEqual(parse_order(changed(customers__customer__is_guest="1")).buyer.external_id, "")

    def test_of_a_checkout_that_became_several_orders_each_is_paid_its_own(self):
        (payment,) = self.order.payments
        self.assertEqual((payment.external_id, payment.amount), ("TX-1/41", Decimal("57.54")))
        (alone,) = parse_order(changed(order_payments__order_payment__amount="57.54")).payments
        self.assertEqual((alone.external_id, alone.amount), ("TX-1", Decimal("57.54")))

    def test_parcels_refunds_and_names(self):
        order = self.order
        self.assertEqual([(p.external_id, p.tracking_number) for p in order.shipments], [("50", "8N00234567890")])
        (refund,) = order.refunds
        self.assertEqual((refund.external_id, refund.amount), ("70", Decimal(30)))
        self.assertEqual([line.line_id for line in refund.lines], ["90", "shipping"])
        self.assertIn(("transaction", "TX-1"), order.references)
        self.assertEqual(
            (order.coupons, order.kinds, order.gift_message), (("WELCOME10",), ("gift",), "Joyeux anniversaire")
        )

    def test_a_slip_without_lines_is_a_plain_amount(self):
        slip = etree.fromstring("<order_slip><id>1</id><id_order>2</id_order><amount>9.50</amount></order_slip>")
        self.assertEqual(read_slip(slip, None).amount, Decimal("9.50"))


class WhatAStateMeans(unittest.TestCase):
    def test_states_are_known_by_their_mail_whatever_they_are_called(self):
        for mail, paid, shipped, said in (
            ("payment", "1", "0", ("open", "paid", "open")),
            ("shipped", "1", "1", ("open", "paid", "fulfilled")),
            ("order_canceled", "0", "0", ("cancelled", "paid", "open")),
            ("payment_error", "0", "0", ("pending", "paid", "open")),
            ("refund", "0", "0", ("cancelled", "refunded", "open")),
            ("refund", "0", "1", ("open", "refunded", "fulfilled")),
        ):
            with self.subTest(mail=mail, shipped=shipped):
                state = "order_states__order_state__"
                texts = {"template__language": mail, "paid": paid, "shipped": shipped}
                order = parse_order(changed(**{state + name: text for name, text in texts.items()}))
                self.assertEqual((order.status, order.payment, order.fulfilment), said)

    def test_a_state_without_a_mail_is_known_by_its_number(self):
        body = changed(order__current_state="6", order_states__order_state__template__language="")
        self.assertEqual(parse_order(body).status, "cancelled")

    def test_who_paid_a_part_has_paid_a_part(self):
        body = changed(order__total_paid_real="10", order_states__order_state__paid="0")
        self.assertEqual(parse_order(body).payment, "partial")


class WhatMakesNoSense(unittest.TestCase):
    def test_what_is_no_order_is_unreadable(self):
        for body in (b"", b"<html>Maintenance</html>", b"[]", SAMPLE[:900], changed(order__date_add="yesterday")):
            with self.subTest(body=body[:20]), self.assertRaises(Unreadable):
                parse_order(body)

    def test_no_entity_is_resolved(self):
        body = b'<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + changed(order__reference="&x;").replace(
            b"&amp;x;", b"&x;"
        )
        self.assertNotIn("root:", repr(parse_order(body)))

    @settings(max_examples=80, deadline=None, derandomize=True, database=None)
    @given(mutated_xml(SAMPLE))
    def test_a_changed_payload_is_an_order_or_a_typed_error(self, body):
        try:
            order = parse_order(body)
        except ChannelError:
            return
        self.assertIsInstance(order, Order)
        self.assertTrue(order.external_id)


if __name__ == "__main__":
    unittest.main()
