"""Payouts of the shop's payment provider: what was taken, less what was given back and the fees."""

from collections.abc import Iterator
from datetime import datetime

from ..records import Page, Settlement, SettlementLine
from .client import Client
from .reading import amount, expecting, loads, moment, version, word


def fetch_settlements(client: Client, since: datetime | None, until: datetime | None = None, token: str = "") -> Page:
    """Payouts made in that time, oldest first."""
    return client.changed("payouts", since, until, token)


def parse_settlement(body: bytes) -> Settlement:
    """Unreadable."""
    paper = loads(body, "A payout")
    with expecting("A payout"):
        if paper["object"] != "payout":
            raise ValueError
        return Settlement(
            external_id=word(paper["id"]),
            number=word(paper["number"]),
            version=version(paper),
            currency=word(paper["currency"]),
            amount=amount(paper["amount"]),
            paid_at=moment(paper["paid_at"]),
            body=body,
        )


def read_lines(body: bytes) -> Iterator[SettlementLine]:
    """The lines of the payout; their nets add up to its amount. Unreadable."""
    paper = loads(body, "A payout")
    with expecting("A payout"):
        yield from [_line(line, paper["currency"]) for line in paper["lines"]]


def _line(line: dict, currency: str) -> SettlementLine:
    return SettlementLine(
        external_id=word(line["id"]),
        kind=word(line["kind"]),
        amount=amount(line["amount"]),
        fee=amount(line["fee"]),
        net=amount(line["net"]),
        currency=word(currency),
        order_id=word(line["order_id"]),
        order_number=word(line["order_number"]),
        payment_id=word(line["payment_id"]),
        at=moment(line["at"]),
    )
