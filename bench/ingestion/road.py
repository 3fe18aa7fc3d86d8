"""Our road: the engine's own slice of work, from waiting raw messages on."""

import time

from odoo.fields import Command

from bench.ingestion import papers
from bench.ingestion.shop import Shop


class Road:
    def __init__(self, env):
        shop = Shop(env)
        env = env(context={"allowed_company_ids": [shop.company_id]})
        channel = env["ecom.channel"].create(
            {
                "name": "Bench",
                "code": "demo",
                "mode": "test",
                "company_id": shop.company_id,
                "go_live": "2026-01-01 00:00:00",
            }
        )
        self.channel_id, self.company_id = channel.id, shop.company_id
        self._check_everything(env, channel, shop)
        env["ecom.listing"].create(
            [
                {
                    "channel_id": channel.id,
                    "external_id": f"v{number}",
                    "name": f"Product {number}",
                    "sku": papers.sku(number),
                    "product_id": product_id,
                    "state": "matched",
                }
                for number, product_id in enumerate(shop.product_ids)
            ]
        )

    def _check_everything(self, env, channel, shop):
        """Every check holds what it finds, and has something to compare with; the orders are clean."""
        company = channel.company_id
        channel.pricelist_id = env["product.pricelist"].create({"name": "Bench", "currency_id": company.currency_id.id})
        channel.check_policy_ids.effect = "hold"
        company.account_use_credit_limit = True
        buyers = env["res.partner"].browse([contact for contact, _address in shop.returning.values()])
        buyers.with_company(company).credit_limit = 1e6
        carrier = env["delivery.carrier"].create({"name": "Standard", "product_id": shop.shipping_id})
        env["ecom.delivery.map"].create({"channel_id": channel.id, "code": "std", "carrier_id": carrier.id})
        env["ecom.block.entry"].create({"kind": "domain", "value": "never.example", "company_id": company.id})
        nowhere = {"name": "Not served", "country_ids": [Command.link(env.ref("base.aq").id)]}
        env["ecom.restriction"].create({**nowhere, "company_id": company.id})

    def prepare(self, transaction, number, batches, size):
        """The messages lie in the table before the clock runs."""
        orders = [paper for part in range(batches) for paper in papers.batch(f"{number}-{part}", size)]
        with transaction() as env:
            channel = env["ecom.channel"].browse(self.channel_id)
            env["ecom.flow.receive"]._store(
                channel,
                [
                    {
                        "event_key": f"orders:{paper['id']}:1",
                        "external_id": paper["id"],
                        "version": f"{paper['revision']:012d}",
                        "body": papers.raw(paper),
                        "hint": False,
                    }
                    for paper in orders
                ],
            )

    def work(self, transaction, number, batches, size):
        with transaction() as env:
            work, task = env["ecom.flow.work"], self._task(env)
        for _part in range(batches):
            work._work_in(task, work._claim_messages(task, "in", size))

    def _task(self, env):
        from odoo.addons.ecom_connector.flow.run import Task

        cursor = env["ecom.channel.cursor"].search([("channel_id", "=", self.channel_id), ("topic", "=", "inbox")])
        return Task(cursor.id, self.channel_id, self.company_id, "inbox", 0, time.monotonic() + 3600)
