"""Several ways to decide, played against the same days."""

import time
from typing import NamedTuple

from .engine import HOUR, Play
from .scenario import day_again

FEWEST_DAYS = 7


class Figures(NamedTuple):
    """days: how many were played. oversold: part of them on which stock was oversold. units: oversold a day.
    hidden: units available and not shown, an average listing at an average moment. lost: sales refused a day though
    there was stock at its end."""

    days: int
    oversold: float
    units: float
    hidden: float
    lost: float


def compare(days, stock, channels, policies, shown, demand=1.0, delay=1.0, seconds=4.0):
    """{name: Figures}.

    days      past days, each a list of orders as in scenario.day_again
    policies  {name: function of the scenario's channels that returns a policy (engine.Play)}
    shown     see engine.Play
    seconds   stop after about so long; each way plays the same days, again and again with other chances
    """
    outcomes = {name: [] for name in policies}
    end = time.monotonic() + seconds
    for number in range(20 * len(days)):
        if number >= min(FEWEST_DAYS, len(days)) and time.monotonic() > end:
            break
        scenario = day_again(days[number % len(days)], stock, channels, number, demand, delay)
        for name, policy in policies.items():
            play = Play(scenario, policy(scenario["channels"]), shown, sweep=HOUR / 6)
            outcomes[name].append(play.play())
    return {name: _figures(found, len(channels)) for name, found in outcomes.items()}


def _figures(outcomes, listings):
    days = len(outcomes) or 1
    return Figures(
        len(outcomes),
        sum(outcome.oversold_products for outcome in outcomes) / days,
        sum(outcome.oversold_units for outcome in outcomes) / days,
        sum(outcome.hidden_unit_hours for outcome in outcomes) / days / 24.0 / max(1, listings),
        sum(outcome.lost_units for outcome in outcomes) / days,
    )
