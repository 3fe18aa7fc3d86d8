"""ruff for every Python file, pylint-odoo for the add-ons."""

import subprocess
import sys

from tools.modules import manifests
from tools.places import ADDONS, PROJECT, VENV

BIN = VENV / "bin"
# One concern a file, and files stay short: a class may be extended in several.
# Said here, since `enable=odoolint` in .pylintrc would win over a line there.
NOT_OURS = "--disable=consider-merging-classes-inherited"


def lint():
    """How many of the linters complained."""
    return sum(_complains(name, command) for name, command in _commands())


def _commands():
    yield "ruff check", [BIN / "ruff", "check", "."]
    yield "ruff format", [BIN / "ruff", "format", "--check", "."]
    addons = [str(ADDONS / name) for name in manifests()]
    if addons:
        yield "pylint-odoo", [BIN / "pylint", "--rcfile=.pylintrc", NOT_OURS, *addons]


def _complains(name, command):
    print(f"--- {name}", flush=True)
    return bool(subprocess.run(command, cwd=PROJECT).returncode)


if __name__ == "__main__":
    sys.exit(1 if lint() else 0)
