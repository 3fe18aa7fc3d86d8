import unittest

from .. import errors
from ..transport import Response, raise_for_status


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


if __name__ == "__main__":
    unittest.main()
