"""How many tests passed, failed and were skipped."""

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass


@dataclass(frozen=True)
class Counts:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other):
        return Counts(
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
        )

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def of_junit(path):
    """The counts of a pytest run; none when it ended before it could write."""
    try:
        suites = ElementTree.parse(path).getroot().iter("testsuite")
    except (OSError, ElementTree.ParseError):
        return Counts()
    total = Counts()
    for suite in suites:
        tests, failures, errors, skipped = (
            int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")
        )
        failed = failures + errors
        total += Counts(max(tests - failed - skipped, 0), failed, skipped)
    return total


def of_unittest(result):
    """The counts of a unittest result; a test with failed subtests failed once."""
    failed = {_test(test) for test, _ in result.failures + result.errors}
    failed |= {_test(test) for test in result.unexpectedSuccesses}
    skipped = {_test(test) for test, _ in result.skipped} - failed
    return Counts(max(result.testsRun - len(failed) - len(skipped), 0), len(failed), len(skipped))


def _test(test):
    # A subtest points to the test it belongs to.
    return getattr(test, "test_case", test).id()
