"""The bench's own arithmetic."""

import json

import pytest

from bench.figure import Figure, save, table
from bench.pairs import abba, median_bound, percentile, ratios, upper_bound


def test_pairs_alternate_their_order():
    order = []
    abba(lambda number: order.append("A"), lambda number: order.append("B"), pairs=4)
    assert "".join(order) == "ABBAABBA"


def test_each_side_gets_its_own_time():
    now = [0.0]

    def spend(seconds):
        now[0] += seconds

    pairs = abba(lambda n: spend(3), lambda n: spend(2), pairs=3, clock=lambda: now[0])
    assert ratios(pairs) == (1.5, 1.5, 1.5)


def test_bound_lies_above_the_mean_and_narrows():
    few, many = [1.0, 1.1] * 5, [1.0, 1.1] * 50
    assert 1.1 > upper_bound(few) > upper_bound(many) > 1.05
    assert upper_bound([1.2] * 10) == pytest.approx(1.2)
    with pytest.raises(ValueError):
        upper_bound([1.0] * 5)


def test_bound_of_the_median_is_not_moved_by_one_slow_moment():
    steady = [1.01, 1.02, 1.03] * 7
    assert 1.02 <= median_bound(steady) <= 1.03
    assert median_bound([*steady[:-1], 9.0]) <= 1.03 < upper_bound([*steady[:-1], 9.0])
    assert median_bound([1.2] * 10) == pytest.approx(1.2)
    assert median_bound([0.9, 1.1] * 3) > median_bound([0.9, 1.1] * 30)
    with pytest.raises(ValueError):
        median_bound([1.0] * 5)


def test_percentile_is_a_measured_value():
    assert percentile(range(1, 101), 0.95) == 95
    assert percentile([7], 0.99) == 7
    assert percentile([1, 2], 0.99) == 2


def test_goal_is_a_ceiling_or_a_floor():
    assert Figure("a", 1.2, "x", goal=1.2).met()
    assert not Figure("a", 1.21, "x", goal=1.2).met()
    assert Figure("a", 0.6, "x", goal=0.5, at_least=True).met()
    assert Figure("a", 9, "s").met()
    assert "MISSED" in table([Figure("a", 1.21, "x", goal=1.2)])


def test_results_of_other_benchmarks_stay(tmp_path):
    path = tmp_path / "results.json"
    save([Figure("one", 1.0, "s"), Figure("two", 2.0, "s")], path)
    save([Figure("two", 3.0, "s", goal=4.0, runs=(3.0,))], path)
    assert json.loads(path.read_text()) == {
        "one": {"value": 1.0, "unit": "s", "goal": None, "runs": []},
        "two": {"value": 3.0, "unit": "s", "goal": 4.0, "runs": [3.0]},
    }
