"""What was uploaded -> the reports in it: a file, or an archive of several."""

import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from ..errors import Unreadable
from .sheet import check_sizes
from .source import LARGEST

SHEET_PARTS = "[Content_Types].xml"


def reports(file: BinaryIO, name: str) -> Iterator[tuple[str, bytes]]:
    """(name, content) of every report in `file`. A spreadsheet is an archive too, and one report. Unreadable."""
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":
        file.seek(0)
        yield name, file.read(LARGEST + 1)
        return
    parts = check_sizes(file)
    if any(part.filename == SHEET_PARTS for part in parts):
        file.seek(0)
        yield name, file.read(LARGEST + 1)
        return
    try:
        with zipfile.ZipFile(file) as archive:
            for part in parts:
                if not part.is_dir() and not _is_litter(part.filename):
                    yield part.filename.rpartition("/")[2], archive.read(part)
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RuntimeError, zlib.error):
        raise Unreadable("This archive is damaged. Download it again.")


def _is_litter(name: str) -> bool:
    """What computers put into archives beside the files."""
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith(".")
