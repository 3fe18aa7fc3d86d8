"""What only a real server shows of the webhook: the commit comes before the answer, and its own address is checked."""

import hashlib
import hmac
import http.client
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tools import database as databases

SECRET = "webhook-secret-1"
BODY = json.dumps({"object": "order", "id": "7", "revision": 1}).encode()
BROKEN_COMMIT = """
    CREATE FUNCTION break_the_commit() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'the disk is full'; END $$;
    CREATE CONSTRAINT TRIGGER broken AFTER INSERT ON ecom_message
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION break_the_commit();
"""


class Channel:
    """A demo channel of that server, made over RPC as its administrator would."""

    def __init__(self, odoo):
        self.odoo = odoo
        values = {"name": "Shop", "code": "demo", "mode": "test"}
        (self.id,) = odoo.call("ecom.channel", "create", [values])
        for name, value in (("api_key", "demo-key"), ("webhook_secret", SECRET)):
            odoo.call("ecom.channel.credential", "create", [{"channel_id": self.id, "name": name, "value": value}])
        self.key = odoo.call("ecom.channel", "read", [self.id], ["webhook_key"])[0]["webhook_key"]

    def post(self, body=BODY, delivery="d-1"):
        signature = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        connection = http.client.HTTPConnection("127.0.0.1", self.odoo.port, timeout=30)
        headers = {"X-Demo-Signature": signature, "X-Demo-Delivery": delivery, "Content-Type": "application/json"}
        connection.request("POST", f"/ecom/webhook/{self.key}", body, headers)
        status = connection.getresponse().status
        connection.close()
        return status

    def check(self, base):
        """What the button says when that is the address Odoo believes to have."""
        self.odoo.call("ir.config_parameter", "set_param", "web.base.url", base)
        return self.odoo.call("ecom.channel", "action_check_webhook", [self.id])["params"]["message"]


@pytest.fixture
def channel(odoo):
    return Channel(odoo)


@pytest.fixture
def stored(postgres, database):
    def count():
        return databases.query(postgres, database, "SELECT count(*) FROM ecom_message")[0][0]

    return count


@pytest.fixture
def another():
    """Something else that listens where Odoo should: `another(status, headers)` returns its port."""
    servers = []

    def listen(status, headers):
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, *_):
                pass

        server = HTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever).start()
        return server.server_port

    yield listen
    for server in servers:
        server.shutdown()
        server.server_close()


def test_a_commit_that_fails_is_never_answered_with_200(channel, stored, postgres, database):
    databases.query(postgres, database, BROKEN_COMMIT)
    assert channel.post() == 500
    assert stored() == 0
    databases.query(postgres, database, "DROP TRIGGER broken ON ecom_message")
    assert channel.post() == 200
    assert stored() == 1


def test_one_delivery_that_arrives_many_times_at_once_is_stored_once_and_always_answered(channel, stored):
    with ThreadPoolExecutor(12) as pool:
        statuses = list(pool.map(lambda _turn: channel.post(), range(60)))
    assert set(statuses) == {200}
    assert stored() == 1


def test_many_deliveries_at_once_are_all_stored(channel, stored):
    with ThreadPoolExecutor(12) as pool:
        statuses = list(pool.map(lambda turn: channel.post(delivery=f"d-{turn}"), range(120)))
    assert set(statuses) == {200}
    assert stored() == 120


def test_the_check_of_the_address_names_what_is_wrong(channel, another):
    port = channel.odoo.port
    # 127.1 is this machine in a spelling that does not look like it, as a public name would.
    assert "works, but" in channel.check(f"http://127.1:{port}")
    assert f"localhost:{port}, which means nothing to the shop" in channel.check(f"http://localhost:{port}")
    assert "does not answer" in channel.check("http://127.1:1")
    assert "Something else answers at this address (status 200)" in channel.check(f"http://127.1:{another(200, {})}")
    moved = another(301, {"Location": "https://shop.example.com/ecom/webhook/x"})
    assert "sends visitors on to https://shop.example.com" in channel.check(f"http://127.1:{moved}")


def test_several_databases_without_a_filter_are_named_as_the_cause(postgres, database, odoo, channel):
    # A server that was not told its database chooses by the host's name, and cannot choose here.
    from tools.odoo_server import OdooServer

    with OdooServer(postgres, f"{database},postgres", log=f"{database}-several") as several:
        channel.odoo = several
        several.database = database
        assert "Several databases are served" in channel.check(f"http://127.1:{several.port}")
        several.log.unlink()
