"""What tests of readers share: a report read and added up in one go."""

from pathlib import Path

from channels import contract
from channels.records import SettlementLine
from channels.reports.check import Check
from channels.reports.formats import recognise
from channels.reports.source import Source

HOME = Path(contract.__file__).parent


def sample(vendor: str, name: str) -> bytes:
    return (HOME / vendor / "samples" / name).read_bytes()


def samples() -> list[Path]:
    """Every report that is kept as a sample, of all vendors."""
    return sorted(HOME.glob("*/samples/settlement*"))


def read(body: bytes, **answers: str) -> tuple[str, Check, list[SettlementLine]]:
    """(code of the form, what it adds up to, its lines)."""
    source = Source.of(body, **answers)
    form, check = recognise(source), Check()
    items = [*check.over(form.read(source))]
    return form.code, check, [item for item in items if isinstance(item, SettlementLine)]


def figures(check: Check) -> dict[str, tuple[str, str, str | None]]:
    """{settlement: (what its lines come to, the payout, the difference)} as text."""
    return {
        key: (str(found.moved), str(found.amount), None if found.difference is None else str(found.difference))
        for key, found in check.sums.items()
    }
