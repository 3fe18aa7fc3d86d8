"""What holds of the models of all add-ons together."""

import ast
from collections import Counter

from tools.modules import manifests
from tools.places import ADDONS


def names(path):
    """Of the models that a file makes, not of those that it extends under their own name."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ClassDef):
            said = {
                target.id: ast.literal_eval(line.value)
                for line in node.body
                if isinstance(line, ast.Assign)
                for target in line.targets
                if isinstance(target, ast.Name) and target.id in ("_name", "_inherit")
            }
            if "_name" in said and said.get("_inherit") != said["_name"]:
                yield said["_name"]


def test_no_two_models_have_one_name():
    """The add-on that is loaded last would take the other's place, without a word."""
    files = [path for addon in manifests() for path in (ADDONS / addon).rglob("*.py") if "tests" not in path.parts]
    counted = Counter(name for path in files for name in names(path))
    assert len(counted) > 100
    assert [name for name, count in counted.items() if count > 1] == []
