"""Reads single values out of PrestaShop's XML, strictly: what makes no sense is Unreadable, never a guess."""

from lxml import etree

from .. import numbers
from ..errors import Unreadable
from ..markup import Row, elements, parse

_LONGEST_ID = 20


def load(body: bytes) -> Row:
    """The `<prestashop>` of an answer."""
    root = parse(body)
    if root.tag != "prestashop":
        raise Unreadable("The shop sent something that is not an answer of PrestaShop's web service.")
    return root


def rows(body: bytes) -> list[Row]:
    """The records of a list; one with nothing in it is an empty element (recorded)."""
    listed = elements(load(body))
    return elements(listed[0]) if listed else []


def record(body: bytes, what: str) -> Row:
    """The only record of an answer."""
    found = elements(load(body))
    if len(found) != 1:
        raise Unreadable(f"The shop sent no {what} where one was asked for.")
    return found[0]


def text(row: Row, name: str) -> str:
    """Text of a field; nothing is empty text. Of a field in several languages the first that says something."""
    found = row.find(name)
    if found is None:
        return ""
    inner = elements(found)
    if not inner:
        return "".join(found.itertext()).strip()
    if any(language.tag != "language" for language in inner):
        raise Unreadable("The shop sent a list where text was expected.")
    return next(("".join(language.itertext()).strip() for language in inner if language.text), "")


def identifier(row: Row, name: str = "id") -> str:
    """An id as text; 0 and "" mean that there is none."""
    found = text(row, name)
    if found and not (found.isascii() and found.isdigit() and len(found) <= _LONGEST_ID):
        raise Unreadable("The shop sent an id that is no number.")
    return found.lstrip("0")


def number(row: Row, name: str):
    return numbers.exact(text(row, name))


def truth(row: Row, name: str) -> bool:
    return text(row, name) == "1"


def put(row: Row, name: str, value: str) -> None:
    """Write a field of a record that goes back to the shop."""
    field = row.find(name)
    if field is None:
        field = etree.SubElement(row, name)
    field.text = value


def associated(row: Row, name: str) -> list[Row]:
    """The rows of a list inside a record, such as the lines of an order."""
    found = row.find(f"associations/{name}")
    return [] if found is None else elements(found)


def written(row: Row) -> bytes:
    """A record as it came, without what stands around it."""
    return etree.tostring(row, encoding="utf-8", with_tail=False)
