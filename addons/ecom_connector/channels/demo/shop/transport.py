"""Brings requests to the shop without a network: the transport of a demo channel that has no address."""

import time
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

from ...errors import Unanswered, Unreachable
from ...transport import Request, Response
from .back_office import Shop
from .protocol import Answer, answer


class ShopTransport:
    """Answers as a server would; waits and cuts become what a caller would see of them.

    `lively`: let the shop live on before orders are listed, so that new ones arrive while one looks.
    """

    def __init__(self, shop: Shop, *, lively: bool = True, sleep: Callable[[float], None] = time.sleep):
        self.shop = shop
        self.lively = lively
        self._sleep = sleep

    def send(self, request: Request) -> Response:
        parts = urlsplit(request.url)
        query = {**dict(parse_qsl(parts.query)), **{name: str(value) for name, value in request.params.items()}}
        if self.lively and parts.path == "/orders":
            self.shop.advance()
        headers = {name.lower(): value for name, value in request.headers.items()}
        given = answer(self.shop, request.method.upper(), parts.path, query, headers, request.body)
        self._wait(request, given)
        if given.cut:
            raise self._lost(request, "The connection to the demo shop was cut before it answered.")
        return Response(status=given.status, headers=given.headers, body=given.body)

    def _wait(self, request: Request, given: Answer) -> None:
        patience = request.timeout[1]
        self._sleep(min(given.wait, patience)) if given.wait else None
        if given.wait >= patience:
            raise self._lost(request, f"The demo shop did not answer within {patience:.0f} seconds.")

    @staticmethod
    def _lost(request: Request, message: str) -> Unreachable:
        return (Unanswered if request.writes else Unreachable)(message)

    def close(self) -> None:
        self.shop.close()
