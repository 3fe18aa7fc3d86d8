"""Traffic recorded from real shops, as tests want it. Reads only; imports neither Odoo nor our own code.

The recordings are not part of this repository: they lie in `shared/data/payloads` beside the project, or where the
environment variable ECOM_SHARED points. Without them the tests skip and say so; under CI=true they fail.

    for recording in recorded.woocommerce_deliveries():
        post(recording.body, recording.headers, secret=recording.secret)
"""

import json
import os
import unittest
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("ECOM_SHARED") or PROJECT.parent / "shared")
# What was tried with the recordings, by shop: the summary of a test run prints it.
COUNTED: defaultdict[str, Counter] = defaultdict(Counter)
MISSING: set[str] = set()


@dataclass(frozen=True)
class Recording:
    """One recorded thing.

    file    name of the file it stands in; exceptions that are expected are listed by it
    kind    "order" (an order inside an answer), "delivery" (a signed webhook), "ping" (the unsigned form)
    body    the raw body of a delivery; of an order in an answer its JSON, written anew
    headers with lower-case names, as a controller hands them on
    secret  the webhook's secret, empty for orders
    topic   of a delivery, as in its header
    """

    file: str
    kind: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    secret: str = ""
    topic: str = ""


@dataclass(frozen=True)
class Exchange:
    """One recorded request with its answer; `request` and `response` as they stand in the file."""

    file: str
    request: dict[str, Any]
    response: dict[str, Any]

    @property
    def answer(self) -> bytes:
        body = self.response.get("body")
        return _written(self.response.get("json")) if body is None else body.encode()


def folder(shop: str) -> Path:
    """Where the recordings of a shop lie. Raises SkipTest without them, AssertionError under CI."""
    found = SHARED / "data" / "payloads" / shop
    if found.is_dir():
        return found
    missing = f"NOT TESTED: no recorded traffic of {shop} at {found} (set ECOM_SHARED)"
    MISSING.add(missing)
    if os.environ.get("CI") == "true":
        raise AssertionError(missing)
    raise unittest.SkipTest(missing)


def specs(vendor: str) -> Path:
    """Where a vendor's machine-readable contracts lie. Raises like `folder`."""
    found = SHARED / "specs" / vendor
    if found.is_dir():
        return found
    missing = f"NOT TESTED: no contract of {vendor} at {found} (set ECOM_SHARED)"
    MISSING.add(missing)
    if os.environ.get("CI") == "true":
        raise AssertionError(missing)
    raise unittest.SkipTest(missing)


def report(terminal) -> None:
    """At the end of a run of pytest: how much was used of the recordings, and loudly when they are not there."""
    for shop, counted in sorted(COUNTED.items()):
        if counted:
            terminal.section(f"recorded traffic of {shop}", sep="-")
        for what, number in sorted(counted.items()):
            terminal.write_line(f"{number:8d}  {what}")
    for missing in sorted(MISSING):
        terminal.section(missing, sep="!", red=True, bold=True)
    # Several folders of tests ask for the report of one run.
    COUNTED.clear()
    MISSING.clear()


def exchanges(shop: str) -> Iterator[Exchange]:
    """Every request of a shop with its answer, in the order in which they were recorded."""
    for file, recorded in _files(shop):
        if "request" in recorded:
            yield Exchange(file, recorded["request"], recorded["response"])


def woocommerce_exchanges() -> Iterator[Exchange]:
    return exchanges("woocommerce")


def woocommerce_deliveries() -> Iterator[Recording]:
    """Every signed webhook, in the order in which they arrived."""
    return (recording for recording in _woocommerce_hooks() if recording.kind == "delivery")


def woocommerce_pings() -> Iterator[Recording]:
    return (recording for recording in _woocommerce_hooks() if recording.kind == "ping")


def woocommerce_orders() -> Iterator[Recording]:
    """Every order in an answer (lists hold several) and in a delivery, in the order in which they were recorded."""
    for file, recorded in _files("woocommerce"):
        if "delivery" in recorded:
            hook = _woocommerce_hook(file, recorded)
            if b'"order_key"' in hook.body:
                yield hook
            continue
        found = recorded["response"].get("json")
        for row in found if isinstance(found, list) else [found]:
            if isinstance(row, dict) and "order_key" in row:
                yield Recording(file, "order", _written(row), _lower(recorded["response"]["headers"]))


def woocommerce_refunds() -> Iterator[tuple[dict, bytes]]:
    """Every refund in an answer, as it was made or listed: (the record, its JSON written anew)."""
    for exchange in woocommerce_exchanges():
        if "/refunds" in exchange.request["url"]:
            found = exchange.response["json"]
            for row in found if isinstance(found, list) else [found]:
                yield row, _written(row)


def _woocommerce_hooks() -> Iterator[Recording]:
    for file, recorded in _files("woocommerce"):
        if "delivery" in recorded:
            yield _woocommerce_hook(file, recorded)


def _woocommerce_hook(file: str, recorded: dict) -> Recording:
    delivery = recorded["delivery"]
    headers = _lower(delivery["headers"])
    return Recording(
        file=file,
        kind="delivery" if "x-wc-webhook-signature" in headers else "ping",
        body=delivery["body"].encode(),
        headers=headers,
        secret=recorded["webhook_secret"],
        topic=headers.get("x-wc-webhook-topic", ""),
    )


def _files(shop: str) -> Iterator[tuple[str, dict]]:
    for path in sorted(folder(shop).glob("*.json")):
        yield path.name, json.loads(path.read_bytes())


def _lower(headers: dict[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _written(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
