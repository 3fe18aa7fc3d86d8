"""One measured figure, and the file they are written to."""

import json
from dataclasses import dataclass
from pathlib import Path

RESULTS = Path(__file__).with_name("results.json")


@dataclass(frozen=True)
class Figure:
    """`goal` is the highest value allowed, or the lowest where `at_least` says so."""

    name: str
    value: float
    unit: str
    goal: float | None = None
    runs: tuple = ()
    at_least: bool = False

    def met(self):
        if self.goal is None:
            return True
        return self.value >= self.goal if self.at_least else self.value <= self.goal

    def row(self):
        sign = ">=" if self.at_least else "<="
        goal = "" if self.goal is None else f"{sign} {self.goal:g}"
        verdict = "" if self.goal is None else ("met" if self.met() else "MISSED")
        return self.name, f"{self.value:.3f}", self.unit, goal, verdict, f"{len(self.runs)} runs"

    def record(self):
        return {"value": self.value, "unit": self.unit, "goal": self.goal, "runs": list(self.runs)}


def table(figures):
    rows = [figure.row() for figure in figures]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def save(figures, path=RESULTS):
    """Put the figures into the file; those of other benchmarks stay as they were."""
    known = json.loads(path.read_text()) if path.exists() else {}
    known.update({figure.name: figure.record() for figure in figures})
    path.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n")
