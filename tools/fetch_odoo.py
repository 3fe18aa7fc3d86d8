"""Find Odoo 19 Community, or get it.

In this order: the checkout named by ODOO_HOME; an Odoo 19 that can be
imported already; Debian's package, unpacked without root; a shallow clone.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools import debian
from tools.places import LOCAL, ODOO_ROOT, VENV, remove
from tools.say import Stop, run, say, step

RECORD = LOCAL / "odoo.json"
SERIES = "19.0"
PACKAGES = "usr/lib/python3/dist-packages"
REPOSITORY = "https://github.com/odoo/odoo"

# Odoo's web client links to files of these Debian packages ...
LINKED = (
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-ocr-b",
    "fonts-inconsolata",
    "fonts-font-awesome",
)
# ... of which the newest releases have moved or dropped some of the files
# (Font Awesome 4.7, Inconsolata.otf), so they come from an older suite: the
# oldest that has them all, or what the mirror calls stable by then.
LINKED_SUITES = ("trixie", "stable", "oldstable")

# Debian leaves this out of its package (no free source). Only the blurred
# background of video calls needs it, but the web client's bundle names it and
# reports an error on every page when it is not there.
LEFT_OUT = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"


def series_of(folder):
    """The Odoo series of the source in `folder`, "" when there is none."""
    release = Path(folder) / "odoo" / "release.py"
    try:
        text = release.read_text()
    except OSError:
        return ""
    names = {}
    exec(compile(text, str(release), "exec"), names)  # Odoo's own packaging does so
    return names.get("series", "")


def from_home():
    home = os.environ.get("ODOO_HOME")
    if not home:
        return None
    found = series_of(home)
    if found != SERIES:
        kind = f"Odoo {found}" if found else "no Odoo checkout"
        raise Stop(f"ODOO_HOME={home} holds {kind}; Odoo {SERIES} is needed there.")
    return {"path": str(Path(home).resolve()), "source": f"ODOO_HOME {home}"}


def from_import():
    """An Odoo 19 that the Python which runs us can import."""
    code = "import importlib.util as u; print(u.find_spec('odoo.release').origin)"
    # Away from the project and from user settings that could shadow it.
    result = subprocess.run([sys.executable, "-c", code], cwd="/", capture_output=True, text=True)
    if result.returncode:
        return None
    folder = Path(result.stdout.strip()).parent.parent
    if series_of(folder) != SERIES:
        return None
    return {"path": str(folder), "source": f"the one installed in {folder}"}


def from_debian():
    if not debian.available():
        return None
    sid = debian.Suite("sid")
    try:
        with step("Fetching Odoo 19 (Debian's package, about 120 MB)", sid.size):
            package = sid.fetch(["odoo-19"])
    except Stop as stop:
        say(f"Debian's package of Odoo 19 is not to be had here: {stop}")
        return None
    fresh = ODOO_ROOT.with_name("odoo.new")
    remove(fresh)
    with step("Unpacking Odoo"):
        debian.unpack(package, fresh)
        _add_linked_files(fresh)
        _add_left_out_file(fresh / PACKAGES)
    remove(ODOO_ROOT)
    fresh.rename(ODOO_ROOT)
    version = package[0].name.split("_")[2]
    return {"path": str(ODOO_ROOT / PACKAGES), "source": f"Debian's odoo-19 {version}"}


def _add_linked_files(root):
    for name in LINKED_SUITES:
        try:
            debian.unpack(debian.Suite(name).fetch(LINKED), root)
        except Stop as stop:
            say(f"suite {name}: {str(stop).splitlines()[-1]}")
            continue
        if not dangling(root):
            return
    links = "\n".join(map(str, dangling(root)[:10]))
    raise Stop(f"these links of the unpacked Odoo lead nowhere:\n{links}")


def _add_left_out_file(packages):
    path = packages / LEFT_OUT
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("// Left out by Debian: backgrounds of video calls stay as they are.\n")


def dangling(root):
    return [
        Path(folder) / name
        for folder, folders, files in os.walk(root)
        for name in folders + files
        if not os.path.exists(os.path.join(folder, name))
    ]


def from_git():
    if not shutil.which("git"):
        return None
    fresh = ODOO_ROOT.with_name("odoo.new")
    remove(fresh)
    try:
        with step("Cloning Odoo 19 (the newest state only, about 500 MB)"):
            branch = ["--depth", "1", "--branch", SERIES]
            run(["git", "clone", "--quiet", *branch, REPOSITORY, fresh])
    except Stop as stop:
        say(f"Odoo's repository could not be cloned: {stop}")
        return None
    remove(ODOO_ROOT)
    fresh.rename(ODOO_ROOT)
    commit = run(["git", "-C", ODOO_ROOT, "rev-parse", "--short", "HEAD"]).strip()
    return {"path": str(ODOO_ROOT), "source": f"{SERIES} at {commit}"}


def ensure():
    """The record of the Odoo in use: its path and where it is from."""
    record = from_home() or _recorded()
    if not record:
        record = from_import() or from_debian() or from_git()
        if not record:
            raise Stop(
                "No Odoo 19 was found and none could be fetched. Name a checkout: make run ODOO_HOME=/path/to/odoo"
            )
        say(f"Odoo 19: {record['source']}")
    _remember(record)
    return record


def _remember(record):
    """In one step: whoever reads it half written would take Odoo for missing, and fetch it anew under everybody."""
    text = json.dumps(record)
    if RECORD.exists() and RECORD.read_text() == text:
        return
    RECORD.parent.mkdir(parents=True, exist_ok=True)
    fresh = RECORD.with_suffix(f".{os.getpid()}.new")
    fresh.write_text(text)
    fresh.replace(RECORD)


def _recorded():
    """What an earlier run found, as long as it is still there."""
    try:
        record = json.loads(RECORD.read_text())
    except (OSError, ValueError):
        return None
    if record["source"].startswith("ODOO_HOME") or series_of(record["path"]) != SERIES:
        return None
    return record


def link_into_venv(record):
    """Make `import odoo` work in the virtual environment."""
    for packages in VENV.glob("lib/python3*/site-packages"):
        (packages / "odoo.pth").write_text(record["path"] + "\n")
