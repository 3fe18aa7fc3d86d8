"""The private test server, for people at a shell.

eval "$(.local/venv/bin/python -m tools.devdb)"   start it, set PG* for psql
... -m tools.devdb start | stop | list | status
... -m tools.devdb new NAME      a database with the add-ons' core dependencies
... -m tools.devdb drop NAME
"""

import shlex
import sys

from tools import database
from tools.postgres import Server
from tools.say import Stop, main


def show(server):
    for name, value in server.environment().items():
        print(f"export {name}={shlex.quote(value)}")


def start(server):
    server.keep()
    show(server)


def stop(server):
    server.kept.unlink(missing_ok=True)
    server.stop()


def status(server):
    print("running" if server.is_running() else "stopped")


def names(server):
    print("\n".join(sorted(database.names(server))))


def new(server, name):
    from tools import template

    template.fresh(server, name)


COMMANDS = {
    "start": start,
    "stop": stop,
    "status": status,
    "list": names,
    "new": new,
    "drop": database.drop,
}


def run_command():
    command, *arguments = sys.argv[1:] or ["start"]
    if command not in COMMANDS:
        raise Stop(__doc__)
    COMMANDS[command](Server("test"), *arguments)


if __name__ == "__main__":
    main(run_command)
