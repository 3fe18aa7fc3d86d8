"""One side in a process of its own: `python -m bench.returns.child <road|floor> <database> <Odoo's options>`.

Reads lines `<prepare|work|tell|refunds> <number> ...` and answers each with one line of JSON when it is done.
"""

import time

from bench.child import serve
from bench.returns.papers import Papers

SIZE = 4  # returns of one piece of work, opened one by one as people do


class Desk:
    def __init__(self, transaction, ours):
        self.transaction, self.ours, self.orders = transaction, ours, {}
        with transaction() as env:
            self.papers = Papers(env)

    def prepare(self, number, size=SIZE):
        """Orders that were delivered and invoiced, before any clock runs."""
        with self.transaction() as env:
            self.orders[number] = self.papers.sell(env, size).ids

    def work(self, number, _batches=1, _size=SIZE):
        """Each of them comes back: one of two units of each line."""
        for order_id in self.orders[number]:
            with self.transaction() as env:
                order = env["sale.order"].browse(order_id)
                self._ours(env, order) if self.ours else self._by_hand(env, order)

    def _ours(self, env, order):
        """Open, approve by the policy, receive, inspect, carry out, credit."""
        record = env["ecom.flow.return.open"]._open([(line, None, 1, {}) for line in order.order_line])
        record.action_judge()
        wizard = env["ecom.return.receive.wizard"].create({"return_ids": [(6, 0, record.ids)]})
        wizard._onchange_return_ids()
        for line in wizard.line_ids:
            line.arrived = line.expected
        wizard.action_receive()
        record.line_ids.grade = "a"
        record.action_dispose()
        record.action_credit()

    def _by_hand(self, env, order):
        """The same documents of Odoo: the return transfer into a place beside the stock, the transfer from there to the
        stock, and the credit note of what came back."""
        wizard = env["stock.return.picking"].create({"picking_id": order.picking_ids.id})
        wizard.product_return_moves.quantity = 1
        returned = wizard._create_return()
        for part in (returned, returned.move_ids, returned.move_line_ids):
            part.location_dest_id = self.papers.beside_id
        returned.move_ids.picked = True
        returned.button_validate()
        self.papers.restock(env, returned)
        self.papers.credit(env, order)

    def tell(self):
        """What there is now, so that nobody wins by leaving something out."""
        with self.transaction() as env:
            return self.papers.tell(env)

    def refunds(self, count):
        """Seconds to look at so many refunds of a channel, in batches, as the scheduled action does."""
        with self.transaction() as env:
            self.papers.refund(env, count)
        begun, more = time.perf_counter(), True
        while more:
            with self.transaction() as env:
                more = env["ecom.refund"]._open_returns()
        spent = time.perf_counter() - begun
        with self.transaction() as env:
            left = env["ecom.refund"].search_count([("return_looked_at", "=", False)])
            return {
                "seconds": spent,
                "returns": env["ecom.return"].search_count([("refund_first", "=", True)]),
                "left": left,
            }


if __name__ == "__main__":
    serve(lambda side, transaction: Desk(transaction, ours=side == "road"))
