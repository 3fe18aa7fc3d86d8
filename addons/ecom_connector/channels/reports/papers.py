"""Reports as JSON: what does not have the form we know is Unreadable, and every field is of its type."""

from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import wraps

from ..errors import Unreadable
from .formats import Item
from .source import Source

ODD = (KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError, OSError)


def of_json(read: Callable[[Source], Iterator[Item]]) -> Callable[[Source], Iterator[Item]]:
    """A reader that may trust its document: what it trips over, and ids that are lists or numbers, are Unreadable."""

    @wraps(read)
    def reading(source: Source) -> Iterator[Item]:
        try:
            for item in read(source):
                _check(item)
                yield item
        except ODD:
            raise Unreadable("This report does not have the form we know.")

    return reading


def _check(item: Item) -> None:
    for field in fields(item):
        if not isinstance(getattr(item, field.name), field.type):
            raise TypeError(field.name)
