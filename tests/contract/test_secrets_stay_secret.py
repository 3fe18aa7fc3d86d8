"""Whatever a channel does over HTTP, and whatever goes wrong with it, no credential stands in a log or an error."""

import contextlib
import io
import json
import logging
import unittest
from base64 import b64encode

from tests.contract import magento_wire, prestashop_wire, recorded
from tests.sandbox import amazon_shop, magento_shop, presta_shop
from tests.sandbox.local_server import LocalServer

from channels import errors  # isort: skip
from channels.amazon import client as amazon_client  # isort: skip
from channels.amazon import orders as amazon_orders  # isort: skip
from channels.bigcommerce import client as bigcommerce_client  # isort: skip
from channels.bigcommerce import orders as bigcommerce_orders  # isort: skip
from channels.ebay import client as ebay_client  # isort: skip
from channels.ebay import orders as ebay_orders  # isort: skip
from channels.magento2 import client as magento2_client  # isort: skip
from channels.magento2 import orders as magento2_orders  # isort: skip
from channels.magento1 import orders as magento_orders  # isort: skip
from channels.prestashop import orders as prestashop_orders  # isort: skip
from channels.walmart import client as walmart_client  # isort: skip
from channels.walmart import orders as walmart_orders  # isort: skip

AMAZON = amazon_shop.CREDENTIALS


class Echo(LocalServer):
    """A channel that gives access, and to anything else answers with an error that quotes all it was told."""

    token = "TOKEN42"

    def __init__(self, sign_in):
        super().__init__()
        self.sign_in = sign_in

    def answer(self, method, target, headers, body):
        if target == self.sign_in:
            return 200, {}, json.dumps({"access_token": self.token, "expires_in": 900}).encode()
        return 400, {}, json.dumps({"quoted": str(headers), "body": body.decode()}).encode()


class Secrets(unittest.TestCase):
    def said(self, *asked):
        """All that is logged, at the finest level, and all that is raised, while these are asked."""
        told, root = io.StringIO(), logging.getLogger()
        handler, level = logging.StreamHandler(told), root.level
        root.addHandler(handler)
        root.setLevel(logging.DEBUG)
        try:
            for ask in asked:
                with contextlib.suppress(errors.ChannelError):
                    ask()
                try:
                    ask()
                except errors.ChannelError as error:
                    told.write(repr(error) + repr(error.__cause__))
        finally:
            root.removeHandler(handler)
            root.setLevel(level)
        self.assertIn("127.0.0.1", told.getvalue())
        return told.getvalue()

    def test_the_key_of_a_prestashop_is_told_to_nobody(self):
        recorded.folder("prestashop")
        with presta_shop.PrestaShop() as shop:
            right, wrong = prestashop_wire.connect(shop.url), prestashop_wire.connect(shop.url, "WRONGKEY42")
            asked = [lambda c=c: prestashop_orders.fetch_order(c, "7") for c in (right, wrong)]
            said = self.said(right.check, wrong.check, *asked)
        for key in (presta_shop.KEY, "WRONGKEY42"):
            self.assertNotIn(key, said)
            self.assertNotIn(b64encode(f"{key}:".encode()).decode(), said)

    def test_the_key_and_the_session_of_a_magento_are_told_to_nobody(self):
        recorded.folder("magento1")
        with magento_shop.MagentoShop().holds("051") as shop:
            right, wrong = magento_wire.connect(shop.url), magento_wire.connect(shop.url)
            wrong._key = "WRONGKEY42"
            asked = [lambda c=c: magento_orders.fetch_order(c, "100000001") for c in (right, wrong)]
            said = self.said(right.check, wrong.check, *asked)
        for secret in (magento_shop.KEY, "WRONGKEY42", "session-0"):
            self.assertNotIn(secret, said)

    def test_the_tokens_of_an_amazon_account_are_told_to_nobody(self):
        recorded.folder("amazon")
        with amazon_shop.AmazonShop() as shop:
            right = amazon_client.connect({"region": shop.url, **AMAZON})
            wrong = amazon_client.connect({"region": shop.url, **AMAZON, "refresh_token": "Atzr|WRONG42"})
            asked = [lambda c=c: amazon_orders.fetch_order(c, "114-9876543-1234567") for c in (right, wrong)]
            said = self.said(right.check, wrong.check, *asked)
        for secret in (AMAZON["client_secret"], AMAZON["refresh_token"], "Atzr|WRONG42", "Atza|0"):
            self.assertNotIn(secret, said)

    def test_the_tokens_of_an_ebay_account_are_told_to_nobody(self):
        given = {"client_id": "App-PRD-1", "client_secret": "CERT42", "refresh_token": "v^1.1#USER42"}
        with Echo("/identity/v1/oauth2/token") as shop:
            client = ebay_client.connect({**given, "address": shop.url})
            said = self.said(client.check, lambda: ebay_orders.fetch_order(client, "1"))
        for secret in ("CERT42", "USER42", shop.token, b64encode(b"App-PRD-1:CERT42").decode()):
            self.assertNotIn(secret, said)

    def test_the_keys_of_a_magento_2_are_told_to_nobody(self):
        given = {"access_token": "ACCESS42", "access_token_secret": "ATS42", "consumer_secret": "CS42"}
        with Echo("") as shop:
            for keys in (given | {"consumer_key": "key"}, {"access_token": "ACCESS42"}):
                client = magento2_client.connect({"url": shop.url, **keys})
                said = self.said(client.check, lambda client=client: magento2_orders.fetch_order(client, "1"))
                for secret in given.values():
                    self.assertNotIn(secret, said)

    def test_the_token_of_a_bigcommerce_store_is_told_to_nobody(self):
        with Echo("") as shop:
            client = bigcommerce_client.connect({"store": f"{shop.url}/stores/abc123/", "access_token": "ACCESS42"})
            said = self.said(client.check, lambda: bigcommerce_orders.fetch_order(client, "1"))
        self.assertNotIn("ACCESS42", said)

    def test_the_keys_of_a_walmart_account_are_told_to_nobody(self):
        with Echo("/v3/token") as shop:
            given = {"client_id": "id42", "client_secret": "SECRET42", "address": shop.url}
            client = walmart_client.connect(given)
            said = self.said(client.check, lambda: walmart_orders.fetch_order(client, "1"))
        for secret in ("SECRET42", shop.token, b64encode(b"id42:SECRET42").decode()):
            self.assertNotIn(secret, said)


if __name__ == "__main__":
    unittest.main()
