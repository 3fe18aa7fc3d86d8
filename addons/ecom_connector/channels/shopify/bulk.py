"""Histories and large catalogues: asked for as a whole, put into a file by Shopify, read from it piece by piece.

A token says where one is: `bulk|<operation>` while Shopify works, `file|<operation>|<byte>` while its file is read,
`pages` where it came to nothing and pages are turned after all. A piece is some hundred kilobytes by the Range of its
bytes, so neither memory nor a pass of the engine ends the reading, and a worker that dies goes on where it was.

Lines of a connection come below the record that they belong to and name it in `__parentId` (documented, for
`groupObjects`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import Rejected, Unreadable
from ..transport import Request, keep_headers
from . import answers, fields, ids
from .documents import bulk
from .documents.document import Document

PAGES = "pages"
PIECE = 256 * 1024
LARGEST_PIECE = 32 * 1024 * 1024
WAIT_SECONDS = 10.0
_WORKING = ("CREATED", "RUNNING")
# What a line is, by the kind in its id -> the connection of its owner that it stands in.
_PLACES = {
    "LineItem": "lineItems",
    "ShippingLine": "shippingLines",
    "FulfillmentOrder": "fulfillmentOrders",
    "MediaImage": "media",
}


@dataclass(frozen=True, slots=True)
class Part:
    """Some records, the token of those that follow (empty: none) and the seconds to wait before."""

    rows: tuple[dict, ...] = ()
    next: str = ""
    wait: float = 0.0


def begin(client, document: Document, what: str) -> str:
    """The token to go on with; empty where the shop is busy with another question of that size."""
    try:
        told = answers.payload(
            client.ask(bulk.BEGIN_BULK, {"query": document.text}, what=what), "bulkOperationRunQuery", what
        )
    except Rejected as error:
        if error.code in ("OPERATION_IN_PROGRESS", "LIMIT_REACHED"):
            return ""
        raise
    return f"bulk|{ids.number(fields.record(told.get('bulkOperation')).get('id'))}"


def is_token(token: str) -> bool:
    return token.startswith(("bulk|", "file|"))


def read(client, token: str, what: str) -> Part:
    number, _bar, place = token.partition("|")[2].partition("|")
    told = client.ask(bulk.BULK_STATE, {"id": ids.gid("BulkOperation", number)}, what=what)
    operation = fields.record(told.get("bulkOperation"))
    status = fields.text(operation.get("status"))
    if status in _WORKING:
        return Part(next=token, wait=WAIT_SECONDS)
    if status != "COMPLETED":
        return Part(next=PAGES)
    size = int(fields.text(operation.get("fileSize")) or 0)
    if not operation.get("url") or not size:
        return Part()
    rows, end = _piece(client, fields.text(operation["url"]), int(place or 0), size, what)
    return Part(rows=rows, next=f"file|{number}|{end}" if end < size else "")


def _piece(client, url: str, start: int, size: int, what: str) -> tuple[tuple[dict, ...], int]:
    """Whole records with all that belongs to them, and the byte at which the next one begins."""
    length = PIECE
    while True:
        content = _bytes(client, url, start, min(length, size - start), what)
        is_last = start + len(content) >= size
        # The last line may be cut anywhere, before it says whose it is.
        lines = content.splitlines(keepends=True)[: None if is_last else -1]
        roots = [place for place, line in enumerate(lines) if b'"__parentId"' not in line]
        # And the last record may go on behind this piece.
        kept = lines if is_last else lines[: roots[-1]] if len(roots) > 1 else []
        if kept:
            return _assembled(kept), start + sum(map(len, kept))
        if is_last or length >= LARGEST_PIECE:
            raise Unreadable(f"{what}: a record in Shopify's file is longer than we read.")
        length *= 2


def _bytes(client, url: str, start: int, length: int, what: str) -> bytes:
    """A server that knows no ranges sends all of it."""
    headers = {"Range": f"bytes={start}-{start + length - 1}"}
    response = client.transport.send(Request(method="GET", url=url, headers=headers, auth=keep_headers))
    answers.raise_for_http(response, what=what, writes=False)
    return response.body[:length] if response.status == 206 else response.body[start : start + length]


def _assembled(lines: Sequence[bytes]) -> tuple[dict, ...]:
    """Records with their connections as an answer would have them."""
    found: dict[str, dict] = {}
    for line in filter(bytes.strip, lines):
        row = fields.load(line)
        owner = row.pop("__parentId", None)
        if owner is None:
            found[fields.text(row.get("id"))] = row
        elif owner in found:
            found[owner].setdefault(_place(row), {"nodes": []})["nodes"].append(row)
    return tuple(found.values())


def _place(row: Mapping[str, Any]) -> str:
    """A field that a country asks for has no id."""
    kind = fields.text(row.get("id")).split("/")
    return _PLACES.get(kind[3], "others") if len(kind) > 3 else "localizedFields"
