"""The bench measures itself: the same work on both sides must come out as equal."""

import hashlib

from bench.figure import Figure
from bench.pairs import abba, median, ratios

FIGURES = ("self_ratio",)


def measure(ground):
    found = ratios(abba(work, work, pairs=15))
    # Off by a tenth with equal work, the machine is too busy for any other figure.
    yield Figure("self_ratio", median(found), "x", goal=1.10, runs=found)


def work(number):
    hashlib.pbkdf2_hmac("sha256", b"bench", bytes(number), 20_000)
