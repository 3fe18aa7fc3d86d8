"""A private PostgreSQL server: one folder, one Unix socket, no port.

There are two of them, so that tests may trade safety for speed and a trial
with `make run` may not: `test` and `run`.
"""

import fcntl
import os
import pwd
import stat
import subprocess
from contextlib import contextmanager
from pathlib import Path

from tools import fetch_postgres, lock
from tools.places import LOCAL, LOGS, remove, short, spare
from tools.say import Stop, run, say

SUPERUSER = "odoo"  # Odoo refuses to work as "postgres"

SETTINGS = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "max_wal_size": "1GB",
    # Odoo's queries are many and small: neither of these pays for itself.
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
}
# What a power cut spoils is made anew: see `_spoiled`.
HASTY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum_naptime": "20s",
}


class Server:
    def __init__(self, name):
        self.name = name
        self.hasty = name == "test"
        self.named = fetch_postgres.named_server()
        if self.named:
            return
        record = fetch_postgres.recorded()
        if not record:
            raise Stop("PostgreSQL is not prepared yet; run: make setup")
        self.programs = Path(record["bin"])
        self.identity = _identity()
        home = self._reachable(LOCAL / "pg")
        self.folder = home / name
        self.data = self.folder / "data"
        self.socket = short(self.folder / "socket")
        self.log = self.folder / "log"

    # -- who runs it --------------------------------------------------------

    def _reachable(self, folder):
        """`folder`, or a stand-in when the server's user cannot get there."""
        folder.mkdir(parents=True, exist_ok=True)
        if self._can_enter(folder) and self._can_enter(self.programs):
            return folder
        stand_in = spare("pg")
        _claim(stand_in.parent)
        stand_in.mkdir(exist_ok=True)
        if not self._can_enter(self.programs):
            self.programs = self._copy_programs(stand_in.parent / "postgres")
        return stand_in

    def _can_enter(self, folder):
        look = ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)]
        return not subprocess.run(look, stderr=subprocess.DEVNULL, **self.identity).returncode

    def _copy_programs(self, target):
        """The wheel's programs and their libraries, to where the server's user can read."""
        package = self.programs.parent.parent
        if not target.exists():
            fresh = target.with_name("postgres.new")
            remove(fresh)
            fresh.mkdir()
            # The libraries lie beside the package, in a folder of nearly its name.
            for folder in (package, *package.parent.glob(f"{package.name}.libs")):
                run(["cp", "-a", folder, fresh])
            run(["chmod", "-R", "a+rX", fresh])
            fresh.rename(target)
        return target / self.programs.relative_to(package.parent)

    def _own(self, folder):
        _claim(folder, self.identity.get("user"))
        if "user" in self.identity:
            os.chown(folder, self.identity["user"], self.identity["group"])
        folder.chmod(0o700)

    def _command(self, name, *arguments):
        language = {"LC_ALL": "C", "TZ": "UTC", "PATH": os.defpath}
        return run([self.programs / name, *arguments], env=language, **self.identity)

    # -- its life -----------------------------------------------------------

    def environment(self):
        """The PG* variables with which any client finds this server."""
        if self.named:
            return dict(self.named)
        return {"PGHOST": str(self.socket), "PGPORT": "5432", "PGUSER": SUPERUSER}

    def is_running(self):
        if self.named:
            return True
        return (self.data / "postmaster.pid").exists() and not subprocess.run(
            [self.programs / "pg_ctl", "status", "-D", self.data],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **self.identity,
        ).returncode

    def start(self):
        if self.named:
            return
        with self._alone():
            if self.is_running():
                return
            if not (self.data / "PG_VERSION").exists() or self._spoiled():
                self._create()
            self._own(self.socket)
            options = {**SETTINGS, **(HASTY if self.hasty else {})}
            options["unix_socket_directories"] = f"'{self.socket}'"
            text = "".join(f"{name} = {value}\n" for name, value in options.items())
            (self.data / "private.conf").write_text(text)
            self._own_file(self.data / "private.conf")
            try:
                self._command("pg_ctl", "start", "-w", "-t", "60", "-D", self.data, "-l", self.log)
            except Stop as stop:
                tail = "\n".join(self.log.read_text().splitlines()[-15:])
                raise Stop(f"PostgreSQL did not start:\n{stop}\n{tail}") from stop

    def stop(self):
        if not self.named and self.is_running():
            self._command("pg_ctl", "stop", "-w", "-m", "fast", "-D", self.data)

    def _spoiled(self):
        """Did it go without a farewell? Written in haste, its databases may then be anything."""
        return self.hasty and (self.data / "postmaster.pid").exists()

    def _create(self):
        say(f"Creating a private PostgreSQL server for {self.name}")
        LOGS.mkdir(parents=True, exist_ok=True)
        remove(self.data)
        self._own(self.folder)
        # Only who may enter the socket's folder can connect: no password needed.
        options = [f"--username={SUPERUSER}", "--auth=trust", "--encoding=UTF8", "--no-sync"]
        try:
            self._command("initdb", *options, "--locale=C.UTF-8", "-D", self.data)
        except Stop:
            # Systems without C.UTF-8: as well, but for upper case beyond ASCII.
            remove(self.data)
            self._command("initdb", *options, "--locale=C", "-D", self.data)
        with (self.data / "postgresql.conf").open("a") as config:
            config.write("\ninclude = 'private.conf'\n")

    def _own_file(self, path):
        if "user" in self.identity:
            os.chown(path, self.identity["user"], self.identity["group"])

    # -- who uses it --------------------------------------------------------

    @contextmanager
    def in_use(self):
        """Keep the server running; the last user to leave stops it.

        A lock on a file tells who still uses it, so that a killed user counts
        as gone. `keep()` makes the server outlive its users.
        """
        if self.named:
            yield self
            return
        with lock.held(self._lock_file("users"), shared=True) as users:
            self.start()
            try:
                yield self
            finally:
                if not self.kept.exists():
                    with self._alone():
                        self._stop_if_last(users)

    def _stop_if_last(self, users):
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        self.stop()

    @property
    def kept(self):
        return LOCAL / "pg" / f"{self.name}.keep"

    def keep(self):
        self.kept.parent.mkdir(parents=True, exist_ok=True)
        self.kept.touch()
        self.start()

    def _lock_file(self, what):
        return LOCAL / "pg" / f"{self.name}.{what}"

    def _alone(self):
        return lock.held(self._lock_file("lock"))


def _claim(folder, user=None):
    """Make the folder, or see that it is ours: others may write in /tmp too."""
    folder.mkdir(parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), user}:
        raise Stop(f"{folder} belongs to someone else; remove it, or set ECOM_LOCAL to another folder.")


def _identity():
    """Whom to run the server as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {"cwd": "/"}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "cwd": "/"}
    raise Stop("PostgreSQL cannot run as root, and there is no user 'nobody' to run it as.")
