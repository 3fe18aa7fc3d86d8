"""OCA's road: the job that their queue runs for each webhook, called as the queue calls it, one transaction each.

What their queue itself costs (two jobs an order, a request to itself for each) is left out, and so are their
customers, who come by webhooks and jobs of their own: every order goes to the guest.
"""

from odoo.fields import Command

from bench.oca.trade import Trade


class Theirs:
    def __init__(self, env):
        trade = Trade(env)
        self._lead_to(trade.shop["older_url"])
        company = env["res.company"].browse(trade.company_id)
        guest = env["res.partner"].create({"name": "Guest", "company_id": company.id})
        pricelist = env["product.pricelist"].create(
            {"name": "Bench", "currency_id": company.currency_id.id, "company_id": company.id}
        )
        instance = env["shopify.instance"].create(
            {
                "name": "Bench",
                "shop_url": "bench.example.com",
                "access_token": trade.shop["older_token"],
                "company_id": company.id,
                "guest_partner_id": guest.id,
                "product_pricelist_id": pricelist.id,
                "order_confirmation_policy": "auto",
                "state": "connected",
            }
        )
        rate = {"rate": "0.06", "country_id": env.ref("base.us").id, "price_included": False, "tax_id": trade.tax_id}
        instance.tax_mapping_ids = [Command.create(rate)]
        self._bind(env, instance, trade)
        self.instance_id = instance.id

    @staticmethod
    def _lead_to(url):
        """Their client knows https and the vendor's addresses only."""
        from odoo.addons.shopify_connector.lib.client import ShopifyClient

        begin = ShopifyClient.__init__

        def begin_here(client, *arguments, **more):
            begin(client, *arguments, **more)
            client.endpoint = f"{url}/admin/api/{client.api_version}/graphql.json"

        ShopifyClient.__init__ = begin_here

    @staticmethod
    def _bind(env, instance, trade):
        for sku, one in trade.shop["goods"].items():
            product = env["product.product"].browse(trade.products[sku])
            template = env["shopify.product.template"].create(
                {
                    "instance_id": instance.id,
                    "shopify_id": f"gid://shopify/Product/{one['product']}",
                    "odoo_id": product.product_tmpl_id.id,
                    "state": "synced",
                }
            )
            env["shopify.product.variant"].create(
                {
                    "instance_id": instance.id,
                    "shopify_id": f"gid://shopify/ProductVariant/{one['variant']}",
                    "template_binding_id": template.id,
                    "odoo_id": product.id,
                    "state": "synced",
                }
            )

    def work(self, transaction, *orders):
        for number in orders:
            with transaction() as env:
                env["shopify.order"]._job_import_order_from_api(self.instance_id, number)
