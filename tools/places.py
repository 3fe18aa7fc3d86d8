"""Where things are. Nothing is written outside LOCAL, CACHE and SPARE."""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
ADDONS = PROJECT / "addons"
CONFIG = PROJECT / "odoo.conf"

# Several clones may share one LOCAL: the variable names a folder for all.
LOCAL = Path(os.environ.get("ECOM_LOCAL") or PROJECT / ".local").resolve()
VENV = LOCAL / "venv"
PYTHON = VENV / "bin" / "python"
ODOO_ROOT = LOCAL / "odoo"
DATA = LOCAL / "data"
LOGS = LOCAL / "logs"

# A Unix socket's path may have at most 107 bytes; PostgreSQL adds 16 of them.
LONGEST_SOCKET_FOLDER = 90


def _mark(path):
    return hashlib.sha256(str(path).encode()).hexdigest()[:10]


def cache():
    """The user's cache, so that a second clone downloads nothing."""
    home = os.environ.get("XDG_CACHE_HOME")
    if not home:
        home = Path(os.path.expanduser("~")) / ".cache"
    folder = Path(home) / "odoo-ecom"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = tempfile.TemporaryFile(dir=folder)
    except OSError:
        # No home, or one that cannot be written: keep it with the project.
        folder = LOCAL / "cache"
        folder.mkdir(parents=True, exist_ok=True)
    else:
        probe.close()
    return folder


def spare(name):
    """A folder every user of the machine can reach, for when LOCAL is not one."""
    return Path("/var/tmp") / f"odoo-ecom-{_mark(LOCAL)}" / name


def short(folder):
    """`folder`, or a short stand-in when a socket in it would not fit."""
    if len(os.fsencode(str(folder))) <= LONGEST_SOCKET_FOLDER:
        return folder
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    home = Path(runtime) if runtime and os.access(runtime, os.W_OK) else Path("/tmp")
    return home / f"odoo-ecom-{_mark(folder)}"


def remove(path):
    """Delete a file, a link or a folder, whichever is there."""
    path = Path(path)
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)
