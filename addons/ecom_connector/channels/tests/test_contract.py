"""Every channel keeps the contract, as `contract.py` states it in words."""

import ast
import inspect
import re
import unittest
from pathlib import Path
from types import ModuleType

from channels import CHANNELS, contract
from channels.contract import NOUNS, Channel

HOME = Path(contract.__file__).parent
PROMISE = re.compile(r"^(?:(\w+)\.py(?: \w+\.py)*)?\s+(\w+)\((.*?)\) -> (?:.*?)(?:\s{2,}(.*))?$")


def promises() -> dict[str, list[tuple[str, str, bool]]]:
    """noun -> (function, its parameters as written, is it optional), read from the contract's own text."""
    found, noun = {}, ""
    for line in contract.__doc__.splitlines():
        match = PROMISE.match(line)
        if match:
            noun = match[1] or noun
            found.setdefault(noun, []).append((match[2], match[3], (match[4] or "").startswith("optional")))
    return found


def parameters(written: str) -> list[tuple[str, str | None]]:
    """(name, default as written or None) of `client, since, token=""`."""
    definition = ast.parse(f"def promised({written}): pass").body[0].args
    defaults = [None] * (len(definition.args) - len(definition.defaults))
    defaults += [repr(ast.literal_eval(default)) for default in definition.defaults]
    return list(zip((argument.arg for argument in definition.args), defaults, strict=True))


def signature_of(function) -> list[tuple[str, str | None]]:
    return [
        (name, None if parameter.default is parameter.empty else repr(parameter.default))
        for name, parameter in inspect.signature(function).parameters.items()
    ]


class TestContract(unittest.TestCase):
    @staticmethod
    def nouns() -> list[tuple[str, str, ModuleType]]:
        """(channel and noun for a message, noun, module) of everything that is there."""
        modules = [(channel, noun, channel.noun(noun)) for channel in CHANNELS.values() for noun in NOUNS]
        return [(f"{channel.code}/{noun}", noun, module) for channel, noun, module in modules if module]

    def test_the_contract_promises_something_for_every_noun(self):
        self.assertEqual(set(promises()), set(NOUNS))
        self.assertIn(("parse_order", "body: bytes", False), promises()["orders"])

    def test_every_folder_with_a_client_is_a_channel_of_that_name(self):
        folders = {path.parent.name for path in HOME.glob("*/client.py")}
        self.assertEqual(folders, set(CHANNELS))
        for code, channel in CHANNELS.items():
            self.assertEqual((channel.code, channel.package.rpartition(".")[2]), (code, code))

    def test_every_channel_has_a_client_and_every_shop_has_orders(self):
        for channel in CHANNELS.values():
            self.assertTrue(channel.can("client"), channel.code)
            if channel.kind != "provider":
                self.assertTrue(channel.can("orders"), channel.code)

    def test_every_noun_has_the_functions_of_the_contract(self):
        for where, noun, module in self.nouns():
            for name, _written, optional in promises()[noun]:
                if not optional:
                    self.assertTrue(callable(getattr(module, name, None)), f"{where}: {name} is missing")

    def test_every_function_takes_what_the_contract_says(self):
        for where, noun, module in self.nouns():
            for name, written, _optional in promises()[noun]:
                if hasattr(module, name):
                    self.assertEqual(signature_of(getattr(module, name)), parameters(written), f"{where}: {name}")

    def test_every_client_can_be_checked(self):
        for where, noun, module in self.nouns():
            if noun == "client":
                classes = [kind for _name, kind in inspect.getmembers(module, inspect.isclass)]
                own = [kind for kind in classes if kind.__module__ == module.__name__]
                self.assertTrue(any(hasattr(kind, "check") for kind in own), where)

    def test_what_a_merchant_is_asked_for_is_named_once_and_in_words(self):
        for channel in CHANNELS.values():
            names = [need.name for need in channel.needs]
            self.assertEqual(len(names), len(set(names)), channel.code)
            self.assertTrue(all(need.label for need in channel.needs), channel.code)
            self.assertTrue(channel.name, channel.code)

    def test_an_unknown_noun_is_a_mistake_of_ours_and_a_missing_one_a_missing_capability(self):
        channel = Channel(code="none", name="None", package="channels.tests")
        self.assertFalse(channel.can("orders"))
        with self.assertRaises(ValueError):
            channel.noun("cheese")


class TestPlainness(unittest.TestCase):
    def test_nothing_here_imports_odoo(self):
        for path in HOME.rglob("*.py"):
            for name in imported(path):
                self.assertNotEqual(name.split(".")[0], "odoo", path)

    def test_only_the_transport_opens_sockets(self):
        for path in HOME.rglob("*.py"):
            if "tests" not in path.parts and path != HOME / "transport.py":
                names = {name.split(".")[0] for name in imported(path)}
                self.assertFalse(names & {"socket", "http", "httpx", "aiohttp"}, path)

    def test_every_module_says_what_it_is(self):
        for path in HOME.rglob("*.py"):
            if "tests" not in path.parts:
                self.assertTrue(ast.get_docstring(ast.parse(path.read_text("utf-8"))), path)


def imported(path: Path) -> list[str]:
    names = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.append(node.module or "")
    return names
