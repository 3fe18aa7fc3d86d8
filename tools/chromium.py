"""The browser of the tours: find one, or install Debian's where that is possible."""

import os
import shlex
import shutil
import subprocess

from tools import debian
from tools.places import LOCAL
from tools.say import Stop, run, say, step

NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
# What Odoo's own flags leave open: talk to nobody but the server under test.
QUIET = (
    "--disable-quic",
    "--disable-component-update",
    "--disable-sync",
    "--disable-domain-reliability",
    "--no-pings",
)


def find():
    # Odoo looks for these names on the PATH; so does this, past our own wrapper.
    path = os.pathsep.join(
        folder for folder in os.environ.get("PATH", "").split(os.pathsep) if folder != str(wrapper().parent)
    )
    return next(filter(None, (shutil.which(name, path=path) for name in NAMES)), None)


def wrapper():
    # The first name that Odoo tries.
    return LOCAL / "bin" / "google-chrome"


def ensure():
    """The folder to put first on the PATH; None where there is no browser."""
    program = find() or _install()
    if not program:
        return None
    wrapper().parent.mkdir(parents=True, exist_ok=True)
    flags = " ".join(QUIET)
    wrapper().write_text(f'#!/bin/sh\nexec {shlex.quote(program)} {flags} "$@"\n')
    wrapper().chmod(0o755)
    return wrapper().parent


def _install():
    # Ubuntu's package of that name only fetches a snap.
    if not debian.available():
        return None
    become_root = _become_root()
    if become_root is None:
        return None
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    options = ["-y", "--no-install-recommends"]
    # An update that fails in part may still leave a list that will do.
    with step("Installing Debian's chromium"):
        for arguments in (["update"], ["install", *options, "chromium"]):
            try:
                run([*become_root, "apt-get", *arguments], env=environment)
            except Stop as stop:
                say(str(stop))
    return find()


def _become_root():
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    allowed = subprocess.run(["sudo", "-n", "true"], **quiet).returncode == 0
    return ["sudo", "-n"] if allowed else None
