"""The sandbox without a socket: a transport that hands requests to the desk."""

import json

from tests.sandbox.shopify.desk import Desk
from tests.sandbox.shopify.shop import CLIENT_ID, CLIENT_SECRET, Shop

from channels.errors import Unanswered  # isort: skip
from channels.shopify import api  # isort: skip
from channels.shopify import client as clients  # isort: skip
from channels.transport import Response  # isort: skip


class Inside:
    """A transport."""

    def __init__(self, desk):
        self.desk = desk

    def send(self, request):
        path = request.url.partition("://")[2].partition("/")[2]
        told = self.desk.answer(f"/{path}", request.headers, request.body)
        if told is None or told == "hang":
            raise Unanswered("The connection was cut before it answered.")
        status, said = told
        return Response(status=status, headers={}, body=said if isinstance(said, bytes) else json.dumps(said).encode())


class Credentials(dict):
    """As the engine's: what is handed out is kept before it is used."""

    def rotate(self, renew):
        self.update(renew(dict(self)))
        return self


def open_shop(version=api.VERSION, **more):
    """(shop, desk, client) of a shop with two locations, a market in Canadian dollars and two products."""
    shop = Shop()
    front, back = shop.add_location("Front"), shop.add_location("Back")
    shop.add_market("Home", ["US"], "USD")
    shop.add_market("Canada", ["CA"], "CAD", "1.37")
    shop.add_variant("SHIRT", "20.00", {front: 10, back: 5})
    shop.add_variant("CUP", "7.90", {front: 8})
    desk = Desk(shop, version, rate=1e9)
    return shop, desk, connect(desk, **more)


def connect(desk, sleep=None, **more):
    given = {"url": "http://localhost/first", "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, **more}
    client = clients.connect(Credentials(given), Inside(desk))
    client._sleep = sleep or (lambda seconds: None)
    return client
