"""Databases to copy from: core dependencies only, and with our add-ons installed.

A copy takes a second, an installation a minute or more.
"""

import hashlib
import json
import os
import re
from pathlib import Path

from tools import database, fetch_odoo, lock, modules, odoo_command
from tools.places import LOCAL
from tools.say import step


def prefix():
    """ECOM_DB keeps developers who share a server out of each other's way."""
    name = os.environ.get("ECOM_DB", "ecom_test")
    return re.sub(r"\W", "_", name)


def name_for(what):
    """A name for a database of this process; `sweep` knows it as such."""
    return f"{prefix()}_{os.getpid()}_{what}"


def sweep(server):
    """Drop what processes left behind that were killed before they could tidy up."""
    for name in database.names(server):
        found = re.match(rf"{prefix()}_(\d+)_", name)
        if found and not Path(f"/proc/{found.group(1)}").exists():
            database.drop(server, name)


def core(server, demo=False, names=None):
    """The database with nothing but what our add-ons depend on."""
    needed = names or modules.core_dependencies()
    source = json.loads(fetch_odoo.RECORD.read_text())["source"]
    text = json.dumps([source, needed, demo])
    key = hashlib.sha256(text.encode()).hexdigest()[:10]
    name = f"ecom_core_{key}"
    with _alone(name):
        if name not in database.names(server):
            _install(server, f"{name}_new", needed, demo)
            database.rename(server, f"{name}_new", name)
    return name


def _install(server, name, needed, demo):
    database.create(server, name)
    option = ["--with-demo"] if demo else []
    with step(f"Installing Odoo's own {', '.join(needed)}"):
        odoo_command.run_once(server, name, "-i", ",".join(needed), *option, log=name)


def ready(server, demo=False, beside=()):
    """The database with all our add-ons installed, made anew when they change. `beside`: modules of Odoo that none of
    them needs."""
    name = f"{prefix()}_ready" + ("_demo" if demo else "") + ("_beside" if beside else "")
    mark = f"{modules.fingerprint()} on {core(server, demo, _with_core(beside))}"
    with _alone(name):
        if _mark(server, name) != mark:
            build(server, name, modules.ours(), demo, beside)
            _set_mark(server, name, mark)
    return name


def _with_core(beside):
    return sorted({*modules.core_dependencies(), *beside}) if beside else None


def build(server, name, addons, demo=False, beside=()):
    """A database with these add-ons on top of Odoo's own."""
    database.copy(server, core(server, demo, _with_core(beside)), name)
    option = ["--with-demo"] if demo else []
    with step(f"Installing {', '.join(addons)}"):
        odoo_command.run_once(server, name, "-i", ",".join(addons), *option, log=name)


def fresh(server, name, demo=False, beside=()):
    """A new database `name` with all our add-ons installed."""
    database.copy(server, ready(server, demo, beside), name)
    return name


def _mark(server, name):
    rows = database.query(
        server,
        "postgres",
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
        name,
    )
    return rows[0][0] if rows else None


def _set_mark(server, name, mark):
    # The comment lives and dies with the database, unlike a file beside it.
    database.query(server, "postgres", f'COMMENT ON DATABASE "{name}" IS %s', mark)


def _alone(name):
    return lock.held(LOCAL / "pg" / f"{name}.lock")
