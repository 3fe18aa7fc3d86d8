"""The command line that starts Odoo on one of our servers and databases."""

import os
import subprocess

from tools.places import ADDONS, DATA, LOGS, PROJECT, PYTHON
from tools.say import Stop

SCRIPT = PROJECT / "tools" / "odoo_bin.py"


def environment(server):
    """PG* variables lead Odoo to the server; no setting of the user's gets in."""
    unwanted = ("PG", "ODOO_RC", "OPENERP_SERVER")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(unwanted)}
    return {**kept, **server.environment(), "PYTHONUNBUFFERED": "1"}


def command(database, *options, config="/dev/null"):
    return [
        str(PYTHON),
        str(SCRIPT),
        f"--config={config}",
        f"--database={database}",
        f"--db-filter=^{database}$",
        f"--addons-path={ADDONS}",
        f"--data-dir={DATA}",
        "--http-interface=127.0.0.1",
        *map(str, options),
    ]


def shell(server, database, script, *more):
    """Run a script in `odoo shell`, with `env` at hand; returns what it printed. `more`: options of Odoo.

    Nothing is committed unless the script does so.
    """
    options = [f"--database={database}", "--config=/dev/null", f"--addons-path={ADDONS}", f"--data-dir={DATA}"]
    result = subprocess.run(
        [PYTHON, SCRIPT, "shell", *options, "--no-http", "--log-level=warn", *more],
        input=script,
        capture_output=True,
        text=True,
        env=environment(server),
    )
    # Fed by a pipe, the shell reports a broken script on stderr and exits with 0.
    if result.returncode or "Traceback (most recent call last)" in result.stderr:
        raise Stop(f"odoo shell failed on {database}:\n{result.stderr[-4000:]}")
    return result.stdout


def run_once(server, database, *options, log, **more):
    """Run Odoo until it has done what the options ask; the log goes to a file. `more`: environment variables."""
    LOGS.mkdir(parents=True, exist_ok=True)
    path = LOGS / f"{log}.log"
    line = command(database, "--stop-after-init", "--no-http", "--max-cron-threads=0", *options)
    with path.open("w") as file:
        code = subprocess.run(
            line,
            stdout=file,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env={**environment(server), **more},
        ).returncode
    text = path.read_text(errors="replace")
    if code or " CRITICAL " in text or " ERROR " in text:
        tail = "\n".join(text.splitlines()[-40:])
        raise Stop(f"Odoo failed ({code}); its log is {path}\n{tail}")
    return text
