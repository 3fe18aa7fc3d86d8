"""What each channel offers, and what proves it: a matrix of channel and noun, printed at the end of a run.

    validated   a contract test asks it and holds each request to the vendor's own schema, WSDL or API model
    replayed    recorded traffic of a real server is asked again by it
    plain       only tests of its own folder know it
    -           not offered

Found by what the contract tests of a channel import, so a noun that is added without a test shows.
"""

import ast
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "addons" / "ecom_connector"))

from channels import CHANNELS  # noqa: E402
from channels.contract import NOUNS  # noqa: E402

from tests.contract import recorded  # noqa: E402

HERE = Path(__file__).parent
# Files are named after the shop in short: test_magento_requests.py.
SHORT = {"magento1": "magento"}
# Channels whose nouns must all be held to something of the vendor's.
HELD = ("woocommerce", "prestashop", "magento1", "amazon", "ebay", "magento2", "bigcommerce", "walmart")
# Asked through others: a client by every noun; what signs and sends is in the client.
THROUGH_ALL = {"client"}
# Tested in the channel's own folder alone, with the reason.
PLAIN = {
    ("woocommerce", "webhook"): "its deliveries are held to recorded ones in test_woocommerce_recorded.py",
    ("ebay", "webhook"): "nobody has a signed delivery of eBay's; the signature is made by its own rules",
    ("walmart", "webhook"): "nobody has a signed delivery of Walmart's; the signature is made by its own rules",
}


def imported(path, code):
    """Modules of the channel that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"channels.{code}"):
            inner = node.module.removeprefix(f"channels.{code}").strip(".")
            found |= {inner} if inner else {alias.name for alias in node.names}
    return found


def proofs(code):
    """{noun: how it is proven}"""
    found = {}
    for kind, word in (("requests", "validated"), ("replayed", "replayed")):
        for path in sorted(HERE.glob(f"test_{SHORT.get(code, code)}*{kind}.py")):
            for noun in imported(path, code) | THROUGH_ALL:
                found.setdefault(noun, []).append(word)
    return found


class Matrix(unittest.TestCase):
    def test_every_noun_that_is_offered_is_held_to_something_of_the_vendors(self):
        for code in HELD:
            proven, told = proofs(code), []
            for noun in NOUNS:
                if not CHANNELS[code].can(noun):
                    continue
                said = "+".join(dict.fromkeys(proven.get(noun, ["plain"])))
                told.append(f"{noun}: {said}")
                if said == "plain":
                    self.assertIn((code, noun), PLAIN)
            missing = [noun for noun in NOUNS if not CHANNELS[code].can(noun)]
            recorded.COUNTED["channels, offered nouns and their proof"][
                f"{code}: {', '.join(told)}; not offered: {', '.join(missing)}"
            ] = len(told)


if __name__ == "__main__":
    unittest.main()
