"""The demo shop on a real port, for tests of the whole.

In a test:      with DemoServer(path) as server: connect({"url": server.url, ...}); server.shop.place_order(...)
As a process:   python tests/sandbox/demo_server.py --db shop.sqlite [--port N] [--lively] ...   prints its port
From a test:    with DemoProcess(path) as server: ...     then `Shop(path)` in the test is the same shop

`Shop.subscribe(url, secret)` has webhooks carried to `url`; `Shop.misbehave(call, fault)` causes trouble.
"""

import argparse
import signal
import socket
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

sys.path.insert(0, str(Path(__file__).parents[2] / "addons" / "ecom_connector"))
sys.path.insert(0, str(Path(__file__).parents[2]))

from channels.demo.shop import DEFAULT_API_KEY, QUIET, Profile, Shop  # noqa: E402
from channels.demo.shop.protocol import Answer, answer  # noqa: E402

from tests.sandbox.demo_postman import Postman  # noqa: E402

LARGEST_BODY = 4 * 1024 * 1024
TICK = 1.0


class DemoServer:
    """The shop in the file `path`, served on 127.0.0.1. `lively`: it lives on by itself while it is served.

    `witness(method, path, body)` is told of each request as it comes off the wire, from the thread that serves it.
    """

    def __init__(self, path, *, port: int = 0, lively: bool = False, witness=None, **founding):
        founding.setdefault("profile", Profile() if lively else QUIET)
        self.shop = Shop(path, **founding)
        self.stopping = threading.Event()
        self.witness = witness
        self._server = _Server(("127.0.0.1", port), _Desk)
        self._server.desk_of = self
        self._postman = Postman(self.shop)
        self._threads = [threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)]
        if lively:
            self._threads.append(threading.Thread(target=self._live, daemon=True))

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "DemoServer":
        for thread in self._threads:
            thread.start()
        self._postman.start()
        return self

    def stop(self) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._postman.stop()
        for thread in self._threads:
            thread.join()
        self.shop.close()

    def _live(self) -> None:
        while not self.stopping.is_set():
            self.shop.advance()
            self.stopping.wait(TICK)
        self.shop.close()

    __enter__ = start

    def __exit__(self, *_error) -> None:
        self.stop()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    desk_of: DemoServer

    def handle_error(self, request, client_address) -> None:
        """A caller that hangs up is his own affair; everything else is a mistake of ours and must be seen."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Desk(BaseHTTPRequestHandler):
    """Reads a request, lets the shop answer, and does to the connection what the answer says."""

    protocol_version = "HTTP/1.1"
    timeout = 60
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._serve(b"")

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST_BODY:
            self.close_connection = True
            self.send_error(413)
            return
        body = self.rfile.read(length)
        if len(body) == length:
            self._serve(body)

    def _serve(self, body: bytes) -> None:
        to = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        server: DemoServer = self.server.desk_of
        if server.witness:
            server.witness(self.command, to.path, body)
        given = answer(server.shop, self.command, to.path, dict(parse_qsl(to.query)), headers, body)
        if given.wait:
            server.stopping.wait(given.wait)
        if given.cut == "nothing":
            self._hang_up()
        else:
            self._send(given)

    def _send(self, given: Answer) -> None:
        self.send_response(given.status)
        for name, value in {**given.headers, "Content-Length": str(len(given.body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(given.body[: len(given.body) // 2] if given.cut == "midway" else given.body)
        if given.cut == "midway":
            self._hang_up()

    def _hang_up(self) -> None:
        self.close_connection = True
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)

    def finish(self) -> None:
        super().finish()
        # Each connection has a thread of its own, and each thread its own connection to the shop's file.
        self.server.desk_of.shop.close()

    def log_message(self, *_what) -> None:
        """Silence: the journal of the shop says more."""


class DemoProcess:
    """The server as a process of its own, ended with the block; `arguments` as on the command line."""

    def __init__(self, path, *arguments: str):
        self._command = [sys.executable, __file__, "--db", str(path), *arguments]

    def __enter__(self) -> "DemoProcess":
        self.process = subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True)
        first = self.process.stdout.readline().strip()
        if not first.isdigit():
            self.__exit__()
            raise RuntimeError("The demo server did not start; its last words stand above.")
        self.port = int(first)
        self.url = f"http://127.0.0.1:{self.port}"
        return self

    def __exit__(self, *_error) -> None:
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


def main() -> None:
    options = argparse.ArgumentParser(description="The demo shop on a port of 127.0.0.1.")
    options.add_argument("--db", required=True, help="the shop's file; founded when it is missing")
    options.add_argument("--port", type=int, default=0, help="0: any free one")
    options.add_argument("--seed", default="1")
    options.add_argument("--api-key", default=DEFAULT_API_KEY)
    options.add_argument("--stock-each", type=int, default=0, help="units of each item; 0: drawn from the seed")
    options.add_argument("--lively", action="store_true", help="orders arrive by themselves")
    options.add_argument("--hook", help="carry webhooks there")
    options.add_argument("--secret", default="demo-secret", help="what webhooks are signed with")
    chosen = options.parse_args()
    quiet = {} if chosen.lively else {"orders_per_day": 0, "orders_per_hour": 0}
    profile = Profile(stock_each=chosen.stock_each, **quiet)
    server = DemoServer(
        chosen.db, port=chosen.port, lively=chosen.lively, seed=chosen.seed, profile=profile, api_key=chosen.api_key
    )
    if chosen.hook:
        server.shop.subscribe(chosen.hook, chosen.secret)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: server.stopping.set())
    with server:
        print(server.port, flush=True)
        server.stopping.wait()


if __name__ == "__main__":
    main()
