"""Whatever arrives is an order or a typed error: nothing else may stop the others in its batch."""

import json
import unittest
from decimal import Decimal
from importlib import import_module
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from .. import CHANNELS
from ..errors import ChannelError
from ..records import Order
from ..storable import storable
from .mutation import mutated

SETTINGS = {"deadline": None, "derandomize": True, "database": None, "suppress_health_check": list(HealthCheck)}


def samples():
    """(channel, name, parsed JSON) of every order that is kept as a sample."""
    for code, channel in sorted(CHANNELS.items()):
        folder = Path(import_module(channel.package).__file__).parent
        for path in sorted(folder.glob("samples/order*.json")):
            yield channel, f"{code}/{path.name}", json.loads(path.read_bytes())


class TestMutated(unittest.TestCase):
    def test_there_are_samples_to_change(self):
        self.assertGreater(len(list(samples())), 2)

    def test_a_changed_payload_is_an_order_or_a_typed_error(self):
        for channel, name, payload in samples():
            with self.subTest(sample=name):
                self._hold(channel.noun("orders").parse_order, payload)

    def _hold(self, parse_order, payload):
        @settings(max_examples=60, **SETTINGS)
        @given(mutated(payload))
        def law(body):
            try:
                order = storable(parse_order(body))
            except ChannelError:
                return
            self.assertIsInstance(order, Order)
            self.assertTrue(order.external_id)
            self.assertIsNotNone(order.created_at.tzinfo)
            for amount in (order.total, order.tax_total, *(line.total for line in order.lines)):
                self.assertTrue(isinstance(amount, Decimal) and amount.is_finite())

        law()
