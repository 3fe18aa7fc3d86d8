"""Rows with named columns: the heading is found by its names, wherever it stands and however it is ordered."""

from collections.abc import Iterator, Mapping

from ..errors import Unreadable
from .source import Source


def plain(name: str) -> str:
    """A column's name as it is compared: "  Gross Debit (GC)\\ufeff" and "gross debit (gc)" are one."""
    return " ".join(name.replace("\ufeff", "").replace("\u2019", "'").strip().strip('"').rstrip(":").casefold().split())


def heading(source: Source, *needed: str) -> int | None:
    """Index of the first row that has all these names, None where there is none."""
    wanted = set(needed)
    for index, row in enumerate(source.start):
        if wanted <= {plain(cell) for cell in row}:
            return index
    return None


def translated(
    source: Source, aliases: Mapping[str, tuple[str, ...]], needed: tuple[str, ...]
) -> tuple[str, ...] | None:
    """The needed columns as the first row that has them all names them, in whatever language; None where there is
    none."""
    for row in source.start:
        here = [plain(cell) for cell in row]
        names = [next((name for name in aliases[column] if name in here), None) for column in needed]
        if all(names):
            return tuple(names)
    return None


class Named(dict):
    """By the name of a column; one that the report lacks is Unreadable, and None for `get`."""

    def __missing__(self, name):
        raise Unreadable(f"This report lacks the column “{name}”.")


class Table:
    """`columns`: {name as compared: index}; the first of two columns of one name counts. Unreadable without heading.

    aliases     {name here: names that vendors and languages give it}; `columns` knows it under the name here then
    """

    def __init__(self, source: Source, *needed: str, aliases: Mapping[str, tuple[str, ...]] | None = None):
        self.source, self.index = source, heading(source, *needed)
        if self.index is None:
            raise Unreadable("This report lacks the columns it should have.")
        self.names = [plain(cell) for cell in source.start[self.index]]
        while self.names and not self.names[-1]:
            self.names.pop()
        self.columns: dict[str, int] = Named()
        for index, name in enumerate(self.names):
            self.columns.setdefault(name, index)
        for name, others in (aliases or {}).items():
            known = next((self.columns[other] for other in others if other in self.columns), None)
            if known is not None:
                self.columns.setdefault(name, known)

    def __contains__(self, name: str) -> bool:
        return name in self.columns

    @property
    def before(self) -> list[list[str]]:
        """What stands above the heading."""
        return self.source.start[: self.index]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """(number in the file from 1, cells as many as columns); blank rows are left out. Unreadable."""
        width = len(self.names)
        for number, row in self.source.rows():
            if number <= self.index + 1:
                continue
            if len(row) < width:
                if any(row):
                    yield number, row + [""] * (width - len(row))
            elif len(row) == width:
                if any(row):
                    yield number, row
            elif any(cell.strip() for cell in row[width:]):
                raise Unreadable(f"Row {number} of this report has more cells than there are columns.")
            else:
                yield number, row[:width]

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """(number, {column: cell without blanks around it}); for reports of a sane size."""
        columns = tuple(self.columns.items())
        for number, row in self.rows():
            yield number, Named((name, row[index].strip()) for name, index in columns)
