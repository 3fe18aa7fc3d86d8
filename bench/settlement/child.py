"""`python -m bench.settlement.child <name> <database> <Odoo's options>`.

Reads lines `<found|road|floor|single> <orders> ...` and answers each with one line of JSON. All but `found` is rolled
back.
"""

import gc
import time
from contextlib import contextmanager

from bench.child import serve
from bench.settlement.ledger import Ledger


class Books:
    def __init__(self, transaction):
        self.transaction, self.ledger = transaction, None

    @contextmanager
    def _in_vain(self):
        with self.transaction() as env:
            yield env(context={"allowed_company_ids": [self.ledger.company_id], "tracking_disable": True})
            env.cr.rollback()
            env.invalidate_all(flush=False)

    def found(self, orders):
        with self.transaction() as env:
            self.ledger = Ledger(env, orders)
        with self.transaction() as env:
            env.cr.execute("COMMIT; ANALYZE")
        return {}

    def road(self, orders):
        """Match, post and reconcile the payout of the first so many orders."""
        with self._in_vain() as env:
            settlement = self.ledger.settlement(env, orders)
            gc.collect()
            begun = time.perf_counter()
            env["ecom.flow.explain"]._explain(settlement)
            move = env["ecom.flow.book"]._post(settlement)
            env.flush_all()
            return self._tell(begun, move)

    def floor(self, orders):
        """The same entry and the same pairs, by Odoo alone."""
        with self._in_vain() as env:
            values, waiting = self.ledger.entry(env, orders)
            gc.collect()
            begun = time.perf_counter()
            move, pairs = self._by_hand(env, values, waiting)
            env["account.move.line"]._reconcile_plan(pairs)
            env.flush_all()
            return self._tell(begun, move)

    def single(self, orders, some):
        """The same with one `reconcile()` an order, reckoned up from some of them."""
        with self._in_vain() as env:
            values, waiting = self.ledger.entry(env, orders)
            gc.collect()
            begun = time.perf_counter()
            _move, pairs = self._by_hand(env, values, waiting)
            env.flush_all()
            posted = time.perf_counter() - begun
            begun = time.perf_counter()
            for pair in pairs[:: orders // some][:some]:
                pair.reconcile()
            env.flush_all()
            return {"seconds": posted + (time.perf_counter() - begun) / some * orders}

    @staticmethod
    def _by_hand(env, values, waiting):
        move = env["account.move"].create(values)
        move.action_post()
        items = move.line_ids.filtered("partner_id")
        known = [*items.ids, *waiting]
        pairs = [
            items.browse([item.id, other]).with_prefetch(known) for item, other in zip(items, waiting, strict=True)
        ]
        return move, pairs

    @staticmethod
    def _tell(begun, move):
        took = time.perf_counter() - begun
        paired = move.line_ids.filtered(lambda item: item.reconciled and item.partner_id)
        return {"seconds": took, "items": len(move.line_ids), "paired": len(paired)}


if __name__ == "__main__":
    serve(lambda _name, transaction: Books(transaction))
