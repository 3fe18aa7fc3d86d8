"""The steps of a decision as text and back, so that a decision explains itself when its rule has changed since."""

import datetime
import json

from . import strategies
from .strategies import ORDER

KINDS = {kind.__name__: kind for kind in ORDER}


def written(steps):
    """Text for the steps of a Decision; empty where nothing changed the quantity."""
    return json.dumps([_row(*step) for step in steps], separators=(",", ":"), default=str) if steps else ""


def read(text):
    """The steps again. ValueError when this is no such text."""
    try:
        return tuple(_step(*row) for row in json.loads(text)) if text else ()
    except (KeyError, TypeError) as error:
        raise ValueError(f"not the steps of a decision: {text!r}") from error


def _row(step, before, after):
    return (step, before, after) if isinstance(step, str) else (type(step).__name__, before, after, *step)


def _step(kind, before, after, *numbers):
    if kind not in KINDS:
        return kind, before, after
    strategy = KINDS[kind](*numbers)
    if isinstance(strategy, strategies.PreOrder):
        strategy = strategy._replace(released=_date(strategy.released), opens=_date(strategy.opens))
    return strategy, before, after


def _date(text):
    return datetime.date.fromisoformat(text) if text else None
