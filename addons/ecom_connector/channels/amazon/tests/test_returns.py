import unittest
from decimal import Decimal
from pathlib import Path

from channels.amazon import returns
from channels.errors import Unreadable

SAMPLE = Path(__file__).parents[1] / "samples" / "fba_customer_returns.txt"


def notices(body=None):
    raws = returns._raws(SAMPLE.read_bytes() if body is None else body)
    return {raw.external_id: (raw, returns.parse_return(raw.body)) for raw in raws}


class TestReturns(unittest.TestCase):
    """What buyers sent back to Amazon's own warehouses."""

    def test_all_units_of_an_order_are_one_return_each_with_its_license_plate(self):
        raw, notice = notices()["114-0000000-0000001"]
        self.assertEqual((notice.state, notice.lines, raw.version), ("received", (), notice.version))
        units = [(unit.external_id, unit.sku, unit.condition, unit.is_paid) for unit in notice.returned]
        self.assertEqual(
            units, [("LPNRR0000001", "MUG-300", "sellable", False), ("LPNRR0000002", "MUG-300", "carrier", True)]
        )
        self.assertEqual(notice.reason, "Unwanted item; Defective: Handle broke, sorry")

    def test_the_same_license_plate_twice_is_one_unit_as_it_stood_last(self):
        _raw, notice = notices()["114-0000000-0000002"]
        self.assertEqual(
            [(unit.external_id, unit.condition) for unit in notice.returned], [("LPNRR0000003", "sellable")]
        )

    def test_units_without_a_plate_all_count(self):
        lines = SAMPLE.read_text().splitlines()
        bare = lines[1].replace("LPNRR0000001", "")
        _raw, notice = notices("\n".join([lines[0], bare, bare]).encode())["114-0000000-0000001"]
        self.assertEqual(sum(unit.quantity for unit in notice.returned), Decimal(2))
        self.assertEqual(len({unit.external_id for unit in notice.returned}), 2)

    def test_the_same_rows_are_the_same_message_and_one_that_came_late_is_not_older(self):
        lines = SAMPLE.read_text().splitlines()
        first = notices()["114-0000000-0000001"][0].version
        self.assertEqual(
            notices("\n".join([lines[0], lines[2], lines[1]]).encode())["114-0000000-0000001"][0].version, first
        )
        late = lines[1].replace("LPNRR0000001", "LPNRR0000009").replace("2026-03-10", "2026-03-02")
        version = notices("\n".join([*lines[:3], late]).encode())["114-0000000-0000001"][0].version
        self.assertNotEqual(version, first)
        self.assertEqual(version.partition("~")[0], first.partition("~")[0])

    def test_nonsense_is_filed_and_unreadable(self):
        head, row = SAMPLE.read_text().splitlines()[:2]
        for changed in (
            row.replace("114-0000000-0000001", ""),
            row.replace("\t1\t", "\t-1\t"),
            row.replace("\t1\t", "\t1e9\t"),
            row.replace("MUG-300", ""),
            row.replace("2026-03-10T08:00:00+00:00", "yesterday"),
        ):
            (raw,) = returns._raws(f"{head}\n{changed}\n".encode())
            with self.subTest(row=changed), self.assertRaises(Unreadable):
                returns.parse_return(raw.body)
        for body in (b"", b"\0\0", b"order-id\tsku\n1\t2\n"):
            with self.subTest(body=body), self.assertRaises(Unreadable):
                list(returns._raws(body))
