"""A step that ran no test has failed."""

from types import SimpleNamespace

import pytest

from tools.counts import Counts
from tools.run_tests import judge


def judged(step, counts, **run):
    return judge(step, counts, SimpleNamespace(**{"only": "", "no_browser": False, **run}))


@pytest.mark.parametrize("step", ["plain", "odoo", "browser", "whole"])
def test_nothing_ran(step):
    assert judged(step, Counts()).failed == 1
    assert judged(step, Counts(skipped=4)).failed == 1


def test_one_test_is_enough():
    assert judged("odoo", Counts(passed=1)).failed == 0


def test_a_missing_browser_was_said_already():
    assert judged("browser", Counts(skipped=4), no_browser=True).failed == 0


def test_a_slice_may_be_empty_in_some_steps():
    assert judged("odoo", Counts(), only="place").failed == 0
