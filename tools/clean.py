"""`make clean`: stop what runs for this project and remove what was made."""

import os

from tools import fetch_postgres
from tools.places import LOCAL, PROJECT, cache, remove, spare
from tools.postgres import Server
from tools.say import Stop, main, say


def clean():
    if os.environ.get("ECOM_LOCAL"):
        raise Stop(f"ECOM_LOCAL={LOCAL} may be shared with others: remove it yourself when it is not.")
    _refuse_while_running()
    if fetch_postgres.recorded() and not fetch_postgres.named_server():
        for name in ("test", "run", "bench"):
            server = Server(name)
            server.stop()
            remove(server.socket)
    for path in (LOCAL, spare(""), PROJECT / ".pytest_cache", PROJECT / ".ruff_cache"):
        remove(path)
    for path in PROJECT.rglob("__pycache__"):
        remove(path)
    say(f"Removed. Downloads are kept for the next time in {cache()}")


def _refuse_while_running():
    try:
        pid = int((LOCAL / "run.pid").read_text().split()[0])
        os.kill(pid, 0)
    except (OSError, ValueError):
        return
    raise Stop(f"`make run` is still running; end it first: kill {pid}")


if __name__ == "__main__":
    main(clean)
