import socket
import ssl
import threading
import unittest

import requests
from urllib3.exceptions import MaxRetryError, SSLError

from .. import errors
from ..transport import HttpTransport, Request, Response, raise_for_status


class WhatAStatusMeans(unittest.TestCase):
    def meaning(self, status, writes=False, **headers):
        with self.assertRaises(errors.ChannelError) as caught:
            raise_for_status(Response(status=status, headers=headers, body=b""), what="Trying", writes=writes)
        self.assertEqual(caught.exception.status, status)
        return type(caught.exception)

    def test_an_answer_without_an_error_raises_nothing(self):
        for status in (200, 201, 204, 304):
            raise_for_status(Response(status=status, headers={}, body=b""), what="Trying", writes=True)

    def test_a_server_that_broke_off_may_have_applied_a_write_and_no_read(self):
        for status in (500, 501, 502, 504, 520, 524, 599):
            with self.subTest(status=status):
                self.assertIs(self.meaning(status), errors.Unreachable)
                self.assertIs(self.meaning(status, writes=True), errors.Unanswered)

    def test_a_closed_server_has_not_begun(self):
        for writes in (False, True):
            self.assertIs(self.meaning(503, writes), errors.Unreachable)
            self.assertIs(self.meaning(503, writes, **{"Retry-After": "9"}), errors.Busy)

    def test_what_the_server_says_of_us_and_of_the_request_is_the_same_for_reads_and_writes(self):
        for writes in (False, True):
            for status, expected in (
                (400, errors.Rejected),
                (401, errors.Refused),
                (403, errors.Refused),
                (404, errors.Gone),
                (410, errors.Gone),
                (422, errors.Rejected),
                (429, errors.Busy),
            ):
                with self.subTest(status=status, writes=writes):
                    self.assertIs(self.meaning(status, writes), expected)


class WhatACutConnectionMeans(unittest.TestCase):
    def meaning(self, method, url):
        transport = HttpTransport()
        self.addCleanup(transport.close)
        with self.assertRaises(errors.ChannelError) as caught:
            transport.send(Request(method=method, url=url))
        return type(caught.exception)

    def listen(self, answer):
        """The port of one that reads something, says this and hangs up, twice."""
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)

        def serve():
            for _turn in range(2):
                connection, _address = listener.accept()
                with connection:
                    connection.recv(65536)
                    connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        self.addCleanup(thread.join)
        return listener.getsockname()[1]

    def test_where_nobody_listens_nothing_was_applied(self):
        with socket.create_server(("127.0.0.1", 0)) as gone:
            port = gone.getsockname()[1]
        for method in ("GET", "POST"):
            self.assertIs(self.meaning(method, f"http://127.0.0.1:{port}"), errors.Unreachable)

    def test_a_write_that_was_cut_may_have_been_applied_and_a_read_never(self):
        for scheme, answer in (("http", b""), ("https", b"nonsense")):
            with self.subTest(scheme):
                url = f"{scheme}://127.0.0.1:{self.listen(answer)}"
                self.assertIs(self.meaning("POST", url), errors.Unanswered)
                self.assertIs(self.meaning("GET", url), errors.Unreachable)

    def test_a_certificate_that_is_not_accepted_is_seen_before_anything_is_sent(self):
        request = Request(method="POST", url="https://127.0.0.1")
        reason = SSLError(ssl.SSLCertVerificationError(1, "[SSL: CERTIFICATE_VERIFY_FAILED] certificate has expired"))
        error = requests.exceptions.SSLError(MaxRetryError(None, request.url, reason))
        self.assertIs(type(HttpTransport._cut(request, "shop", error)), errors.Unreachable)


if __name__ == "__main__":
    unittest.main()
