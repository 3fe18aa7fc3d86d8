"""Buyers who want to send something back, as the shop announces them."""

from datetime import datetime
from decimal import Decimal

from ..records import Page, RefundLine, ReturnNotice
from .client import Client
from .reading import count, expecting, loads, moment, version, word

STATES = ("requested", "approved", "declined", "received", "closed")


def fetch_returns(client: Client, since: datetime | None, until: datetime | None = None, token: str = "") -> Page:
    """Returns asked for or answered in that time, oldest change first."""
    return client.changed("returns", since, until, token)


def parse_return(body: bytes) -> ReturnNotice:
    """Unreadable."""
    paper = loads(body, "A return")
    with expecting("A return"):
        if paper["object"] != "return" or paper["state"] not in STATES:
            raise ValueError
        return ReturnNotice(
            external_id=word(paper["id"]),
            order_id=word(paper["order_id"]),
            number=word(paper["number"]),
            version=version(paper),
            created_at=moment(paper["created_at"]),
            state=paper["state"],
            reason=word(paper["reason"]),
            lines=tuple(
                RefundLine(
                    external_id=word(line["id"]),
                    line_id=word(line["line_id"]),
                    quantity=Decimal(count(line["quantity"])),
                )
                for line in paper["lines"]
            ),
        )
