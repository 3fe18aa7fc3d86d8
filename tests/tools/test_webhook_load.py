"""The load of the webhook benchmark behaves as a shop does."""

import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import urlsplit

import pytest

from bench.webhook import load

DELIVERY = {"headers": {"X-Delivery": "d-1"}, "body": "{}"}


@pytest.fixture
def receiver():
    """`receiver(cuts)`: address of one that hangs up so many times before it answers, and what was brought to it."""
    servers = []

    def listen(cuts):
        brought = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                brought.append(self.headers["X-Delivery"])
                if len(brought) > cuts:
                    self.send_response(200)
                    self.end_headers()

            def log_message(self, *_):
                pass

        server = HTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.01,)).start()
        return urlsplit(f"http://127.0.0.1:{server.server_port}/"), brought

    yield listen
    for server in servers:
        server.shutdown()
        server.server_close()


def test_a_delivery_whose_connection_is_cut_is_brought_again_and_counted(receiver):
    to, brought = receiver(cuts=2)
    wait, status, cuts = load._bring(to, DELIVERY, time.monotonic() - 1)
    assert (status, cuts, brought) == (200, 2, ["d-1"] * 3)
    assert wait >= 1, "counted from when it was due"


def test_one_that_is_never_answered_is_told_with_no_status(receiver):
    to, brought = receiver(cuts=99)
    _wait, status, cuts = load._bring(to, DELIVERY, time.monotonic())
    assert (status, cuts, len(brought)) == (0, load.TRIES, load.TRIES)
