"""A report as it came: bytes of any size, decoded as a stream. Whatever is wrong with it is Unreadable."""

import codecs
import csv
import io
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any, BinaryIO

from ..errors import Unreadable

LARGEST = 512 * 2**20
LARGEST_JSON = 64 * 2**20
LONGEST_LINE = 2**20
HEAD = 2**16
CHUNK = 2**20
HEAD_ROWS = 60
DELIMITERS = "\t,;|"
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class Source:
    """One file that can be read again from its beginning.

    name        as it was uploaded; nothing depends on it
    answers     what a person said about it: "date_order" ("dmy", "mdy"), "zone" (an IANA name), "decimal" ("." or ",")
    """

    def __init__(self, file: BinaryIO, name: str = "", answers: Mapping[str, str] | None = None):
        self.file, self.name, self.answers = file, name, dict(answers or {})
        file.seek(0, io.SEEK_END)
        self.size = file.tell()
        if not self.size:
            raise Unreadable("This file is empty.")
        if self.size > LARGEST:
            raise Unreadable(f"This file is larger than {LARGEST // 2**20} MB. Upload it in parts.")

    @classmethod
    def of(cls, body: bytes, name: str = "", **answers: str) -> "Source":
        return cls(io.BytesIO(body), name, answers)

    @cached_property
    def head(self) -> bytes:
        self.file.seek(0)
        return self.file.read(HEAD)

    @property
    def is_zip(self) -> bool:
        return self.head.startswith(b"PK\x03\x04")

    @property
    def is_json(self) -> bool:
        return self.head.removeprefix(codecs.BOM_UTF8).lstrip()[:1] in (b"{", b"[")

    # -------------------------------------------------------------------- text
    @cached_property
    def encoding(self) -> str:
        """By its mark, else UTF-8 where the whole file is, else Japanese or Western European by what it contains."""
        for mark, encoding in BOMS:
            if self.head.startswith(mark):
                return encoding
        sample = self.head[:1024]
        if sample.count(b"\0") > len(sample) // 4:
            return "utf-16-le" if sample[1:2] == b"\0" else "utf-16-be"
        if b"\0" in self.head:
            raise Unreadable("This is no text file. Upload the report as it was downloaded.")
        return "utf-8" if self._decodes("utf-8") else self._older_encoding()

    def _decodes(self, encoding: str) -> bool:
        decoder = codecs.getincrementaldecoder(encoding)()
        self.file.seek(0)
        try:
            while chunk := self.file.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
        return True

    def _older_encoding(self) -> str:
        """Two bytes of Shift_JIS read as Western European are letters as well; kana among them tell."""
        if self._decodes("cp932") and any("\u3040" <= sign <= "\u30ff" for sign in self.head.decode("cp932", "ignore")):
            return "cp932"
        return "cp1252" if self._decodes("cp1252") else "latin-1"

    def lines(self) -> Iterator[str]:
        """Line by line, ends kept. Unreadable."""
        encoding = self.encoding
        self.file.seek(0)
        text = io.TextIOWrapper(self.file, encoding=encoding, newline="")
        try:
            while line := text.readline(LONGEST_LINE):
                if len(line) == LONGEST_LINE or "\0" in line:
                    raise Unreadable("This is no report: it has lines without end.")
                # Files that were put together have marks in their middle.
                yield line.replace("\ufeff", "") if "\ufeff" in line else line
        except UnicodeError:
            raise Unreadable("This file is damaged: its text cannot be decoded.")
        finally:
            text.detach()

    # ------------------------------------------------------------------- cells
    @cached_property
    def start(self) -> list[list[str]]:
        """The first rows, for whoever must recognise them."""
        return [row for _number, row in zip(range(HEAD_ROWS), self._parsed(), strict=False)]

    @cached_property
    def delimiter(self) -> str:
        first = [line for _number, line in zip(range(HEAD_ROWS), self.lines(), strict=False)]
        return max(DELIMITERS, key=lambda sign: (max((line.count(sign) for line in first), default=0)))

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """(number of the row from 1, its cells). Unreadable."""
        yield from enumerate(self._parsed(), 1)

    def _parsed(self) -> Iterator[list[str]]:
        if self.is_zip:
            from .sheet import cells

            yield from cells(self.file)
            return
        delimiter = self.delimiter
        # Files with tabs know no quotes: one in a title is a character like any other.
        quoting = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
        try:
            yield from csv.reader(self.lines(), delimiter=delimiter, quoting=quoting)
        except csv.Error:
            raise Unreadable("This file is damaged: its rows cannot be told apart.")

    # -------------------------------------------------------------------- JSON
    @cached_property
    def json(self) -> Any:
        """Numbers with a point as Decimal. Unreadable."""
        if self.size > LARGEST_JSON:
            raise Unreadable(f"This answer is larger than {LARGEST_JSON // 2**20} MB.")
        self.file.seek(0)
        try:
            return json.loads(self.file.read(), parse_float=Decimal, parse_constant=_refuse)
        except (ValueError, RecursionError):
            raise Unreadable("This file is damaged: it ends too early, or is no JSON.")


def _refuse(constant: str) -> None:
    raise ValueError(constant)
