"""Fetch Debian packages without root: apt's own client on private folders."""

import os
import re
import shutil
import tempfile
from pathlib import Path

from tools.places import cache
from tools.say import Stop, run

APT_FOLDER = Path("/etc/apt")


def os_release():
    try:
        lines = Path("/etc/os-release").read_text().splitlines()
    except OSError:
        return {}
    pairs = (line.partition("=") for line in lines if "=" in line)
    return {name: value.strip().strip('"') for name, _, value in pairs}


def available():
    """Can this machine fetch Debian's packages at all?"""
    return (
        os_release().get("ID") == "debian"
        and bool(shutil.which("apt-get") and shutil.which("dpkg"))
        and bool(mirrors())
    )


def _deb822(text):
    """(uri, suite, signed-by) of the stanzas of a `.sources` file."""
    for stanza in re.split(r"\n\s*\n", text):
        lines = [line for line in stanza.splitlines() if not line.startswith("#")]
        fields, name = {}, None
        for line in lines:
            if line[:1].isspace() and name:
                fields[name] += "\n" + line.strip()
            elif ":" in line:
                name, value = line.split(":", 1)
                name = name.lower()
                fields[name] = value.strip()
        if "deb" not in fields.get("types", "").split():
            continue
        if fields.get("enabled", "yes").lower() == "no":
            continue
        key = fields.get("signed-by", "")
        for uri in fields.get("uris", "").split():
            for suite in fields.get("suites", "").split():
                yield uri, suite, key if key.startswith("/") else ""


def _one_line(text):
    """(uri, suite, signed-by) of the `deb` lines of a `.list` file."""
    pattern = re.compile(r"^deb\s+(?:\[([^]]*)\]\s+)?(\S+)\s+(\S+)", re.MULTILINE)
    for options, uri, suite in pattern.findall(text):
        key = re.search(r"signed-by=(/\S+)", options)
        yield uri, suite, key.group(1) if key else ""


def _sources(folder=APT_FOLDER):
    parts = folder / "sources.list.d"
    files = [folder / "sources.list", *sorted(parts.glob("*"))]
    for path in files:
        try:
            text = path.read_text()
        except (OSError, UnicodeDecodeError):
            continue
        if path.suffix == ".sources":
            yield from _deb822(text)
        elif path.suffix == ".list":
            yield from _one_line(text)


def mirrors(folder=APT_FOLDER):
    """(uri, key) of the mirrors that carry the distribution itself."""
    codename = os_release().get("VERSION_CODENAME", "")
    own = {codename, "stable", "testing", "unstable", "sid"} - {""}
    found = [(uri, key) for uri, suite, key in _sources(folder) if suite in own]
    return list(dict.fromkeys(found))


def _source_line(suite):
    uri, key = mirrors()[0]
    if not key:
        keyring = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
        key = keyring if keyring.exists() else ""
    option = f"[signed-by={key}] " if key else ""
    return f"deb {option}{uri} {suite} main\n"


class Suite:
    """One suite of the machine's mirror, with package lists of our own."""

    def __init__(self, name):
        self.name = name
        self.folder = cache() / "apt" / name
        self.packages = cache() / "packages"

    def _options(self):
        pairs = {
            "Dir::State": self.folder / "state",
            # What the machine has installed is no concern of these lists.
            "Dir::State::status": self.folder / "status",
            "Dir::Cache": self.folder / "cache",
            "Dir::Etc::SourceList": self.folder / "sources.list",
            "Dir::Etc::SourceParts": "/dev/null",
            "Dir::Etc::Preferences": "/dev/null",
            "Dir::Etc::PreferencesParts": "/dev/null",
            "Dir::Log": self.folder,
            "Acquire::Languages": "none",
            "Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled": "false",
            "Acquire::Retries": "3",
        }
        if os.geteuid() == 0:
            # apt would drop to `_apt`, which cannot write our folders.
            pairs["APT::Sandbox::User"] = "root"
        options = []
        for name, value in pairs.items():
            options += ["-o", f"{name}={value}"]
        return options

    def update(self):
        for name in ("state/lists/partial", "cache/archives/partial"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        (self.folder / "status").touch()
        (self.folder / "sources.list").write_text(_source_line(self.name))
        try:
            run(["apt-get", *self._options(), "update"])
        except Stop:
            # A hook of the machine's own apt configuration may fail without
            # root after the lists have arrived; only their absence counts.
            if not any(self.folder.glob("state/lists/*_Packages*")):
                raise

    def fetch(self, names):
        """The newest `.deb` of each name, from the cache where it is there."""
        self.packages.mkdir(parents=True, exist_ok=True)
        missing = [name for name in names if not self.cached(name)]
        if missing:
            self.update()
            with tempfile.TemporaryDirectory(dir=self.packages) as fresh:
                run(["apt-get", *self._options(), "download", *missing], cwd=fresh)
                for path in Path(fresh).glob("*.deb"):
                    os.replace(path, self.packages / f"{self.name}_{path.name}")
        return [self.cached(name) for name in names]

    def cached(self, name):
        found = sorted(
            self.packages.glob(f"{self.name}_{name}_*.deb"),
            key=lambda path: path.stat().st_mtime,
        )
        return found[-1] if found else None

    def size(self):
        """How much of the packages has arrived: the text of a progress line."""
        files = [path for path in self.packages.glob("**/*") if path.is_file()]
        return f"{sum(path.stat().st_size for path in files) / 1e6:.0f} MB here"


def unpack(packages, folder):
    folder.mkdir(parents=True, exist_ok=True)
    for package in packages:
        run(["dpkg", "-x", package, folder])
