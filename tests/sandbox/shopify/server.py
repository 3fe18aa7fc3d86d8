"""The sandbox on a real port. Each shop has a path of its own: http://127.0.0.1:<port>/<name>.

    with ShopifyServer() as server:
        shop, desk = server.open("first")
        shop.url, CLIENT_ID, CLIENT_SECRET        what to connect with
    assert server.complaints() == []

Webhooks are delivered by a thread; a call whose answer is lost has its connection cut.
"""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.sandbox.shopify.desk import Desk
from tests.sandbox.shopify.postman import Postman
from tests.sandbox.shopify.shop import Shop

from channels.shopify import api  # isort: skip

HANG_SECONDS = 20


class ShopifyServer:
    def __init__(self, port=0):
        self.desks, self._postmen = {}, []
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _Door)
        self._server.daemon_threads = True
        self._server.desks = self.desks
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_error):
        for postman in self._postmen:
            postman.stop()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def open(self, name, currency="USD", **mail):
        """(shop, desk). `mail`: how the postman misbehaves."""
        shop = Shop(name, currency)
        shop.url = f"http://127.0.0.1:{self._server.server_address[1]}/{name}"
        desk = self.desks[name] = Desk(shop, api.VERSION, rate=1e9)
        postman = shop.postman = Postman(shop, **mail)
        self._postmen.append(postman)
        postman.start()
        return shop, desk

    def complaints(self):
        return [complaint for desk in self.desks.values() for complaint in desk.complaints]


class _Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        desk = self._desk()
        if desk and desk.shop.window and self.path.endswith("/buy"):
            desk.shop.window.buy(body)
            self._say(303, b"", Location=f"{desk.shop.url}/")
            return
        told = desk.answer(self.path, self.headers, body) if desk else (404, {"errors": "Not Found"})
        if told == "hang":
            time.sleep(HANG_SECONDS)
        if told is None or told == "hang":
            self.close_connection = True
            return
        status, said = told
        self._say(status, json.dumps(said).encode(), **{"Content-Type": "application/json; charset=utf-8"})

    def do_GET(self):
        """The page of a shop to play with, and files that it made."""
        desk = self._desk()
        if desk and "/bulk/" in self.path:
            status, content = desk.answer(self.path, self.headers, b"")
            self._say(status, content)
        elif desk and desk.shop.window:
            self._say(200, desk.shop.window.page().encode(), **{"Content-Type": "text/html; charset=utf-8"})
        else:
            self._say(404, b"Not found")

    def _desk(self):
        return self.server.desks.get(self.path.strip("/").partition("/")[0])

    def _say(self, status, body, **headers):
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_what):
        """Silence: what matters stands in the desks' complaints."""
