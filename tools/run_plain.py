"""Run the tests of one plain package, from its add-on's folder, without Odoo.

python -m tools.run_plain ADD-ON-FOLDER PACKAGE RESULT-FILE [ONLY]
"""

import importlib.abc
import json
import os
import sys
import unittest
from dataclasses import asdict
from pathlib import Path

from tools.counts import of_unittest


class NoOdoo(importlib.abc.MetaPathFinder):
    """The virtual environment has Odoo; for a plain package it has not."""

    def find_spec(self, name, path=None, target=None):
        if name == "odoo" or name.startswith("odoo."):
            raise ImportError(f"a plain package must not import {name}")
        return None


def main(folder, package, result_file, only=""):
    result_file = Path(result_file).resolve()
    os.chdir(folder)
    sys.path[0] = os.getcwd()
    sys.meta_path.insert(0, NoOdoo())
    loader = unittest.TestLoader()
    if only:
        loader.testNamePatterns = [f"*{only}*"]
    # Every folder of tests: a package without `__init__` is not walked into.
    suite = loader.discover(package, top_level_dir=".")
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    result_file.write_text(json.dumps(asdict(of_unittest(result))))
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
