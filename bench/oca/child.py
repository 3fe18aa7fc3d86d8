"""One side in a process of its own: `python -m bench.oca.child <ours|theirs> <database> <Odoo's options>`.

Reads lines `work <order> ...` or `tell`; see bench/ingestion/child.py.
"""

from bench.ingestion.child import done, main


def _side(name):
    if name == "ours":
        from bench.oca.ours import Ours

        return Ours
    from bench.oca.theirs import Theirs

    return Theirs


def tell(env):
    orders = env["sale.order"].search([("client_order_ref", "=like", "#%")])
    said = done(env, "#%")
    # OCA's orders are all the guest's.
    del said["contacts"]
    return {**said, "total": f"{sum(orders.mapped('amount_total')):.2f}"}


if __name__ == "__main__":
    main(_side, tell)
