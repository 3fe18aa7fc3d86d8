"""One side in a process of its own: `python -m bench.hot_path.child <with|without> <database> <Odoo's options>`.

Reads lines `<prepare|confirm|validate|tell> <number>` and answers each with one line of JSON when it is done.
"""

import gc
import json
import os
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from bench.child import transactions

LINES = 200
CHANNELS = 3
TICK = os.sysconf("SC_CLK_TCK")


def main():
    side, database, *options = sys.argv[1:]
    answers, sys.stdout = sys.stdout, sys.stderr
    from odoo.tools import config

    config.parse_config([*options, "--no-http", "--max-cron-threads=0", "--log-level=warn"], setup_logging=True)
    warehouse = Warehouse(transactions(database), listed=side == "with")
    for line in sys.stdin:
        command, *numbers = line.split()
        # The collector strikes where it likes: before the clock runs is the same moment for both sides.
        if command == "prepare":
            gc.collect()
        print(json.dumps(getattr(warehouse, command)(*map(int, numbers))), file=answers, flush=True)


def _cpu(stat):
    """Seconds a process used so far (proc(5): fields 14 and 15)."""
    user, system = stat.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / TICK


class Warehouse:
    """200 products in stock, listed on three live channels where the add-ons are, and deliveries of all of them."""

    def __init__(self, transaction, listed):
        self.transaction = transaction
        with transaction() as env:
            warehouse = env["stock.warehouse"].search([], limit=1)
            self.picking_type_id = warehouse.out_type_id.id
            self.stock_id = warehouse.lot_stock_id.id
            self.customers_id = env.ref("stock.stock_location_customers").id
            names = [{"name": f"Product {number}", "is_storable": True} for number in range(LINES)]
            products = env["product.product"].create(names)
            self.unit_id = products.uom_id.id
            self.product_ids = products.ids
            for product in products:
                env["stock.quant"]._update_available_quantity(product, warehouse.lot_stock_id, 1_000_000)
            for number in range(CHANNELS if listed else 0):
                self._list(env, products, number)

    def _list(self, env, products, number):
        channel = env["ecom.channel"].create({"name": f"Channel {number}", "code": "demo", "mode": "live"})
        listings = [
            {"channel_id": channel.id, "external_id": str(p.id), "name": p.name, "product_id": p.id, "state": "matched"}
            for p in products
        ]
        env["ecom.listing"].create(listings)

    def prepare(self, number):
        """What the workers would have taken away by now."""
        with self.transaction() as env:
            if "ecom.stock.change" in env:
                env.cr.execute("DELETE FROM ecom_stock_change")
            env.cr.execute("DELETE FROM ir_cron_trigger")

    def confirm(self, number):
        """A delivery of all products, confirmed and reserved."""
        with self._counted() as (env, spent):
            picking = env["stock.picking"].create(self._delivery(number))
            picking.action_confirm()
            picking.action_assign()
            self.picking_id = picking.id
        return spent

    def validate(self, number):
        with self._counted() as (env, spent):
            env["stock.picking"].browse(self.picking_id).button_validate()
        return spent

    @contextmanager
    def _counted(self):
        """A transaction, and {"seconds": of the clock, "cpu": of this process and of its server process}: the latter
        does not depend on what else the machine does."""
        spent = {}
        with self.transaction() as env:
            env.cr.execute("SELECT pg_backend_pid()")
            stat = Path(f"/proc/{env.cr.fetchone()[0]}/stat")
        begun, used, served = time.perf_counter(), time.process_time(), _cpu(stat)
        with self.transaction() as env:
            yield env, spent
        spent["seconds"] = time.perf_counter() - begun
        spent["cpu"] = time.process_time() - used + _cpu(stat) - served

    def _delivery(self, number):
        from odoo.fields import Command

        places = {"location_id": self.stock_id, "location_dest_id": self.customers_id}
        goods = {"product_uom_qty": 2, "product_uom": self.unit_id}
        moves = [Command.create({"product_id": product_id, **goods, **places}) for product_id in self.product_ids]
        return {"picking_type_id": self.picking_type_id, "origin": f"Bench {number}", "move_ids": moves, **places}

    def tell(self):
        """What there is now, so that nobody wins by leaving something out, and what was noticed."""
        with self.transaction() as env:
            done = env["stock.move"].search_count([("origin", "=like", "Bench %"), ("state", "=", "done")])
            noticed = 0
            if "ecom.stock.change" in env:
                env.cr.execute("SELECT count(DISTINCT product_id) FROM ecom_stock_change")
                noticed = env.cr.fetchone()[0]
            return {"done": done, "noticed": noticed}


if __name__ == "__main__":
    main()
