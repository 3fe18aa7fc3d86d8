"""What every side of a comparison is: a process with Odoo in it that does what its standard input says."""

import gc
import json
import sys
from contextlib import contextmanager


def serve(side_of):
    """`<name> <database> <Odoo's options>` on the command line; each line `<method> <number> ...` is answered by JSON.

    side_of     (name, transaction) -> the side; `transaction()` opens an environment of its own in the database
    """
    name, database, *options = sys.argv[1:]
    answers, sys.stdout = sys.stdout, sys.stderr
    from odoo.tools import config

    config.parse_config([*options, "--no-http", "--max-cron-threads=0", "--log-level=warn"], setup_logging=True)
    side = side_of(name, transactions(database))
    for line in sys.stdin:
        command, *numbers = line.split()
        # The collector strikes where it likes: before the clock runs is the same moment for all sides.
        gc.collect()
        print(json.dumps(getattr(side, command)(*map(int, numbers))), file=answers, flush=True)


def transactions(database):
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry

    registry = Registry(database)

    @contextmanager
    def transaction():
        with registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    return transaction
