"""Refunds that a channel made before anything was agreed here, looked at in batches: what one costs must not grow with
how many there are. With ECOM_LONG=1 ten thousand against one thousand, else a tenth of that.
"""

import os

from bench.figure import Figure
from bench.ingestion.side import Side
from tools.say import Stop, say

FIGURES = ("channel_refunds_growth",)
FEW, MANY = (1_000, 10_000) if os.environ.get("ECOM_LONG") else (100, 1_000)


def measure(ground):
    with Side(ground, "road", ground.database("channel_refunds"), "bench.returns.child") as road:
        road.ask("refunds", 20)
        each = {}
        for count in (FEW, MANY):
            told = road.ask("refunds", count)
            if told["left"]:
                raise Stop(f"{told['left']} refunds were not looked at")
            each[count] = told["seconds"] / count
            say(f"{count} refunds of a channel: {each[count] * 1000:.1f} ms each")
    yield Figure("channel_refunds_growth", each[MANY] / each[FEW], "x", goal=1.3, runs=tuple(each.values()))
