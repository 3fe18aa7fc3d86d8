"""A shop in memory: hands out the answers it was given and keeps what was asked. Anything else is a failure."""

import json
from pathlib import Path
from urllib.parse import urlsplit

from ...transport import Request, Response
from ..client import connect

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
CREDENTIALS = {"url": "https://shop.example", "consumer_key": "ck_sample", "consumer_secret": "cs_sample"}


class PretendShop:
    """`answers`: (method, path) -> one answer, or a list of answers given one after the other."""

    def __init__(self, answers: dict):
        self.answers = {asked: list(given) if isinstance(given, list) else [given] for asked, given in answers.items()}
        self.asked: list[Request] = []

    def send(self, request: Request) -> Response:
        self.asked.append(request)
        key = (request.method, urlsplit(request.url).path.removeprefix("/wp-json/").removeprefix("wc/v3/"))
        if not self.answers.get(key):
            raise AssertionError(f"The shop was not prepared for {key} {dict(request.params)}")
        return self.answers[key].pop(0)

    def unused(self) -> list:
        return [asked for asked, left in self.answers.items() if left]

    def client(self, **credentials):
        return connect({**CREDENTIALS, **credentials}, self)


def answer(data, status: int = 200, **headers: str) -> Response:
    body = data if isinstance(data, bytes) else json.dumps(data).encode()
    return Response(
        status=status, headers={name.replace("_", "-"): value for name, value in headers.items()}, body=body
    )


def problem(status: int, code: str, message: str = "No.") -> Response:
    return answer({"code": code, "message": message, "data": {"status": status}}, status)


def pages(data, total: int) -> Response:
    """One page of a list that has `total` pages."""
    response = answer(data)
    return Response(status=200, headers={"X-WP-TotalPages": str(total)}, body=response.body)


def sample(name: str) -> bytes:
    return (SAMPLES / f"{name}.json").read_bytes()


def changed(name, **values):
    """A sample with other values in it."""
    row = json.loads(sample(name))
    row.update(values)
    return json.dumps(row).encode()


def listed(external_id, moment="2026-05-01T10:00:00", **values):
    """As much of an order as a list of them needs."""
    return {
        "id": external_id,
        "number": str(external_id),
        "status": "processing",
        "date_modified_gmt": moment,
        **values,
    }
