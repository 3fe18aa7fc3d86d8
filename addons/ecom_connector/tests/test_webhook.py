import gzip
import json
import socket
import time

from odoo.tests import HttpCase, tagged
from odoo.tests.common import TEST_CURSOR_COOKIE_NAME

from ..controllers.ecom_webhook import LARGEST_BODY
from .inbound_case import InboundCase, signed

HOSTILE = {
    "not UTF-8": b'{"object": "order", "id": "\xff\xfe"}',
    "not JSON": b"<order/>",
    "nothing": b"",
    "deeply nested": b"[" * 200_000 + b"]" * 200_000,
    "nested objects": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "a huge number": b'{"object": "order", "id": "1", "revision": ' + b"9" * 10_000 + b"}",
    "an endless exponent": b'{"object": "order", "id": "1", "revision": 1e999999999}',
    "a NUL in the id": b'{"object": "order", "id": "7\\u0000", "revision": 1}',
    "half a character in the id": b'{"object": "order", "id": "\\ud800", "revision": 1}',
    "an id of a megabyte": b'{"object": "order", "id": "' + b"7" * 1_000_000 + b'", "revision": 1}',
    "a list": b'[{"object": "order"}]',
    "null": b"null",
    "only zeros": b"\0" * 10_000,
}


@tagged("post_install", "-at_install")
class TestWebhook(InboundCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.channel = self.make_channel()
        self.shop = self.make_shop(self.channel)

    def post(self, body, headers=None, key=None, path="/ecom/webhook/"):
        url = f"{self.base_url()}{path}{self.channel.webhook_key if key is None else key}"
        return self.opener.post(url, data=body, headers=headers or {}, timeout=20)

    def stored(self):
        self.env.invalidate_all()
        return self.messages()

    def assertRefused(self, status, body, headers=None, **options):
        self.assertEqual(self.post(body, headers, **options).status_code, status)
        self.assertFalse(self.stored())

    def body(self):
        return json.dumps({**self.place_order()}).encode()

    # ------------------------------------------------------------------ taken in
    def test_a_signed_delivery_is_stored_byte_by_byte_and_answered_200(self):
        body = self.body()
        self.assertEqual(self.post(body, signed(body)).status_code, 200)
        message = self.stored()
        order = json.loads(body)
        self.assertEqual((message.topic, message.external_id, message.state), ("orders", order["id"], "waiting"))
        self.assertEqual((message.event_key, message.hint), ("delivery:d-1", True))
        self.assertEqual(message.company_id, self.channel.company_id)
        self.assertEqual(bytes(message.sudo().payload_ids.body), body)

    def test_a_delivery_that_comes_again_is_answered_200_and_stored_once(self):
        body = self.body()
        answers = [self.post(body, signed(body)).status_code for _turn in range(3)]
        self.assertEqual((answers, len(self.stored())), ([200] * 3, 1))

    def test_two_deliveries_about_one_order_are_two_messages(self):
        body = self.body()
        for delivery in ("d-1", "d-2"):
            self.assertEqual(self.post(body, signed(body, delivery)).status_code, 200)
        self.assertEqual(self.stored().mapped("event_key"), ["delivery:d-1", "delivery:d-2"])

    def test_a_delivery_without_an_id_is_known_by_what_it_is_about(self):
        body = self.body()
        headers = signed(body)
        del headers["X-Demo-Delivery"]
        for _turn in range(2):
            self.assertEqual(self.post(body, headers).status_code, 200)
        order = json.loads(body)
        self.assertEqual(self.stored().event_key, f"orders:{order['id']}:{order['revision']:012d}")

    def test_whatever_is_signed_is_kept_whole_and_ends_as_a_message_that_says_so(self):
        for name, body in HOSTILE.items():
            with self.subTest(name):
                self.stored().unlink()
                self.assertEqual(self.post(body, signed(body)).status_code, 200)
                message = self.stored()
                self.assertEqual(bytes(message.sudo().payload_ids.body or b""), body)
                readings = self.reading(message)
                self.assertEqual([bool(reading.error) for reading in readings.values()], [True])

    def test_a_form_is_not_parsed_before_it_is_verified(self):
        form = b'--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\n' + b"c" * 5000 + b"\r\n--x--\r\n"
        kind = {"Content-Type": "multipart/form-data; boundary=x"}
        self.assertRefused(401, form, kind)
        self.assertEqual(self.post(form, signed(form, **kind)).status_code, 200)
        self.assertEqual(bytes(self.stored().sudo().payload_ids.body), form)

    def test_a_compressed_body_is_stored_as_it_came(self):
        body = gzip.compress(b"0" * 10_000_000)
        self.assertEqual(self.post(body, signed(body, **{"Content-Encoding": "gzip"})).status_code, 200)
        self.assertEqual(bytes(self.stored().sudo().payload_ids.body), body)

    def test_a_signed_ping_is_answered_and_forgotten(self):
        body = b'{"object": "ping"}'
        self.assertEqual(self.post(body, signed(body)).status_code, 200)
        self.assertFalse(self.stored())

    def test_the_unsigned_ping_of_woocommerce_is_answered_and_forgotten(self):
        self.channel = self.make_channel(name="Woo", code="woocommerce")
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        self.assertEqual(self.post(b"webhook_id=7", form).status_code, 200)
        self.assertFalse(self.stored())
        self.assertRefused(503, b"webhook_id=7&x=1", form)

    # ------------------------------------------------------------------- refused
    def test_what_is_not_signed_is_refused_and_not_stored(self):
        body = self.body()
        self.assertRefused(401, body)
        self.assertRefused(401, body, {"X-Demo-Signature": ""})
        self.assertRefused(401, body, {"X-Demo-Signature": "sha256=\xe9"})

    def test_one_changed_byte_anywhere_is_noticed(self):
        body = self.body()
        headers = signed(body)
        for place in (0, len(body) // 3, len(body) // 2, len(body) - 1):
            changed = bytearray(body)
            changed[place] ^= 1
            self.assertRefused(401, bytes(changed), headers)
        self.assertRefused(401, body + b" ", headers)
        self.assertRefused(401, b"", headers)

    def test_a_wrong_signature_is_told_to_a_person_once(self):
        for _turn in range(3):
            self.assertRefused(401, b"{}", {"X-Demo-Signature": "sha256=00"})
        exception = self.env["ecom.exception"].search([("channel_id", "=", self.channel.id)])
        self.assertEqual((len(exception), exception.dedupe_key), (1, "webhook_signature"))

    def test_without_a_secret_nothing_is_believed(self):
        body = self.body()
        self.channel._set_credentials({"webhook_secret": ""})
        self.assertRefused(503, body, signed(body))

    def test_a_copied_database_takes_nothing(self):
        body = self.body()
        self.env["ecom.channel.credential"].search([("channel_id", "=", self.channel.id)]).write(
            {"fingerprint": "other"}
        )
        self.assertRefused(503, body, signed(body))

    def test_a_channel_that_is_off_asks_to_come_again(self):
        body = self.body()
        self.channel.mode = "off"
        self.assertRefused(503, body, signed(body))

    def test_a_wrong_address_leads_nowhere(self):
        body = self.body()
        for key in ("unknown", "", "%00", "a" * 3000, f"{self.channel.webhook_key}x"):
            self.assertRefused(404, body, signed(body), key=key)
        self.channel.active = False
        self.assertRefused(404, body, signed(body))

    def test_only_post_is_answered(self):
        url = f"{self.base_url()}/ecom/webhook/{self.channel.webhook_key}"
        for method in ("GET", "PUT", "DELETE"):
            self.assertEqual(self.opener.request(method, url, timeout=20).status_code, 405)

    def test_no_session_is_made(self):
        body = self.body()
        self.opener.cookies.clear()
        self.assertNotIn("Set-Cookie", self.post(body, signed(body)).headers)

    # --------------------------------------------------------------- on the wire
    def wire(self, *pieces, end=True):
        """Send bytes as they are, end our side, and return the status of the answer."""
        host, port = self.base_url().removeprefix("http://").split(":")
        connect = socket.create_connection
        with self.allow_requests(), connect((host, int(port)), timeout=20) as connection:
            head = f"POST /ecom/webhook/{self.channel.webhook_key} HTTP/1.1\r\nHost: {host}:{port}\r\n"
            head += f"Cookie: {TEST_CURSOR_COOKIE_NAME}={self.http_request_key}\r\n"
            connection.sendall(head.encode() + b"".join(pieces))
            if end:
                connection.shutdown(socket.SHUT_WR)
            answer = connection.makefile("rb").readline()
        return int(answer.split()[1])

    @staticmethod
    def lines(headers):
        return "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode() + b"\r\n"

    def test_a_body_that_ends_too_soon_is_refused(self):
        body = self.body()
        headers = self.lines({**signed(body), "Content-Length": len(body)})
        self.assertEqual(self.wire(headers, body[:-1]), 400)
        self.assertEqual(self.wire(headers), 400)
        self.assertFalse(self.stored())

    def test_a_body_is_refused_for_its_stated_size_before_it_is_read(self):
        headers = self.lines({**signed(b""), "Content-Length": LARGEST_BODY + 1})
        self.assertEqual(self.wire(headers, end=False), 413)
        self.assertFalse(self.stored())

    def test_a_body_in_chunks_is_taken_up_to_the_same_size(self):
        body = self.body()
        headers = self.lines({**signed(body), "Transfer-Encoding": "chunked"})
        chunk = b"%x\r\n%s\r\n" % (len(body), body)
        self.assertEqual(self.wire(headers, chunk, b"0\r\n\r\n"), 200)
        self.assertEqual(bytes(self.stored().sudo().payload_ids.body), body)
        self.stored().unlink()
        huge = b"%x\r\n%s\r\n" % (LARGEST_BODY + 1, b" " * (LARGEST_BODY + 1))
        self.assertEqual(self.wire(headers, huge), 413)
        self.assertEqual(self.wire(headers, b"zz\r\nnonsense"), 400)
        self.assertFalse(self.stored())

    # ------------------------------------------------------------ the self-test
    def test_a_ping_that_this_database_did_not_send_is_refused(self):
        for forged in ("", ":", "x:y:z", "1:t:00", "\xe9:1"):
            self.assertRefused(401, b"", {"X-Ecom-Ping": forged.encode("latin-1")})
        old = "1:token"
        self.assertRefused(401, b"", {"X-Ecom-Ping": f"{old}:{self.channel._webhook_mark('ping', old)}"})
        now = f"{int(time.time())}:token"
        answer = self.post(b"", {"X-Ecom-Ping": f"{now}:{self.channel._webhook_mark('ping', now)}"})
        self.assertEqual((answer.status_code, answer.text), (200, self.channel._webhook_mark("pong", now)))

    def test_an_address_that_only_this_machine_knows_is_named(self):
        self.env["ir.config_parameter"].set_param("web.base.url", "http://localhost:8069")
        self.assertIn("localhost:8069", self.channel._webhook_problem())
