"""A step that ran no test has failed."""

from types import SimpleNamespace

import pytest

from tools import run_tests
from tools.counts import Counts
from tools.run_tests import Run, judge


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


def test_what_mostly_waits_runs_beside_the_others_and_counts_as_well(tmp_path, monkeypatch, capfd):
    (tmp_path / "test_a.py").write_text("def test_a():\n    print('nothing lost')\n    assert False\n")
    monkeypatch.setattr(run_tests, "RESULTS", tmp_path)
    monkeypatch.setitem(run_tests.STEPS, "whole", lambda run: run._pytest("whole", [tmp_path / "test_a.py"]))
    monkeypatch.setitem(run_tests.STEPS, "plain", lambda run: Counts(passed=2))
    assert run_tests._counts_of(Run(), ["plain", "whole"]) == Counts(passed=2, failed=1)
    said = capfd.readouterr()
    assert "nothing lost" in said.out
    assert said.err.index("plain: 2 passed") < said.err.index("whole, which ran beside")
