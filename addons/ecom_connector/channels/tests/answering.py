"""What the tests of clients share: a channel that answers everything alike, and the laws of its troubles."""

from ..transport import Request, Response


class Answering:
    """Whatever it is asked it answers with the same; only a sign-in may get something else."""

    def __init__(self, body: bytes = b"", status: int = 200, **headers: str):
        self.response = Response(status=status, headers=headers, body=body)
        self.asked: list[Request] = []

    def access(self, request: Request) -> bytes | None:
        """What a sign-in is answered with, None: this is none."""
        return None

    def send(self, request: Request) -> Response:
        self.asked.append(request)
        given = self.access(request)
        return self.response if given is None else Response(status=200, headers={}, body=given)


def troubles(test, ask, cases, secret: str = "SECRET") -> None:
    """`ask(body, status)` must raise exactly the kind of error of each (body, status, kind), and tell no secret."""
    for body, status, kind in cases:
        with test.subTest(body=body, status=status), test.assertRaises(kind) as caught:
            ask(body, status)
        test.assertIs(type(caught.exception), kind, (body, status))
        test.assertNotIn(secret, str(caught.exception))
