"""Reports that were cut off on their way, wherever: none of them is taken for a payout that is whole."""

import unittest

from channels.errors import Unreadable
from channels.reports.tests.reading import figures, read, samples


def verdict(body: bytes, whole: dict) -> str:
    """What became of a cut report."""
    try:
        _code, check, _lines = read(body)
    except Unreadable:
        return "unreadable"
    if check.flaws:
        return "flawed"
    now = figures(check)
    stated = {key: found.settlement for key, found in check.sums.items() if key and now[key] != whole.get(key)}
    if not stated:
        return "the payouts in it are whole"
    if all(one is None or one.state == "open" for one in stated.values()):
        return "not final"
    if all(one.is_statement for one in stated.values()):
        return "a shorter time of the balance"
    return "taken for whole"


class TestCut(unittest.TestCase):
    def test_a_report_cut_off_in_any_row_is_never_another_payout(self):
        found = set()
        for path in samples():
            body = path.read_bytes()
            rows, whole = body.splitlines(keepends=True), figures(read(body)[1])
            for count in range(1, len(rows)):
                for cut in (b"".join(rows[:count]), b"".join(rows[:count]) + rows[count][: len(rows[count]) // 2]):
                    with self.subTest(path=path.name, rows=count, bytes=len(cut)):
                        now = verdict(cut, whole)
                        self.assertNotEqual(now, "taken for whole")
                        found.add(now)
        self.assertEqual(len(found), 5, "all that may become of it does")

    def test_an_answer_of_an_api_cut_off_anywhere_is_unreadable(self):
        for path in samples():
            if path.suffix == ".json":
                body = path.read_bytes().rstrip()
                for share in (0.1, 0.5, 0.9):
                    with self.subTest(path=path.name, share=share), self.assertRaises(Unreadable):
                        read(body[: int(len(body) * share)])
                with self.assertRaises(Unreadable):
                    read(body[:-1])
