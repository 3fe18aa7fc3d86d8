"""Our road as it runs: webhooks lie in the table as hints, the engine's slices ask the shop and place."""

import time

from bench.oca.trade import Trade


class Ours:
    def __init__(self, env):
        trade = Trade(env)
        env = env(context={"allowed_company_ids": [trade.company_id]})
        channel = env["ecom.channel"].create(
            {
                "name": "Bench",
                "code": "shopify",
                "mode": "live",
                "company_id": trade.company_id,
                "publish_stock": False,
                "create_taxes": True,
                "go_live": "2026-01-01 00:00:00",
            }
        )
        channel._set_credentials(trade.shop["keys"])
        # Everybody lives at the same address and buys within seconds, which would rightly be held.
        channel.check_policy_ids.filtered(lambda policy: policy.rule != "total").effect = "off"
        env["ecom.location.map"].create(
            {
                "channel_id": channel.id,
                "code": str(trade.shop["location"]),
                "name": "Front",
                "warehouse_id": trade.warehouse_id,
            }
        )
        env["ecom.listing"].create(
            [
                {
                    "channel_id": channel.id,
                    "external_id": str(one["variant"]),
                    "external_product_id": str(one["product"]),
                    "external_stock_id": str(one["item"]),
                    "name": f"Product {sku}",
                    "sku": sku,
                    "product_id": trade.products[sku],
                    "state": "matched",
                }
                for sku, one in trade.shop["goods"].items()
            ]
        )
        self.channel_id, self.company_id = channel.id, trade.company_id

    def work(self, transaction, *orders):
        self._hear_of(transaction, orders)
        with transaction() as env:
            work = env["ecom.flow.work"]
            cursor = env["ecom.channel.cursor"].search([("channel_id", "=", self.channel_id), ("topic", "=", "inbox")])
        while self._is_waiting(transaction):
            work._slice(self._task(cursor.id))

    def _hear_of(self, transaction, orders):
        """What the controller stores of webhooks; they name the order and hold nothing of it."""
        hints = [
            {"event_key": f"delivery:{number}", "external_id": str(number), "body": b"{}", "hint": True}
            for number in orders
        ]
        with transaction() as env:
            env["ecom.flow.receive"]._store(env["ecom.channel"].browse(self.channel_id), hints)

    def _task(self, cursor_id):
        from odoo.addons.ecom_connector.flow.run import SLICE_SECONDS, Task

        until = time.monotonic() + SLICE_SECONDS
        return Task(cursor_id, self.channel_id, self.company_id, "inbox", 0, until)

    def _is_waiting(self, transaction):
        with transaction() as env:
            return env["ecom.message"].search_count(
                [("channel_id", "=", self.channel_id), ("direction", "=", "in"), ("state", "=", "waiting")], limit=1
            )
