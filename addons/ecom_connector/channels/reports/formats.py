"""The formats that can be read: every `settlements*.py` of a vendor's folder says which one it reads."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from .. import __name__ as CHANNELS
from .. import __path__ as PLACES
from ..errors import Unreadable
from ..records import Flaw, Settlement, SettlementLine
from .source import Source

Item = Settlement | SettlementLine | Flaw


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One layout of one vendor; a module names it `FORMAT`.

    recognises  by the names of columns or keys, never by the file's name. A refusal inside counts as no
    read        yields what stands there, as a stream. Unreadable
    """

    code: str
    name: str
    recognises: Callable[[Source], bool]
    read: Callable[[Source], Iterator[Item]]


@cache
def formats() -> tuple[Format, ...]:
    """All of them, by code."""
    found = {}
    for folder in iter_modules(PLACES):
        if folder.ispkg and folder.name not in ("tests", "reports"):
            package = import_module(f"{CHANNELS}.{folder.name}")
            for file in iter_modules(package.__path__):
                if file.name.startswith("settlements"):
                    module = import_module(f"{package.__name__}.{file.name}")
                    if hasattr(module, "FORMAT"):
                        found[module.FORMAT.code] = module.FORMAT
    return tuple(found[code] for code in sorted(found))


def recognise(source: Source) -> Format:
    """The format of this report. Unreadable where none fits."""
    # Looked at first: a damaged file says so itself, and is not taken for an unknown one.
    _ = source.head if source.is_json else source.start
    found = [format for format in formats() if _recognises(format, source)]
    if not found:
        raise Unreadable("Nobody here knows the form of this report. Describe its columns once, and it can be read.")
    if len(found) > 1:
        raise Unreadable("This report has several forms at once: " + ", ".join(format.name for format in found))
    return found[0]


def _recognises(format: Format, source: Source) -> bool:
    try:
        return format.recognises(source)
    except Unreadable:
        return False


def read_any(source: Source) -> Iterator[Item]:
    """What stands in a report of any known form. Unreadable."""
    yield from recognise(source).read(source)
