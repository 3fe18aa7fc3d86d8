"""Payouts of the shop's payment provider: what was taken, less what was given back and the fees."""

from collections.abc import Iterator
from datetime import datetime

from ..records import Flaw, Page, Settlement, SettlementLine
from ..reports.formats import Format
from ..reports.source import Source
from .client import Client
from .reading import amount, expecting, loads, moment, version, word

FAMILIES = {"charge": "sale", "refund": "refund"}


def fetch_settlements(client: Client, since: datetime | None, until: datetime | None = None, token: str = "") -> Page:
    """Payouts made in that time, oldest first."""
    return client.changed("payouts", since, until, token)


def read_report(source: Source) -> Iterator[Settlement | SettlementLine | Flaw]:
    """The payout and its lines; their nets add up to its amount. Unreadable."""
    source.file.seek(0)
    paper = loads(source.file.read(), "A payout")
    with expecting("A payout"):
        if paper["object"] != "payout":
            raise ValueError
        settlement = Settlement(
            external_id=word(paper["id"]),
            number=word(paper["number"]),
            version=version(paper),
            currency=word(paper["currency"]),
            amount=amount(paper["amount"]),
            paid_at=moment(paper["paid_at"]),
        )
        items = [settlement, *(_line(line, settlement) for line in paper["lines"])]
    yield from items


def _line(line: dict, settlement: Settlement) -> SettlementLine:
    return SettlementLine(
        external_id=word(line["id"]),
        settlement_id=settlement.external_id,
        kind=word(line["kind"]),
        family=FAMILIES.get(word(line["kind"]), "unknown"),
        amount=amount(line["amount"]),
        fee=amount(line["fee"]),
        net=amount(line["net"]),
        currency=settlement.currency,
        order_id=word(line["order_id"]),
        order_number=word(line["order_number"]),
        payment_id=word(line["payment_id"]),
        at=moment(line["at"]),
    )


def _recognises(source: Source) -> bool:
    body = source.json if source.is_json else None
    return isinstance(body, dict) and body.get("object") == "payout" and isinstance(body.get("lines"), list)


FORMAT = Format(code="demo", name="Demo payout", recognises=_recognises, read=read_report)
