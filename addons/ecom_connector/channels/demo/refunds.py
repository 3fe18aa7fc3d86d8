"""Refunds: those the shop made, and those we ask it to make."""

from datetime import datetime
from decimal import Decimal

from ..records import Page, Refund, RefundLine, Tax
from .client import Client
from .reading import amount, count, expecting, loads, moment, version, word


def fetch_refunds(client: Client, since: datetime | None, until: datetime | None = None, token: str = "") -> Page:
    """Refunds made or completed in that time, oldest change first."""
    return client.changed("refunds", since, until, token)


def parse_refund(body: bytes) -> Refund:
    """Unreadable."""
    paper = loads(body, "A refund")
    with expecting("A refund"):
        return read_refund(paper)


def read_refund(paper: dict) -> Refund:
    """A refund of its own list, or one that stands in its order; its lines and their taxes add up to its amount."""
    if paper["object"] != "refund" or paper["state"] not in ("pending", "done"):
        raise ValueError
    return Refund(
        external_id=word(paper["id"]),
        order_id=word(paper["order_id"]),
        version=version(paper),
        key=word(paper.get("key")),
        created_at=moment(paper["created_at"]),
        amount=amount(paper["amount"]),
        currency=word(paper["currency"]),
        state=paper["state"],
        reason=word(paper["reason"]),
        lines=tuple(_line(line) for line in paper["lines"]),
    )


def _line(line: dict) -> RefundLine:
    return RefundLine(
        external_id=word(line["id"]),
        line_id=word(line["line_id"]),
        quantity=Decimal(count(line["quantity"])),
        amount=amount(line["amount"]),
        taxes=tuple(
            Tax(code=word(tax["code"]), name=word(tax["name"]), rate=amount(tax["rate"]), amount=amount(tax["amount"]))
            for tax in line["taxes"]
        ),
    )


def send_refund(client: Client, refund: Refund) -> str:
    """Have the shop pay back; with lines it reckons the amount itself. The same key is the same refund. Rejected."""
    lines = [{"line_id": line.line_id, "quantity": int(line.quantity)} for line in refund.lines]
    asked = {"key": refund.key, "order_id": refund.order_id, "reason": refund.reason, "restock": False}
    asked |= {"lines": lines} if lines else {"amount": str(refund.amount)}
    return client.post("/refunds", asked, what="Refunding", read=lambda told: word(told["id"]))


def find_refund(client: Client, refund: Refund) -> str | None:
    """The shop's id of the refund with our key, None where it has none."""
    told = client.get("/refunds", what="Looking for a refund", key=refund.key)
    with expecting("The shop's list of refunds"):
        return next((word(paper["id"]) for paper in told["refunds"] if paper["key"] == refund.key), None)
