"""One side in a process of its own: `python -m bench.ingestion.child <floor|road> <database> <Odoo's options>`.

Reads lines `<prepare|work|tell> <number> <batches> <size>` and answers each with one line of JSON when it is done.
"""

import gc
import json
import sys

from bench.child import transactions


def main(side_of=None, tell=None):
    """`side_of`: the class of a side by its name; `tell`: of an environment, what there is now."""
    side_of, tell = side_of or _side, tell or done
    side, database, *options = sys.argv[1:]
    answers, sys.stdout = sys.stdout, sys.stderr
    from odoo.tools import config

    config.parse_config([*options, "--no-http", "--max-cron-threads=0", "--log-level=warn"], setup_logging=True)
    transaction = transactions(database)
    with transaction() as env:
        place = side_of(side)(env)
    for line in sys.stdin:
        command, *numbers = line.split()
        # The collector strikes where it likes: before the clock runs is the same moment for both sides.
        gc.collect()
        if command == "tell":
            with transaction() as env:
                said = tell(env)
        else:
            said = getattr(place, command)(transaction, *map(int, numbers))
        print(json.dumps(said), file=answers, flush=True)


def _side(name):
    if name == "floor":
        from bench.ingestion.floor import Floor

        return Floor
    from bench.ingestion.road import Road

    return Road


def done(env, numbers="N%"):
    """What there is now of orders with such numbers, so that nobody wins by leaving something out."""
    orders = env["sale.order"].search([("client_order_ref", "=like", numbers)])
    moves = orders.picking_ids.move_ids
    return {
        "orders": len(orders),
        "confirmed": len(orders.filtered(lambda order: order.state == "sale")),
        "lines": len(orders.order_line),
        "reserved": len(moves.filtered(lambda move: move.state == "assigned")),
        "moves": len(moves),
        "contacts": env["res.partner"].search_count([("phone", "=like", "+43 1 %")]),
    }


if __name__ == "__main__":
    main()
