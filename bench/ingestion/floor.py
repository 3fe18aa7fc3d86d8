"""Bare Odoo: what it takes to create and confirm the same orders, and nothing else."""

from decimal import Decimal

from odoo.fields import Command, Datetime

from bench.ingestion import papers
from bench.ingestion.shop import Shop

# As quiet as the road is.
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "mail_auto_subscribe_no_notify": True,
    "mail_activity_automation_skip": True,
    "sale_no_log_for_new_lines": True,
}


class Floor:
    def __init__(self, env):
        self.shop = Shop(env)

    def prepare(self, transaction, number, batches, size):
        """Nothing is to be read here."""

    def work(self, transaction, number, batches, size):
        for part in range(batches):
            with transaction() as env:
                env = env(context={**QUIET, "allowed_company_ids": [self.shop.company_id]})
                self._place(env, papers.batch(f"{number}-{part}", size))

    def _place(self, env, orders):
        contacts = self._contacts(env, orders)
        values = [self._order(paper, *contacts[paper["id"]]) for paper in orders]
        env["sale.order"].create(values).action_confirm()

    def _contacts(self, env, orders):
        """{order: (contact, delivery address)}, ids."""
        new = [paper for paper in orders if paper["buyer"]["email"] not in self.shop.returning]
        own = env["res.partner"].create(
            [{"email": paper["buyer"]["email"], **self.shop.contact(paper["bill_to"])} for paper in new]
        )
        below = env["res.partner"].create(
            [
                {"parent_id": contact.id, "type": "delivery", **self.shop.contact(paper["ship_to"])}
                for contact, paper in zip(own, new, strict=True)
            ]
        )
        made = {paper["id"]: pair for paper, *pair in zip(new, own.ids, below.ids, strict=True)}
        return {paper["id"]: made.get(paper["id"]) or self.shop.returning[paper["buyer"]["email"]] for paper in orders}

    def _order(self, paper, contact, delivery):
        return {
            "company_id": self.shop.company_id,
            "partner_id": contact,
            "partner_invoice_id": contact,
            "partner_shipping_id": delivery,
            "warehouse_id": self.shop.warehouse_id,
            "pricelist_id": False,
            "team_id": False,
            "user_id": False,
            "date_order": Datetime.to_datetime(paper["created_at"][:19].replace("T", " ")),
            "client_order_ref": paper["number"],
            "origin": "Bench",
            "require_signature": False,
            "require_payment": False,
            "order_line": [Command.create(self._line(line)) for line in paper["lines"]],
        }

    def _line(self, line):
        goods = line["kind"] == "product"
        product_id = self.shop.product_ids[int(line["variant_id"][1:])] if goods else self.shop.shipping_id
        gross, discount = Decimal(line["gross"]), Decimal(line["discount"])
        return {
            "product_id": product_id,
            "product_uom_id": self.shop.unit_id,
            "name": line["name"],
            "product_uom_qty": line["quantity"],
            "price_unit": float(gross / line["quantity"]),
            "discount": float(round(discount / gross * 100, 2)),
            "tax_ids": [Command.set([self.shop.tax_ids[int(line["taxes"][0]["rate"])]])],
        }
