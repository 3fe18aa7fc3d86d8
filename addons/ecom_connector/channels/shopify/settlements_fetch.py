"""Payouts of Shopify Payments, fetched: written as the reader in settlements.py knows them, with every line.

Transfers (the payouts themselves, seen from the balance) are left out: the lines' nets add up to the payout.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from ..records import Page, Raw
from . import fields, ids
from .documents import money

# Before that a payout still grows.
_READY = ("PAID", "IN_TRANSIT", "FAILED", "CANCELED")


def fetch_settlements(client, since: datetime | None, until: datetime | None = None, token: str = "") -> Page:
    """Payouts issued in that time, oldest first; nothing in a shop without Shopify Payments."""
    terms = [f"issued_at:>='{fields.stamp(since)}'"] if since else []
    terms += [f"issued_at:<='{fields.stamp(until)}'"] if until else []
    asked = {"query": " AND ".join(terms), "after": token or None}
    told = client.ask(money.PAYOUTS, asked, what="Fetching payouts")
    page = fields.record(fields.record(told.get("shopifyPaymentsAccount")).get("payouts"))
    ready = [row for row in fields.rows(page) if fields.text(row.get("status")) in _READY]
    return Page(items=tuple(_raw(client, row) for row in ready), next=fields.following(page))


def _raw(client, row: Mapping[str, Any]) -> Raw:
    number, issued = ids.number(row.get("id")), fields.moment(row.get("issuedAt"))
    status, net = fields.text(row.get("status")).casefold(), fields.record(row.get("net"))
    payout = {
        "id": number,
        "status": status,
        "date": fields.stamp(issued) if issued else "",
        "currency": fields.text(net.get("currencyCode")),
        "amount": _money(net),
        "summary": None,
    }
    lines = [_line(entry, number, status) for entry in _lines_of(client, number)]
    # A payout changes only its status: paid, and later perhaps failed.
    version = f"{payout['date']}~{status}"
    body = fields.dump({"payout": payout, "transactions": lines})
    return Raw(external_id=number, version=version, body=body, updated_at=issued)


def _lines_of(client, number: str) -> Iterator[dict]:
    after = None
    while True:
        asked = {"query": f"payments_transfer_id:{number}", "after": after}
        told = client.ask(money.PAYOUT_LINES, asked, what=f"Fetching payout {number}")
        page = fields.record(fields.record(told.get("shopifyPaymentsAccount")).get("balanceTransactions"))
        yield from fields.rows(page)
        after = fields.following(page)
        if not after:
            return


def _line(entry: Mapping[str, Any], payout: str, status: str) -> dict[str, Any]:
    net = fields.record(entry.get("net"))
    return {
        "id": ids.number(entry.get("id")),
        "type": fields.text(entry.get("type")).casefold(),
        "test": entry.get("test") is True,
        "payout_id": payout,
        "payout_status": status,
        "currency": fields.text(net.get("currencyCode")),
        "amount": _money(fields.record(entry.get("amount"))),
        "fee": _money(fields.record(entry.get("fee"))),
        "net": _money(net),
        "source_id": fields.text(entry.get("sourceId")),
        "source_type": fields.text(entry.get("sourceType")).casefold(),
        "source_order_id": ids.number(fields.record(entry.get("associatedOrder")).get("id")),
        "source_order_transaction_id": fields.text(entry.get("sourceOrderTransactionId")),
        "processed_at": fields.text(entry.get("transactionDate")),
    }


def _money(row: Mapping[str, Any]) -> str:
    return f"{fields.amount(row.get('amount')):f}"
