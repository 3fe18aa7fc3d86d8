"""Hypothesis plays anything in any order: a state machine's lives inside one test case of Odoo."""

import os

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

LONG = os.environ.get("ECOM_LONG") == "1"


def play(machine, case, examples, steps):
    """So many lives of so many steps; the long form has 20 times as many, of 50. The machine's `case` is the test."""
    run_state_machine_as_test(
        type("PlayHere", (machine,), {"case": case}),
        settings=settings(
            # To shrink what fails takes minutes: the long form does it.
            phases=[Phase.generate, Phase.shrink] if LONG else [Phase.generate],
            max_examples=20 * examples if LONG else examples,
            stateful_step_count=50 if LONG else steps,
            deadline=None,
            database=None,
            derandomize=not LONG,
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
