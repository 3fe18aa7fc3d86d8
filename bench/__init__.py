"""`make bench`: figures as ratios, measured side by side in one run.

A file `bench_<subject>.py` names its figures and measures them:

    FIGURES = ("ingestion_ratio",)

    def measure(ground):
        ...
        yield Figure("ingestion_ratio", value, "x", goal=1.20, runs=ratios)

`ground` (bench/ground.py) makes databases and starts Odoo; bench/pairs.py
interleaves what is compared. Such a file imports no Odoo at its top.
"""
