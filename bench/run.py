"""Run the benchmarks: `python -m bench.run [FIGURE or SUBJECT]`."""

import importlib
import sys
from pathlib import Path

from bench.figure import RESULTS, save, table
from bench.ground import Ground
from tools.postgres import Server
from tools.say import Stop, main, say

# A server of its own: unlike the one of the tests, it really writes to disk.
SERVER = "bench"


def modules():
    """{subject: module} of every bench_*.py beside this file."""
    files = sorted(Path(__file__).parent.glob("bench_*.py"))
    return {f.stem.removeprefix("bench_"): importlib.import_module(f"bench.{f.stem}") for f in files}


def chosen(only):
    known = modules()
    found = {s: m for s, m in known.items() if not only or only == s or only in m.FIGURES}
    if not found:
        names = [name for module in known.values() for name in module.FIGURES]
        raise Stop(f"there is no figure {only!r}; there are: {', '.join(names)}")
    return found


def run():
    only = sys.argv[1] if sys.argv[1:] else ""
    server, figures = Server(SERVER), []
    with server.in_use():
        for subject, module in chosen(only).items():
            say(f"measuring {subject}")
            with Ground(server) as ground:
                found = list(module.measure(ground))
            save(found)
            figures += found
    print(table(figures))
    say(f"written to {RESULTS}")
    return 0 if all(figure.met() for figure in figures) else 1


if __name__ == "__main__":
    main(run)
