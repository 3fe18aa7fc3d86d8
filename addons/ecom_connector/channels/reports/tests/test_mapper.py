"""Any other report, by columns that a person described."""

import unittest
from decimal import Decimal

from channels.errors import Unreadable
from channels.records import SettlementLine
from channels.reports.check import Check
from channels.reports.mapper import Template, preview, read, read_apart
from channels.reports.source import Source

REPORT = """Ihr Auszug;;;;;
Tag;Vorgang;Bestellung;Betrag;Gebühr;Auszahlung
02.03.2026;Verkauf;B-1;1.100,00;33,00;A7
03.03.2026;Retoure;B-0;-50,00;0,00;A7
04.03.2026;Miete;;-9,99;0,00;A7
05.03.2026;Auszahlung;;-1.007,01;0,00;A7
""".encode("cp1252")
KEPT = {
    "columns": {
        "date": "Tag",
        "kind": "Vorgang",
        "order": "Bestellung",
        "amount": "Betrag",
        "fee": "Gebühr",
        "settlement": "Auszahlung",
    },
    "decimal": ",",
    "fee_sign": 1,
    "currency": "EUR",
    "zone": "Europe/Vienna",
    "families": {"Verkauf": "sale", "Retoure": "refund", "Auszahlung": "payout"},
}


class TestMapper(unittest.TestCase):
    def test_described_columns_give_lines_that_add_up(self):
        template = Template.of(KEPT)
        check = Check()
        lines = [item for item in check.over(read(Source.of(REPORT), template)) if isinstance(item, SettlementLine)]
        self.assertEqual(check.flaws, [])
        self.assertEqual(str(check.sums["A7"].amount), "1007.01")
        self.assertEqual([line.family for line in lines], ["sale", "refund", "unknown", "payout"])
        self.assertEqual((str(lines[0].net), lines[0].at.isoformat()), ("1067.00", "2026-03-02T00:00:00+01:00"))

    def test_a_preview_shows_some_lines_and_the_sum_of_all(self):
        shown, total, count = preview(Source.of(REPORT), Template.of(KEPT), rows=2)
        self.assertEqual((len(shown), str(total), count), (2, "0.00", 4))

    def test_a_template_survives_being_kept(self):
        template = Template.of(KEPT)
        self.assertEqual(Template.of(template.kept()), template)

    def test_payouts_without_a_number_go_by_their_days_and_come_to_their_lines_where_that_is_said(self):
        columns = {name: there for name, there in KEPT["columns"].items() if name != "settlement"}
        template = Template.of({**KEPT, "columns": columns, "families": {}, "is_sum": True})
        check = Check()
        lines = [
            item for item in check.over(read_apart(Source.of(REPORT), template)) if isinstance(item, SettlementLine)
        ]
        self.assertEqual({line.settlement_id for line in lines}, {"EUR 2026-03-02 - 2026-03-05"})
        self.assertEqual((check.flaws, check.sums["EUR 2026-03-02 - 2026-03-05"].difference), ([], 0))

    def test_signs_units_and_debit_and_credit(self):
        body = b"what,soll,haben\na,0,1050\nb,250,0\n"
        kept = {"columns": {"kind": "what", "debit": "soll", "credit": "haben"}, "decimal": "minor", "currency": "JPY"}
        shown, total, _count = preview(Source.of(body), Template.of(kept))
        self.assertEqual(([str(line.net) for line in shown], total), (["1050", "-250"], Decimal(800)))
        _shown, total, _count = preview(Source.of(body), Template.of({**kept, "sign": -1, "currency": "EUR"}))
        self.assertEqual(str(total), "-8.00")

    def test_a_net_without_an_amount_has_the_fee_added_back(self):
        body = b"what,fee,net\na,-1.00,9.00\n"
        shown, _total, _count = preview(Source.of(body), Template.of({"columns": {"fee": "fee", "net": "net"}}))
        self.assertEqual((str(shown[0].amount), str(shown[0].fee)), ("10.00", "1.00"))

    def test_a_description_that_describes_nothing_is_refused(self):
        for kept in (
            {},
            {"columns": {}},
            {"columns": {"date": "x"}},
            {**KEPT, "zone": "Nowhere/At all"},
            {**KEPT, "sign": 0},
            {**KEPT, "families": {"a": "cheese"}},
            {"columns": {"amount": "x", "cheese": "y"}},
        ):
            with self.subTest(kept=kept), self.assertRaises(Unreadable):
                Template.of(kept)
        with self.assertRaises(Unreadable):
            preview(Source.of(b"a,b\n1,2\n"), Template.of(KEPT))
