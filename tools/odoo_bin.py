"""Starts Odoo. A file of its own, because `python -m odoo --workers N` restarts
its websocket worker for ever: Odoo runs `sys.argv[0]` again for it."""

import sys

# This folder comes first on the path and is not meant to be imported from.
sys.path.pop(0)

import odoo.cli  # noqa: E402

if __name__ == "__main__":
    odoo.cli.main()
