import unittest
from dataclasses import replace
from datetime import datetime, timezone
from decimal import Decimal as D

from channels.records import Address, Line, Order, Payment, Tax
from rules.content import changed, content

LINE = Line(external_id="1", sku="A", quantity=D(2), gross=D("20"), taxes=(Tax(code="vat", amount=D("4")),))
ORDER = Order(
    external_id="1",
    created_at=datetime(2026, 3, 2, tzinfo=timezone.utc),
    currency="EUR",
    lines=(LINE, replace(LINE, external_id="2")),
    ship_to=Address(name="Anna", street="Ring 1", country="AT"),
    total=D("48.00"),
    tax_total=D("8.00"),
)


class TestContent(unittest.TestCase):
    def assertChanged(self, parts, **values):
        self.assertEqual(changed(content(ORDER), content(replace(ORDER, **values))), parts)

    def test_the_same_thing_said_otherwise_is_no_change(self):
        lines = (replace(LINE, external_id="2", gross=D("20.000")), replace(LINE, quantity=D("2.0")))
        self.assertChanged(
            [], lines=lines, total=D("48"), ship_to=Address(name="ANNA ", street="ring  1", country="AT")
        )

    def test_what_follows_the_channel_anyway_is_no_change(self):
        self.assertChanged([], version="9", payment="paid", note="x", payments=(Payment(external_id="t"),))

    def test_quantities_amounts_taxes_and_totals_count_as_lines(self):
        for line in (
            replace(LINE, quantity=D(1)),
            replace(LINE, gross=D(21)),
            replace(LINE, discount=D(1)),
            replace(LINE, taxes=(Tax(code="vat", amount=D("4.01")),)),
            replace(LINE, taxes=(Tax(code="vat", amount=D(4), remitted=True),)),
        ):
            self.assertChanged(["lines"], lines=(line, ORDER.lines[1]))
        self.assertChanged(["lines"], total=D("48.01"))

    def test_addresses_and_the_way_of_shipping_are_a_part_of_their_own(self):
        self.assertChanged(["addresses"], ship_to=replace(ORDER.ship_to, street="Ring 2"))
        self.assertChanged(["addresses"], shipping_method="express")
        self.assertChanged(["lines", "addresses"], shipping_method="express", currency="USD")

    def test_an_order_whose_content_was_never_noted_tells_nothing(self):
        self.assertEqual(changed("", content(ORDER)), [])
