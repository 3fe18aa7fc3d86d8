"""Every document and every set of variables that the adapter sends, against the pinned schema and the next one."""

import json
import unittest
from datetime import date

import graphql
import pytest

from tests.contract import recorded
from tests.contract.shopify_tour import tour
from tests.sandbox.shopify import cost, schema

from channels.shopify import api, documents  # isort: skip


class TestDocuments(unittest.TestCase):
    def setUp(self):
        schema.versions()  # skips, loudly, where there are none

    def test_every_document_is_valid_today_and_in_the_next_version_and_uses_nothing_deprecated(self):
        for version in (api.VERSION, schema.next_after(api.VERSION)):
            for document in documents.ALL:
                with self.subTest(document=document.name, version=version):
                    _parsed, errors = schema.parsed(version, document.text)
                    self.assertEqual([str(error) for error in errors], [])
                    recorded.COUNTED["Shopify"][f"documents valid in {version}"] += 1

    def test_no_two_documents_have_one_name_and_a_change_says_that_it_is_one(self):
        names = [document.name for document in documents.ALL]
        self.assertEqual(len(names), len(set(names)))
        for document in documents.ALL:
            parsed, _errors = schema.parsed(api.VERSION, document.text)
            operation = parsed.definitions[0]
            self.assertEqual(operation.name.value, document.name)
            self.assertEqual(document.writes, operation.operation == graphql.OperationType.MUTATION, document.name)

    def test_there_is_a_next_version_to_look_at_and_the_pinned_one_is_served_for_months(self):
        self.assertGreater(schema.next_after(api.VERSION), api.VERSION)
        self.assertEqual(api.ENDS_ON, date(int(api.VERSION[:4]) + 1, int(api.VERSION[5:]), 1))

    def test_a_wrong_name_a_missing_field_and_an_unknown_variable_are_found(self):
        for text in ("query A { order(id: 1) { financial_status } }", "query A { order { id } }"):
            self.assertTrue(schema.parsed(api.VERSION, text)[1])
        parsed, _errors = schema.parsed(api.VERSION, "query A($id: ID!) { order(id: $id) { id } }")
        self.assertTrue(schema.coerced(api.VERSION, parsed, {}))
        self.assertTrue(schema.coerced(api.VERSION, parsed, {"id": "1", "more": 2}))
        self.assertFalse(schema.coerced(api.VERSION, parsed, {"id": "1"}))


@pytest.fixture(scope="module")
def toured():
    schema.versions()
    return tour(api.VERSION)


def test_everything_the_adapter_asks_is_understood_by_the_shop(toured):
    assert toured.complaints == []


def test_every_document_is_sent_by_something(toured):
    assert {document.name for document in documents.ALL} - set(toured.texts) == set()


def test_every_set_of_variables_fits_today_and_in_the_next_version(toured):
    for version in (api.VERSION, schema.next_after(api.VERSION)):
        distinct = {(name, json.dumps(variables, sort_keys=True)) for name, variables in toured.asked}
        for name, variables in distinct:
            parsed, errors = schema.parsed(version, toured.texts[name])
            assert not errors and not schema.coerced(version, parsed, json.loads(variables)), name
        recorded.COUNTED["Shopify"][f"sets of variables that fit {version}"] = len(distinct)


def test_no_document_costs_more_than_it_declares_nor_than_a_shop_allows(toured):
    declared = {document.name: document.cost for document in documents.ALL}
    for name, variables in toured.asked:
        price = cost.cost(schema.parsed(api.VERSION, toured.texts[name])[0], variables)
        assert price <= min(declared[name], cost.MOST), (name, price)


def test_the_adapter_speaks_to_a_shop_of_the_next_version_too():
    newer = schema.next_after(api.VERSION)
    pinned, api.VERSION = api.VERSION, newer
    try:
        assert tour(newer).complaints == []
    finally:
        api.VERSION = pinned
