"""`python -m bench.availability.child <name> <database> <Odoo's options>`.

Reads lines `<name of a method of Catalogue> <number>` and answers each with one line of JSON.
"""

import os
import re
import time
from pathlib import Path

from psycopg2 import OperationalError

from bench.availability.catalogue import found
from bench.child import serve

MOST_SLICES = 1000


class Catalogue:
    def __init__(self, transaction):
        self.transaction = transaction

    def found(self, products):
        with self.transaction() as env:
            told = found(env, products)
        self._mark_all()
        # What a running server's tables look like: autovacuum has been there.
        self._vacuum()
        return told

    def _vacuum(self):
        from odoo.sql_db import db_connect

        with self.transaction() as env:
            name = env.cr.dbname
        with db_connect(name).cursor() as cr:
            cr._cnx.autocommit = True
            cr.execute("VACUUM ANALYZE")

    def orm(self):
        """Odoo reads what is on hand and not reserved of every listed product, in the channels' warehouse."""
        with self.transaction() as env:
            products = self._products(env)
            begun = time.perf_counter()
            free = [product.free_qty for product in products]
            return {"seconds": time.perf_counter() - begun, "units": sum(free)}

    def measure(self):
        """The same by the statement with which every decision begins."""
        from odoo.addons.ecom_connector.flow.array import array

        with self.transaction() as env:
            ids, place, step = self._products(env).ids, self._place(env), env["ecom.flow.measure"]
            begun = time.perf_counter()
            rows = step._lying(array(ids), [place])
            free = {product: on_hand - reserved for product, _place, kind, on_hand, reserved in rows if not kind}
            took = time.perf_counter() - begun
        if len(free) != len(ids):
            raise AssertionError(f"{len(free)} of {len(ids)} products were measured")
        return {"seconds": took, "units": sum(free.values())}

    def reset(self):
        """As if the channels had just been connected."""
        with self.transaction() as env:
            env.cr.execute("DELETE FROM ecom_stock_level")
        self._vacuum()
        with self.transaction() as env:
            env["ecom.stock.level"]._fit_to_channels(env["ecom.channel"].search([]))
            env.cr.flush()
            env.cr.execute("DELETE FROM ecom_stock_change")
        self._mark_all()
        self._vacuum()
        return {}

    def renew(self):
        """As if all that was decided had been told to the channels, and then other goods counted everywhere."""
        with self.transaction() as env:
            env.cr.execute(
                """UPDATE ecom_stock_level SET known = TRUE, published = decided, published_sequence = sequence,
                          published_at = now() AT TIME ZONE 'UTC', counted_from = now() AT TIME ZONE 'UTC'"""
            )
            env.cr.execute(
                """UPDATE stock_quant SET quantity = quantity + 3
                    WHERE product_id IN (SELECT product_id FROM ecom_listing)"""
            )
        self._mark_all()
        self._vacuum()
        return {}

    def ready(self):
        """From here on the most memory that is taken counts."""
        with self.transaction() as env:
            env["ecom.channel"].search([]).mapped("name")
        Path(f"/proc/{os.getpid()}/clear_refs").write_text("5")
        return {}

    def decide(self):
        """Until all is taken, by this worker or another one. AssertionError where deciding keeps failing."""
        with self.transaction() as env:
            for _attempt in range(MOST_SLICES):
                if not self._is_waiting():
                    return {}
                env["ecom.flow.run"]._decide_changes()
        raise AssertionError(f"not all was decided in {MOST_SLICES} slices")

    def decided(self):
        """AssertionError where a level was left out."""
        with self.transaction() as env:
            env.cr.execute("SELECT count(*) FILTER (WHERE decided_at IS NULL), count(*) FROM ecom_stock_level")
            undecided, levels = env.cr.fetchone()
        if undecided:
            raise AssertionError(f"{undecided} of {levels} levels were not decided")
        return {}

    def _is_waiting(self):
        """Something that no other worker has taken, or takes at this moment."""
        try:
            with self.transaction() as env:
                env.cr.execute("SELECT FROM ecom_stock_change LIMIT 1 FOR UPDATE SKIP LOCKED", log_exceptions=False)
                return bool(env.cr.rowcount)
        except OperationalError:
            return True

    def change(self, number):
        """One product's stock changes, committed; then the work until its push is due."""
        with self.transaction() as env:
            product = self._products(env)[number * 7]
            location = env["stock.warehouse"].browse(self._place(env).warehouse_id).lot_stock_id
            env["stock.quant"]._update_available_quantity(product, location, 1000)
        with self.transaction() as env:
            run = env["ecom.flow.run"]
            begun = time.perf_counter()
            run._decide_changes()
            return {"seconds": time.perf_counter() - begun}

    def memory(self):
        """The most this process took since its data was made, in MB."""
        status = Path("/proc/self/status").read_text()
        return {"mb": int(re.search(r"VmHWM:\s+(\d+) kB", status).group(1)) / 1024}

    @staticmethod
    def _place(env):
        from odoo.addons.ecom_inventory_buffer.flow.measure import Place

        env.cr.execute("SELECT min(warehouse_id) FROM ecom_stock_level")
        return Place(env.cr.fetchone()[0])

    def _products(self, env):
        env.cr.execute("SELECT DISTINCT product_id FROM ecom_listing ORDER BY product_id")
        products = env["product.product"].browse(row[0] for row in env.cr.fetchall())
        return products.with_context(warehouse_id=self._place(env).warehouse_id)

    def _mark_all(self):
        with self.transaction() as env:
            env.cr.execute(
                """INSERT INTO ecom_stock_change (product_id, changed_at)
                   SELECT DISTINCT product_id, now() AT TIME ZONE 'UTC' FROM ecom_listing"""
            )


if __name__ == "__main__":
    serve(lambda _name, transaction: Catalogue(transaction))
