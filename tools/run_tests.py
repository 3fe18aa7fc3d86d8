"""`make test`: every kind of test, one step after the other.

    python -m tools.run_tests [--long] [--only WHAT] [STEP ...]

The steps are lint, plain, odoo, browser and whole; tests/README.md says what
belongs to which. WHAT is a path or words for pytest's -k. In a run of several
steps `whole`, which mostly waits for servers, goes on beside the others, and
what it said is shown at the end.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools import chromium, database, lint, modules, odoo_command, template
from tools.counts import Counts, of_junit
from tools.modules import manifests
from tools.places import ADDONS, DATA, LOCAL, PROJECT, PYTHON
from tools.postgres import Server
from tools.say import Stop, loud, main, say

PLAIN_PACKAGES = ("channels", "rules", "matching", "policy")
RESULTS = LOCAL / "results"
BESIDE = "whole"
# Of the 90 minutes that CI has; in seconds.
STEP_LIMIT = 40 * 60
TIDYING_UP = 120


class Run:
    def __init__(self, only="", long=False):
        self.only = only
        self.long = long
        self.results = RESULTS / template.prefix()
        self.results.mkdir(parents=True, exist_ok=True)
        self.no_browser = False
        self.beside = ""  # the step that runs beside the others

    # -- the steps ----------------------------------------------------------

    def lint(self):
        return Counts(failed=lint.lint())

    def plain(self):
        total = Counts()
        for folder in sorted(ADDONS.glob("*")):
            for package in PLAIN_PACKAGES:
                if (folder / package / "__init__.py").exists() and not self._path():
                    total += self._unittest(folder, package)
        return total + self._pytest("plain", self._chosen("tests/contract", "tests/tools"))

    def odoo(self):
        files = [path for path in self._odoo_tests() if not _is_tour(path)]
        return self._pytest_odoo("odoo", files)

    def browser(self):
        tours = [path for path in self._odoo_tests() if _is_tour(path)]
        folder = chromium.ensure()
        if folder:
            path = os.pathsep.join([str(folder), os.environ["PATH"]])
            return self._pytest_odoo("browser", tours, PATH=path)
        self.no_browser = True
        loud(
            "The browser tests did NOT run: there is no Chromium, and it could not be\n"
            "installed. Install your system's chromium and run: make test-browser"
        )
        return Counts(failed=len(tours)) if os.environ.get("CI") == "true" else Counts(skipped=len(tours))

    def whole(self):
        folders = sorted(path.parent for path in (PROJECT / "tests").glob("*/test_*.py"))
        others = {"contract", "tools"}
        names = dict.fromkeys(f"tests/{f.name}" for f in folders if f.name not in others)
        return self._pytest("whole", self._chosen(*names))

    # -- what they run ------------------------------------------------------

    def _path(self):
        """The paths of --only, [] when it is not made of paths."""
        words = self.only.split()
        found = [word for word in words if (PROJECT / word.partition("::")[0]).exists()]
        return found if words and len(found) == len(words) else []

    def _chosen(self, *defaults):
        found = [path for path in defaults if (PROJECT / path).exists()]
        if not self._path():
            return found
        return [p for p in self._path() if any(p.rstrip("/").startswith(f) for f in found)]

    def _odoo_tests(self):
        if self._path():
            return [path for path in self._path() if not path.startswith("tests/")]
        tests = [path for name in manifests() for path in (ADDONS / name / "tests").glob("**/test_*.py")]
        return [str(path.relative_to(PROJECT)) for path in sorted(tests)]

    def _size(self):
        """For tests that have a long form."""
        return {"ECOM_LONG": "1"} if self.long else {}

    def _options(self, step):
        options = [f"--junitxml={self.results / step}.xml"]
        if self.only and not self._path():
            options += ["-k", self.only.removeprefix("-k").strip()]
        if not self.long:
            options += ["-m", "not long"]
        return options

    def _unittest(self, folder, package):
        say(f"{folder.name}/{package}")
        result = self.results / f"{folder.name}-{package}.json"
        result.unlink(missing_ok=True)
        only = [self.only.removeprefix("-k").strip()] if self.only else []
        command = [PYTHON, "-m", "tools.run_plain", folder, package, result, *only]
        code = subprocess.run(command, cwd=PROJECT).returncode
        if not result.exists():
            return Counts(failed=1)
        counts = Counts(**json.loads(result.read_text()))
        if counts == Counts() and not self.only:
            loud(f"{folder.name}/{package} has no test")
            return Counts(failed=1)
        return counts if not code or counts.failed else counts + Counts(failed=1)

    def _pytest(self, step, paths):
        if not paths:
            return Counts()
        # Without its plugin: these never import Odoo into their own process.
        return self._run(step, ["-p", "no:odoo", *paths], {**os.environ, **self._size()})

    def _pytest_odoo(self, step, files, **extra):
        if not files:
            return Counts()
        server = Server("test")
        name = template.name_for(step)
        with server.in_use():
            template.sweep(server)
            template.fresh(server, name, beside=modules.BESIDE)
            options = [
                f"--odoo-database={name}",
                "--odoo-config=/dev/null",
                f"--odoo-addons-path={ADDONS}",
                "--odoo-log-level=error",
                "--odoo-http",
                f"--odoo-extra=data-dir={DATA}",
                f"--odoo-extra=db-filter=^{name}$",
                "--odoo-extra=http-interface=127.0.0.1",
                "--odoo-extra=max-cron-threads=0",
                f"--odoo-extra=screenshots={self.results / 'screenshots'}",
                *files,
            ]
            try:
                return self._run(step, options, {**odoo_command.environment(server), **self._size(), **extra})
            finally:
                database.drop(server, name)

    def _run(self, step, arguments, environment):
        result = self.results / f"{step}.xml"
        result.unlink(missing_ok=True)
        command = [PYTHON, "-m", "pytest", *self._options(step), *arguments]
        limit = None if self.long else STEP_LIMIT
        if step == self.beside:
            with self.kept(step).open("w") as kept:
                code = _within(limit, command, environment, stdout=kept, stderr=subprocess.STDOUT)
        else:
            code = _within(limit, command, environment)
        counts = of_junit(result)
        # 5: no test was collected, for the caller to judge. Others: it broke.
        broke = code not in (0, 5) and not counts.failed
        return counts + Counts(failed=1) if broke else counts

    def kept(self, step):
        """Where the output of the step beside the others waits."""
        return self.results / f"{step}.txt"


def _within(seconds, command, environment, **output):
    """Run it; a test that hangs is interrupted as by Ctrl-C, so that the others still count."""
    process = subprocess.Popen(command, cwd=PROJECT, env=environment, **output)
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        loud(f"after {seconds / 60:.0f} minutes the step is broken off")
        process.send_signal(signal.SIGINT)
    finally:
        try:
            process.wait(TIDYING_UP)
        except subprocess.TimeoutExpired:
            process.kill()
    return process.wait()


def _is_tour(path):
    return "tour" in Path(path.partition("::")[0]).name


STEPS = {
    "lint": Run.lint,
    "plain": Run.plain,
    "odoo": Run.odoo,
    "browser": Run.browser,
    "whole": Run.whole,
}


def judge(step, counts, run):
    """A step that ran nothing has failed, whatever its runner said."""
    if step == "lint" or counts.passed + counts.failed or run.only:
        return counts
    if step == "browser" and run.no_browser:
        return counts  # said loudly already, and failed where CI=true
    loud(f"the step '{step}' ran no test")
    return counts + Counts(failed=1)


def _counts_of(run, steps):
    return _side_by_side(run, steps) if BESIDE in steps[1:] else _one_by_one(run, steps)


def _one_by_one(run, steps):
    total = Counts()
    for step in steps:
        say(f"------------ {step} ------------")
        total += _counted(run, step)
    return total


def _side_by_side(run, steps):
    run.beside = BESIDE
    run.kept(BESIDE).unlink(missing_ok=True)
    with ThreadPoolExecutor(max_workers=1) as pool:
        waiting = pool.submit(_counted, run, BESIDE)
        total = _one_by_one(run, [step for step in steps if step != BESIDE])
        say(f"------------ {BESIDE}, which ran beside these ------------")
        total += waiting.result()
    if run.kept(BESIDE).exists():
        print(run.kept(BESIDE).read_text(), flush=True)
    return total


def _counted(run, step):
    try:
        counts = judge(step, STEPS[step](run), run)
    except Stop as stop:
        loud(f"the step '{step}' could not run: {stop}")
        counts = Counts(failed=1)
    say(f"{step}: {counts}")
    return counts


def run_tests():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("steps", nargs="*", metavar="STEP")
    parser.add_argument("--only", default="")
    parser.add_argument("--long", action="store_true")
    options = parser.parse_args()
    unknown = set(options.steps) - set(STEPS)
    if unknown:
        raise Stop(f"no such step: {', '.join(unknown)}; there are {', '.join(STEPS)}")
    run, steps = Run(options.only, options.long), options.steps or list(STEPS)
    total = _counts_of(run, steps)
    if options.only and not total.passed + total.failed:
        raise Stop(f"nothing is called {options.only!r}")
    sys.stderr.flush()
    print(total, flush=True)
    return 1 if total.failed else 0


if __name__ == "__main__":
    main(run_tests)
