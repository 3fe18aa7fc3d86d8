"""Whatever is uploaded: lines with exact amounts and aware times, or a typed error; never anything else."""

import json
import unittest
from decimal import Decimal

from channels.errors import Unreadable
from channels.records import SettlementLine
from channels.reports.families import FAMILIES
from channels.reports.tests.reading import read, samples
from channels.tests.mutation import mutated
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SETTINGS = {"deadline": None, "derandomize": True, "database": None, "suppress_health_check": list(HealthCheck)}
ODD = (b"", b'"', b"\x00", b"\xff", b"1e999", b"NaN", b"--", b"\t\t\t", b",,,,", b"\n", b"-", b"1.234.567,8", b"=cmd()")


@st.composite
def spoiled(draw, body: bytes) -> bytes:
    """The report with a piece cut out, doubled or replaced, once or several times; sometimes cut off."""
    for _number in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(body)))
        end = min(len(body), start + draw(st.integers(0, 40)))
        middle = draw(st.sampled_from((*ODD, body[start:end] * 2)))
        body = body[:start] + middle + body[end:]
    return body[: draw(st.integers(0, len(body)))] if draw(st.integers(0, 9)) == 0 else body


class TestFuzzed(unittest.TestCase):
    def _hold(self, bodies, examples: int) -> None:
        @settings(max_examples=examples, **SETTINGS)
        @given(bodies)
        def law(body):
            try:
                _code, check, lines = read(body)
            except Unreadable as error:
                self.assertTrue(str(error))
                return
            for line in lines:
                self.assertIsInstance(line, SettlementLine)
                self.assertIn(line.family, FAMILIES)
                self.assertTrue(
                    all(isinstance(value, Decimal) and value.is_finite() for value in (line.amount, line.net))
                )
                self.assertTrue(line.at is None or line.at.tzinfo)
            self.assertTrue(all(isinstance(found.amount, Decimal) for found in check.sums.values()))

        law()

    def test_there_is_a_sample_of_every_vendor_that_has_a_reader(self):
        vendors = {path.parent.parent.name for path in samples()}
        self.assertGreaterEqual(len(vendors), 11)

    def test_a_spoiled_report_is_lines_or_a_typed_error(self):
        for path in samples():
            with self.subTest(sample=path.name):
                self._hold(spoiled(path.read_bytes()), examples=25)

    def test_a_changed_answer_of_an_api_is_lines_or_a_typed_error(self):
        for path in samples():
            if path.suffix == ".json":
                with self.subTest(sample=path.name):
                    self._hold(mutated(json.loads(path.read_bytes())), examples=40)
