"""A large payout report is read and added up: seconds for 100,000 lines, memory, and how the cost of a line grows."""

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.figure import Figure
from bench.pairs import median
from tools.places import ADDONS

FIGURES = ("report_lines_100k_s", "report_lines_100k_mb", "report_line_cost_ratio")
MANY, FEW = 100_000, 1_000
KINDS = (
    ("ItemPrice", "Principal"),
    ("ItemPrice", "Tax"),
    ("ItemFees", "Commission"),
    ("ItemFees", "FBAPerUnitFulfillmentFee"),
)
# A process of its own, whose memory nothing else has touched.
READ = """
import resource, sys, time
from channels.reports.check import Check
from channels.reports.formats import formats, recognise
from channels.reports.source import Source
formats()
for name in sys.argv[1:]:
    start = time.perf_counter()
    with open(name, "rb") as file:
        source = Source(file)
        check = Check().run(recognise(source).read(source))
    spent = time.perf_counter() - start
    (found,) = check.sums.values()
    assert not check.flaws and found.difference == 0
    print(found.lines, spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def measure(ground):
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder, "few.txt"), Path(folder, "many.txt")
        write(few, FEW)
        write(many, MANY)
        # In turn, so that what else the machine does falls on both.
        runs = [(*read(many), read(few, times=20)) for _number in range(5)]
    seconds, memory, small = zip(*runs, strict=True)
    yield Figure("report_lines_100k_s", median(seconds), "s", goal=3.0, runs=seconds)
    yield Figure("report_lines_100k_mb", max(memory), "MB", goal=300.0, runs=memory)
    ratios = tuple(much / MANY / (little / FEW) for much, little in zip(seconds, small, strict=True))
    yield Figure("report_line_cost_ratio", median(ratios), "x", goal=1.5, runs=ratios)


def write(path, lines):
    """An Amazon V2 file of that many lines that adds up, every order with four of them, all amounts different."""
    chance, total, rows = random.Random(lines), 0, []
    for number in range(lines):
        cents = chance.randint(-20_000, 20_000)
        total += cents
        order, at = number // 4, time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(1_770_000_000 + number * 7))
        kind, description = KINDS[number % 4]
        rows.append(
            f"17\t\t\t\t\t\tOrder\t302-{order:07d}-{order:07d}\t\t\tD{order}\tAmazon.de\t{kind}\t{description}"
            f"\t{cents / 100:.2f}\tAFN\t{at}\t{at}\t{order}\t\t\tSKU-{order % 500}\t1\t"
        )
    day = "2026-02-01 00:00:00 UTC"
    summary = f"17\t{day}\t{day}\t{day}\t{total / 100:.2f}\tEUR" + "\t" * 18
    path.write_text("\n".join(["\t".join(COLUMNS), summary, *rows]) + "\n")


def read(path, times=1):
    """(seconds for one reading, MB of the whole process at its peak); of several readings only the seconds."""
    found = subprocess.run(
        [sys.executable, "-c", READ, *[str(path)] * times],
        cwd=ADDONS / "ecom_connector",
        check=True,
        capture_output=True,
        text=True,
    )
    figures = [tuple(map(float, row.split()))[1:] for row in found.stdout.splitlines()]
    return median([spent for spent, _memory in figures]) if times > 1 else figures[0]


COLUMNS = (
    *("settlement-id", "settlement-start-date", "settlement-end-date", "deposit-date", "total-amount", "currency"),
    *("transaction-type", "order-id", "merchant-order-id", "adjustment-id", "shipment-id", "marketplace-name"),
    *("amount-type", "amount-description", "amount", "fulfillment-id", "posted-date", "posted-date-time"),
    *("order-item-code", "merchant-order-item-id", "merchant-adjustment-item-id", "sku", "quantity-purchased"),
    "promotion-id",
)
