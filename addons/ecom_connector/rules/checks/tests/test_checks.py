import unittest
from pathlib import Path

from rules import checks
from rules.checks import RULES, ask
from rules.checks.facts import Facts, Limits

from .common import GOODS, order


class TestChecks(unittest.TestCase):
    def test_no_rule_minds_an_ordinary_order(self):
        for rule in RULES:
            self.assertIsNone(ask(rule, order(), Facts(goods=GOODS), Limits()), rule)

    def test_each_rule_has_a_file_and_a_test_of_its_own(self):
        folder = Path(checks.__file__).parent
        for rule in RULES:
            self.assertTrue((folder / f"{rule}.py").exists() or (folder / rule / "__init__.py").exists(), rule)
            test = folder / "tests" / f"test_{rule}.py"
            self.assertTrue(test.exists() or (folder / "tests" / rule).is_dir(), rule)
