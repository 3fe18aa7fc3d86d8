"""Counts hold for every way in which a test can end."""

import unittest

from tools.counts import Counts, of_junit, of_unittest


class Sample(unittest.TestCase):
    def passes(self):
        pass

    def fails(self):
        self.fail("on purpose")

    def breaks(self):
        raise RuntimeError("on purpose")

    def fails_in_two_subtests(self):
        for number in range(2):
            with self.subTest(number=number):
                self.fail("on purpose")

    @unittest.skip("on purpose")
    def is_skipped(self):
        pass

    @unittest.expectedFailure
    def passes_unexpectedly(self):
        pass


def outcome(*names):
    result = unittest.TestResult()
    unittest.TestSuite(map(Sample, names)).run(result)
    return of_unittest(result)


def test_each_outcome_counts_once():
    assert outcome("passes") == Counts(passed=1)
    assert outcome("fails") == Counts(failed=1)
    assert outcome("breaks") == Counts(failed=1)
    assert outcome("fails_in_two_subtests") == Counts(failed=1)
    assert outcome("is_skipped") == Counts(skipped=1)
    assert outcome("passes_unexpectedly") == Counts(failed=1)
    assert outcome("passes", "fails", "is_skipped") == Counts(1, 1, 1)


def test_junit_file_of_pytest(tmp_path):
    path = tmp_path / "result.xml"
    path.write_text('<testsuites><testsuite tests="9" failures="1" errors="2" skipped="3"/></testsuites>')
    assert of_junit(path) == Counts(passed=3, failed=3, skipped=3)


def test_a_run_that_broke_off_has_no_counts(tmp_path):
    assert of_junit(tmp_path / "missing.xml") == Counts()


def test_closing_line():
    assert str(Counts(3, 0, 1)) == "3 passed, 0 failed, 1 skipped"
