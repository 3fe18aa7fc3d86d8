"""The official schemas. They are not part of this repository: see `shared/specs/shopify` beside it, or ECOM_SHARED."""

import gzip
import json
import os
import unittest
from functools import cache

import graphql

from tests.contract import recorded

FOLDER = recorded.SHARED / "specs" / "shopify"


def versions():
    """Those that are there, oldest first. Skips loudly without any, fails under CI."""
    found = sorted(path.name.removeprefix("admin_").split(".")[0] for path in FOLDER.glob("admin_*.json.gz"))
    if found:
        return found
    missing = f"NOT TESTED: no schema of Shopify at {FOLDER} (set ECOM_SHARED)"
    recorded.MISSING.add(missing)
    if os.environ.get("CI") == "true":
        raise AssertionError(missing)
    raise unittest.SkipTest(missing)


@cache
def load(version):
    if version not in versions():
        raise AssertionError(f"There is no schema of {version} at {FOLDER}.")
    with gzip.open(FOLDER / f"admin_{version}.introspection.json.gz") as file:
        told = json.load(file)
    # Shopify deprecates fields that an interface does not: graphql-core would refuse the schema itself.
    return graphql.build_client_schema(told.get("data", told), assume_valid=True)


def next_after(version):
    """The version that follows, or the last one there is."""
    known = versions()
    return known[min(known.index(version) + 1, len(known) - 1)]


@cache
def parsed(version, text):
    """(document, errors) of a text; deprecated fields count as errors, for they go away with some version."""
    document = graphql.parse(text)
    rules = (*graphql.specified_rules, graphql.NoDeprecatedCustomRule)
    return document, graphql.validate(load(version), document, rules)


def coerced(version, document, variables):
    """Errors of these variables for the document's operation; also of input fields that the schema does not know."""
    operation = next(node for node in document.definitions if isinstance(node, graphql.OperationDefinitionNode))
    result = graphql.execution.values.get_variable_values(
        load(version), operation.variable_definitions or (), variables
    )
    unknown = variables.keys() - {node.variable.name.value for node in operation.variable_definitions or ()}
    return [*(result if isinstance(result, list) else ()), *(f"unknown variable {name}" for name in sorted(unknown))]
