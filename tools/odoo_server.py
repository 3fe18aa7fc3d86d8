"""A running Odoo: start it, talk to it, stop it or kill it."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

from tools import odoo_command
from tools.places import LOGS
from tools.say import Stop


def free_port(wanted=0):
    """`wanted` when nobody listens there, else any free port of this machine."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise Stop("there is no free port on 127.0.0.1")


class OdooServer:
    """Odoo on one database, in a process group of its own."""

    def __init__(self, server, database, *options, port=0, cron_threads=1, config="/dev/null", log=None):
        self.server = server
        self.database = database
        self.options = options
        self.port = port
        self.cron_threads = cron_threads
        self.config = config
        self.log = LOGS / f"{log or database}.log"
        self.process = None
        self._users = {}

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self, wait=60, **environment):
        """Start and wait until it answers; `environment` adds to its variables."""
        self.port = self.port or free_port()
        LOGS.mkdir(parents=True, exist_ok=True)
        options = [f"--http-port={self.port}", f"--max-cron-threads={self.cron_threads}", *self.options]
        if any(option.startswith("--workers") for option in map(str, options)):
            options.append(f"--gevent-port={free_port()}")
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                odoo_command.command(self.database, *options, config=self.config),
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                env={**odoo_command.environment(self.server), **environment},
                # Its own group: a kill takes its workers too, a Ctrl-C is ours to give.
                start_new_session=True,
            )
        self._await(wait)
        return self

    def _await(self, seconds):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise Stop(f"Odoo ended while starting; its log is {self.log}\n{self.tail()}")
            try:
                with urllib.request.urlopen(f"{self.url}/web/health", timeout=5):
                    return
            except urllib.error.HTTPError:
                return  # an answer all the same
            except OSError:
                time.sleep(0.2)
        self.kill()
        raise Stop(f"Odoo did not answer within {seconds} s; its log is {self.log}\n{self.tail()}")

    def tail(self, lines=30):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def stop(self, wait=20):
        """Ask it to end, and make it end when it does not."""
        if not self.is_running():
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(wait)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self):
        """SIGKILL, as a power cut would: the process and its workers."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()

    def call(self, model, method, *args, login="admin", password="admin", timeout=60, **kwargs):
        """`env[model].method(*args, **kwargs)` as that user, over JSON-RPC."""
        user = self._user(login, password, timeout)
        arguments = [self.database, user, password, model, method, args, kwargs]
        return self._rpc("object", "execute_kw", arguments, timeout)

    def _user(self, login, password, timeout):
        """The user's id, asked for once: Odoo takes most of a second to check a password, on purpose."""
        if (login, password) not in self._users:
            user = self._rpc("common", "login", [self.database, login, password], timeout)
            if not user:
                raise PermissionError(f"{login} cannot log in")
            self._users[login, password] = user
        return self._users[login, password]

    def _rpc(self, service, method, arguments, timeout):
        body = {"jsonrpc": "2.0", "method": "call", "id": 1}
        body["params"] = {"service": service, "method": method, "args": arguments}
        request = urllib.request.Request(
            f"{self.url}/jsonrpc",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=timeout) as response:
            answer = json.load(response)
        if "error" in answer:
            raise RemoteError(answer["error"])
        # A method that returns nothing is answered without a result.
        return answer.get("result")

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()


class RemoteError(Exception):
    """What Odoo raised; `name` is the class, such as odoo.exceptions.AccessError."""

    def __init__(self, error):
        data = error.get("data") or {}
        self.name = data.get("name", "")
        super().__init__(f"{self.name}: {data.get('message') or error.get('message')}\n{data.get('debug', '')}")
