"""Spreadsheets (XLSX) as rows of text, row by row, without trusting the sizes they state."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

import openpyxl

from ..errors import Unreadable

# A sheet of a million rows is about 200 MB of XML; a bomb says a thousand times as much.
LARGEST_UNPACKED = 512 * 2**20
HIGHEST_RATIO = 200
MOST_FILES = 2000
LARGEST_SHARED = 128 * 2**20


def cells(file: BinaryIO) -> Iterator[list[str]]:
    """The rows of the first sheet. Formulas give the value they had when the file was saved. Unreadable."""
    file.seek(0)
    try:
        check_sizes(file)
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield [_text(value) for value in row]
    except Unreadable:
        raise
    except (
        zipfile.BadZipFile,
        KeyError,
        IndexError,
        ValueError,
        TypeError,
        OSError,
        EOFError,
        ParseError,
        AttributeError,
    ):
        raise Unreadable("This spreadsheet is damaged. Download it again.")


def check_sizes(file: BinaryIO) -> list[zipfile.ZipInfo]:
    """What the archive holds; reading stops at the stated sizes, so they bound what is unpacked. Unreadable."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
        raise Unreadable("This archive is damaged. Download it again.")
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    shared = sum(part.file_size for part in parts if part.filename.endswith("sharedStrings.xml"))
    if len(parts) > MOST_FILES or unpacked > LARGEST_UNPACKED or shared > LARGEST_SHARED:
        raise Unreadable("This archive holds far more than a report does.")
    if unpacked > 16 * 2**20 and unpacked > packed * HIGHEST_RATIO:
        raise Unreadable("This archive holds far more than a report does.")
    if any(part.flag_bits & 0x1 for part in parts):
        raise Unreadable("This archive has a password. Unpack it first.")
    return parts


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        # A cell of 38.1 is stored as 38.1 and read as a float: its shortest form is what was typed.
        return format(Decimal(repr(value)), "f")
    return str(value).strip()
