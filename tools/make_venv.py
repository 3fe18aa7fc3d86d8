"""The virtual environment, on machines without `ensurepip` and root too."""

import hashlib
import subprocess
import sys
from pathlib import Path

from tools import debian
from tools.places import LOCAL, PROJECT, PYTHON, VENV, cache, remove
from tools.say import Stop, run, step

REQUIREMENTS = PROJECT / "requirements.txt"
STAMP = VENV / "made-from"
# Odoo 19 itself asks for it.
OLDEST = (3, 10)


def fingerprint():
    text = REQUIREMENTS.read_bytes() + sys.version.encode()
    return hashlib.sha256(text).hexdigest()


def ready():
    try:
        # A venv also breaks when the Python below it goes away.
        return STAMP.read_text() == fingerprint() and PYTHON.exists()
    except OSError:
        return False


def ensure():
    if ready():
        return
    if sys.version_info[:2] < OLDEST:
        need = ".".join(map(str, OLDEST))
        raise Stop(f"Python {need} or newer is needed; this is {sys.version.split()[0]}.")
    if not _usable():
        with step("Making a virtual environment"):
            remove(VENV)
            _make()
    with step("Installing the Python packages of requirements.txt"):
        pip("install", "--quiet", "-r", REQUIREMENTS)
    STAMP.write_text(fingerprint())


def pip(*arguments):
    command = [PYTHON, "-m", "pip", "--disable-pip-version-check"]
    return run([*command, *arguments], cwd=PROJECT)


def _usable():
    """Does the venv that is there run this very Python, with pip?"""
    code = "import sys, pip; print(sys.version)"
    try:
        result = subprocess.run([PYTHON, "-c", code], capture_output=True, text=True)
    except OSError:
        return False
    return result.returncode == 0 and result.stdout.strip() == sys.version.strip()


def _make():
    LOCAL.mkdir(parents=True, exist_ok=True)
    try:
        run([sys.executable, "-m", "venv", VENV])
    except Stop as stop:
        # Debian's bare python3 has no ensurepip; its pip is a package apart.
        if not debian_like():
            raise Stop(f"{stop}\nInstall your system's package for Python's venv.") from stop
        remove(VENV)
        run([sys.executable, "-m", "venv", "--without-pip", VENV])
        _install_pip_from_distribution()


def debian_like():
    return bool(debian.os_release().get("VERSION_CODENAME")) and bool(debian.mirrors())


def _install_pip_from_distribution():
    suite = debian.Suite(debian.os_release()["VERSION_CODENAME"])
    folder = cache() / "pip"
    debian.unpack(suite.fetch(["python3-pip-whl"]), folder)
    wheels = sorted(Path(folder).glob("usr/share/python-wheels/pip-*.whl"))
    run([PYTHON, f"{wheels[-1]}/pip", "install", "--quiet", "pip"])
