"""Workers, warehouses and people at the same rows in the same moment, each in a transaction that really commits."""

import json
from pathlib import Path

import pytest

from tools import odoo_command

SCRIPT = Path(__file__).with_name("races.py").read_text()


@pytest.fixture
def play(postgres, database):
    """Run one scene of races.py in Odoo; returns what it tells."""

    return lambda scene: tell(postgres, database, scene)[scene]


def tell(postgres, database, *scenes, script=SCRIPT):
    """{scene: what it tells}, each on a stage of its own, all in one Odoo."""
    played = ", ".join(f"{scene!r}: {scene}(Stage(env))" for scene in scenes)
    printed = odoo_command.shell(
        postgres, database, f"{script}\nimport json\nprint('TOLD', json.dumps({{{played}}}))\n"
    )
    return json.loads(printed.partition("TOLD ")[2].splitlines()[0])


def test_a_slow_decider_never_overwrites_a_newer_decision(play):
    """It looked before a receipt, and writes after a faster one has looked after it and found nothing to change."""
    told = play("slow_decider")
    assert told == {"attempts": 2, "decided": 10, "changes_left": 0}


def test_a_consumer_that_dies_between_taking_and_deciding_loses_no_change(play):
    assert play("dying_consumer") == {"after_death": 1, "decided": 7, "changes_left": 0}


def test_a_stock_move_never_waits_for_a_worker_and_never_fails_because_of_one(play):
    told = play("move_beside_workers")
    assert told == {"moved": True, "decided": 7, "changes_left": 0}


def test_changes_committed_out_of_order_are_all_seen(play):
    """Ids are given before the commit: a reader that remembered the highest one would miss the late one."""
    assert play("late_commit") == {"early": 10, "late": 4, "changes_left": 0}


def test_two_consumers_share_the_changes(play):
    assert play("two_consumers") == {"first": 1, "second": 1, "changes_left": 0}


def test_a_transaction_that_fails_leaves_no_change(play):
    assert play("failing_transaction") == {"changes_left": 0}


def test_two_workers_that_send_the_same_level_end_with_the_newer_figure(play):
    """The first hangs until its lease is over, and its answer comes last."""
    told = play("late_answer")
    assert told == {"shop": 5, "published": 5, "settled": True}
