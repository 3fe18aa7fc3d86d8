"""Secrets at rest: sealed with Fernet (AES and HMAC) under a key that is never in the database.

The key stands in odoo.conf as `ecom_secret_key`, or in the environment as ECOM_SECRET_KEY; else one is made once and
kept in a file of the data directory that only Odoo's own user may read. It lies outside the filestore on purpose: who
gets a backup of a database gets no secrets with it.

Rotation: write the new key before the old one, separated by a blank. The first one seals, all of them unseal; the
daily housekeeping seals everything anew with the first, then the old one may go. A key of the file counts last.
"""

import contextlib
import os
import re
import tempfile
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from odoo.tools import config

OPTION, VARIABLE, FILE = "ecom_secret_key", "ECOM_SECRET_KEY", "ecom_secret.key"


class LostKey(Exception):
    """What was sealed cannot be opened: the key is missing or another one, or what is configured is no key."""


def seal(text: str) -> str:
    """LostKey where the configured key is unusable."""
    return _box(_keys(create=True)).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text again. LostKey."""
    keys = _keys(create=False)
    if not keys:
        raise LostKey
    try:
        return _box(keys).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise LostKey from None


def is_current(sealed: str) -> bool:
    """Whether the first key sealed it."""
    try:
        _box(_keys(create=False)[:1]).decrypt(sealed.encode())
    except (InvalidToken, LostKey):
        return False
    return True


def _keys(create: bool) -> tuple[str, ...]:
    given = f"{config.get(OPTION) or ''} {os.environ.get(VARIABLE) or ''}"
    keys = tuple(dict.fromkeys(re.split(r"[\s,]+", given.strip()))) if given.strip() else ()
    path = Path(config["data_dir"]) / FILE
    if create and not keys and not path.exists():
        _make_file(path)
    with contextlib.suppress(FileNotFoundError):
        keys += (path.read_text().strip(),)
    return keys


def _make_file(path: Path) -> None:
    """Complete or not at all, and never replacing one: of several processes the first one wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".key-")  # readable by its owner only
    try:
        with os.fdopen(handle, "wb") as draft:
            draft.write(Fernet.generate_key())
            draft.flush()
            os.fsync(draft.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(name, path)
    finally:
        os.unlink(name)


@lru_cache(maxsize=8)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    try:
        # Either alphabet of base64: `openssl rand -base64 32` makes a key as well.
        return MultiFernet([Fernet(key.replace("+", "-").replace("/", "_")) for key in keys])
    except ValueError:
        raise LostKey from None
