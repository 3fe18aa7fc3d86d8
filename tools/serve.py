"""`make run`: a database with demo data, Odoo on it, and where to look first."""

import os
import signal
import time
from contextlib import contextmanager

from tools import database, first_page, modules, odoo_command
from tools.odoo_server import OdooServer, free_port
from tools.places import CONFIG, LOCAL, LOGS
from tools.postgres import Server
from tools.say import Stop, main, say, step

DATABASE = os.environ.get("ECOM_DB", "ecom_demo")
PIDFILE = LOCAL / "run.pid"
USUAL_PORT = 8069
WELCOME = """
    {url}/odoo/ecommerce

    user      admin
    password  admin

    Look first at:
{hints}
    The log is {log}
    Ctrl-C stops Odoo and its database server; the data stay for the next start.
"""
FIRST_PAGE = "/odoo/ecommerce"
LOOK_FIRST_AT = (
    ("ecommerce", "every shop at a glance: what came in, what went out, what is late"),
    ("ecommerce-exceptions", "what a person must decide, most urgent first"),
    ("ecommerce-orders", "orders of all shops, with their deadlines"),
    ("ecommerce-review", "articles of a shop whose product is not certain"),
    ("ecommerce-stock", "what each shop is told to have, and why"),
    ("ecommerce-messages", "everything that came in or went out, and Retry"),
)


def serve():
    _on_every_end(signal.default_int_handler)
    _refuse_a_second()
    server = Server("run")
    with server.in_use():
        changed = _bring_up_to_date(server)
        port = free_port(USUAL_PORT)
        if port != USUAL_PORT:
            say(f"Port {USUAL_PORT} is in use; this Odoo listens on {port} instead.")
        odoo = OdooServer(server, DATABASE, port=port, cron_threads=2, config=CONFIG, log="run")
        _tell_its_address(odoo)
        with _shop_to_play_with():
            _run(odoo, changed)


@contextmanager
def _shop_to_play_with():
    """`make run SHOP=sandbox` opens one beside Odoo."""
    if os.environ.get("SHOP") != "sandbox":
        yield
        return
    from tests.sandbox.shopify import window

    with window.opened() as (_shop, words):
        say(words)
        yield


def _refuse_a_second():
    try:
        pid, url = PIDFILE.read_text().split()
        os.kill(int(pid), 0)
    except (OSError, ValueError):
        return  # none, or one that was killed before it could tidy up
    raise Stop(f"It runs already (process {pid}): {url}/odoo\nEnd that one first: kill {pid}")


def _bring_up_to_date(server):
    """Create the database, or update it when the add-ons' files have changed; did it?"""
    mark = LOCAL / f"{DATABASE}.installed"
    now = f"{' '.join(modules.ours())} {modules.fingerprint()}"
    unfinished = LOCAL / f"{DATABASE}.unfinished"
    if unfinished.exists() or DATABASE not in database.names(server):
        # By its last name from the start: credentials belong to the database in which they were entered.
        unfinished.touch()
        database.create(server, DATABASE)
        with step("Creating a database with the add-ons and demo data"):
            odoo_command.run_once(server, DATABASE, "--with-demo", "-i", ",".join(modules.ours()), log="install")
        unfinished.unlink()
    elif not mark.exists() or mark.read_text() != now:
        names = ",".join(modules.ours())
        with step("Updating the add-ons: their files have changed"):
            odoo_command.run_once(server, DATABASE, "-u", names, "-i", names, log="install")
    else:
        return False
    mark.write_text(now)
    return True


def _tell_its_address(odoo):
    """Links and webhook addresses are made from this, and the port may be another today."""
    statement = "UPDATE ir_config_parameter SET value = %s WHERE key = 'web.base.url'"
    database.query(odoo.server, odoo.database, statement, odoo.url)


def _run(odoo, changed):
    try:
        _start(odoo, changed)
        while odoo.is_running():
            time.sleep(1)
        raise Stop(f"Odoo ended by itself; its log is {odoo.log}\n{odoo.tail()}")
    except KeyboardInterrupt:
        say("Stopping")
    finally:
        # A second Ctrl-C must not leave half of it running.
        _on_every_end(signal.SIG_IGN)
        odoo.stop()
        PIDFILE.unlink(missing_ok=True)


def _start(odoo, changed):
    with step("Starting Odoo"):
        odoo.log.unlink(missing_ok=True)
        odoo.start(wait=180)
    # Else the scheduled actions would look only after a minute whether there is work.
    database.query(odoo.server, "postgres", "SELECT pg_notify('cron_trigger', %s)", odoo.database)
    PIDFILE.write_text(f"{os.getpid()} {odoo.url}")
    if changed:
        with step("Putting the first page together"):
            first_page.fetch(odoo, FIRST_PAGE)
    print(WELCOME.format(url=odoo.url, log=LOGS / "run.log", hints=_hints(odoo.url)), flush=True)


def _on_every_end(action):
    """Ctrl-C, `kill` and a closed terminal are all told to do the same."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, action)


def _hints(url):
    width = max(len(path) for path, _ in LOOK_FIRST_AT)
    return "".join(f"      {url}/odoo/{path:{width}}  {text}\n" for path, text in LOOK_FIRST_AT)


if __name__ == "__main__":
    main(serve)
