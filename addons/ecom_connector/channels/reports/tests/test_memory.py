"""A report of any length is read with the memory of a short one."""

import io
import tracemalloc
import unittest

from channels.reports.check import Check
from channels.reports.formats import read_any
from channels.reports.source import Source
from channels.reports.tests.reading import sample

ROOM = 2**20


class Repeated(io.RawIOBase):
    """The heading of a report and so many times its rows; nothing of it lies in memory."""

    def __init__(self, heading: bytes, rows: bytes, times: int):
        self.heading, self.rows, self.at = heading, rows, 0
        self.size = len(heading) + len(rows) * times

    def seekable(self):
        return True

    def readable(self):
        return True

    def seek(self, offset, whence=0):
        self.at = {0: 0, 1: self.at, 2: self.size}[whence] + offset
        return self.at

    def tell(self):
        return self.at

    def readinto(self, buffer):
        start = self.at - len(self.heading)
        if start < 0:
            found = self.heading[self.at :]
        else:
            found = self.rows[start % len(self.rows) :]
        found = found[: min(len(buffer), self.size - self.at)]
        buffer[: len(found)] = found
        self.at += len(found)
        return len(found)


def peak(heading: bytes, rows: bytes, times: int) -> tuple[int, int]:
    """(lines, the most memory that reading them took)."""
    tracemalloc.start()
    try:
        check = Check().run(read_any(Source(io.BufferedReader(Repeated(heading, rows, times)))))
        return sum(found.lines for found in check.sums.values()), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


class TestMemory(unittest.TestCase):
    def test_twenty_times_the_lines_take_no_more_memory(self):
        for vendor, name in (
            ("amazon", "settlement_v2.txt"),
            ("shopify", "settlement_transactions.csv"),
            ("stripe", "settlement_itemized.csv"),
            ("adyen", "settlement_details.csv"),
        ):
            with self.subTest(vendor=vendor):
                heading, *rows = sample(vendor, name).splitlines(keepends=True)
                rows = b"".join(row if row.endswith(b"\n") else row + b"\n" for row in rows)
                peak(heading, rows, 1)
                few, small = peak(heading, rows, 10)
                many, large = peak(heading, rows, 200)
                self.assertEqual(many, few * 20)
                self.assertLess(large - small, ROOM)
