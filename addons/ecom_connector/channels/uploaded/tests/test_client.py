"""An account whose reports are uploaded needs nothing and is always well."""

import unittest

from channels.uploaded import CHANNEL, client


class TestClient(unittest.TestCase):
    def test_nothing_is_asked_and_nothing_is_called(self):
        self.assertEqual((CHANNEL.needs, CHANNEL.kind, CHANNEL.can("orders")), ((), "provider", False))
        self.assertEqual(client.connect({}).check().external_id, "uploaded")
