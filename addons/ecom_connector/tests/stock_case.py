"""What the tests of stock stand on: a live demo channel, one product with one listing, and its change log."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from odoo import Command, fields
from odoo.addons.ecom_connector.channels import CHANNELS
from odoo.addons.ecom_connector.channels.contract import Limits
from odoo.addons.ecom_connector.channels.demo.shop import QUIET, Shop
from odoo.addons.ecom_connector.flow.clock import now
from odoo.tests import TransactionCase

# Without compare-and-set, without keys, and its orders show up only a minute after the sale.
PLAIN = replace(
    CHANNELS["demo"],
    code="plain",
    name="Plain shop",
    limits=Limits(stock_batch=20, sale_to_import_seconds=60, poll_seconds=300),
)


class StockCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Sofas"})
        cls.env.user.company_ids += cls.company
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": cls.company.ids, "tracking_disable": True})
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1)
        cls.stock = cls.warehouse.lot_stock_id
        cls.customers = cls.env.ref("stock.stock_location_customers")
        cls.suppliers = cls.env.ref("stock.stock_location_suppliers")
        cls.channel = cls._new_channel("Shop")
        cls.product = cls._new_product("Sofa")
        cls.other = cls._new_product("Table, sold nowhere")
        cls.listing = cls._new_listing(cls.product, "V1")
        cls.level = cls.listing.level_ids

    @classmethod
    def _new_channel(cls, name, **values):
        return cls.env["ecom.channel"].create(
            {
                "name": name,
                "code": "demo",
                "company_id": cls.company.id,
                "warehouse_id": cls.warehouse.id,
                "mode": "live",
                **values,
            }
        )

    @classmethod
    def _new_product(cls, name, **values):
        return cls.env["product.product"].create({"name": name, "is_storable": True, **values})

    @classmethod
    def _new_listing(cls, product, external_id, **values):
        return cls.env["ecom.listing"].create(
            {
                "channel_id": cls.channel.id,
                "external_id": external_id,
                "name": product.name,
                "product_id": product.id,
                "state": "matched",
                **values,
            }
        )

    # -------------------------------------------------------------- the log
    def _changes(self):
        """Names of the products in the change log; what was collected is written first."""
        self.env.cr.flush()
        self.env.cr.execute("SELECT DISTINCT product_id FROM ecom_stock_change")
        return set(self.env["product.product"].browse(row[0] for row in self.env.cr.fetchall()).mapped("name"))

    def _forget(self):
        self.env.cr.flush()
        self.env.cr.execute("DELETE FROM ecom_stock_change")

    def _decide(self):
        """Consume the change log and return what the first level shows."""
        self.env.cr.flush()
        while self.env["ecom.flow.decide"]._decide_changes(1000):
            pass
        self.level.invalidate_recordset()
        return self.level.decided

    # ------------------------------------------------------------- the stock
    def _put(self, quantity, product=None, location=None, **values):
        self.env["stock.quant"]._update_available_quantity(
            product or self.product, location or self.stock, quantity, **values
        )

    def _move(self, quantity, source=None, target=None, product=None, **values):
        product = product or self.product
        return self.env["stock.move"].create(
            {
                "product_id": product.id,
                "product_uom": product.uom_id.id,
                "product_uom_qty": quantity,
                "location_id": (source or self.stock).id,
                "location_dest_id": (target or self.customers).id,
                "company_id": self.company.id,
                **values,
            }
        )

    def _delivery_type(self, reservation):
        picking_type = self.warehouse.out_type_id
        picking_type.reservation_method = reservation
        return picking_type

    def _order(self, quantity, product=None):
        product = product or self.product
        partner = self.env["res.partner"].create({"name": "Buyer"})
        return self.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "company_id": self.company.id,
                "warehouse_id": self.warehouse.id,
                "order_line": [Command.create({"product_id": product.id, "product_uom_qty": quantity})],
            }
        )


class ShopCase(StockCase):
    """With a demo shop on the other side, in a file of its own, in which nothing happens by itself. Its first item is
    what the listing sells."""

    platform = "demo"

    def setUp(self):
        super().setUp()
        # A channel for each test: clients are kept open by channel, and the file goes away after it.
        self._open_shop(self.platform)

    def _open_shop(self, platform):
        """From now on `self.channel`, `self.shop`, `self.level` and so on are those of this new one."""
        self.channel = self._new_channel("Shop with another side", code=platform)
        self.channel._set_credentials({"api_key": "demo-key"})
        path = Path(self.channel._with_own_file({})["file"])
        self.shop = Shop(path, seed="stock", profile=replace(QUIET, flaws=False, stock_each=100))
        self.addCleanup(path.unlink)
        self.addCleanup(self.shop.close)
        self.item, self.second_item, *_others = [item.id for item in self.shop.items()]
        self.listing = self._list(self.product, self.item)
        self.level = self.listing.level_ids
        self.orders_cursor = self.channel.cursor_ids.filtered(lambda cursor: cursor.topic == "orders")

    def _list(self, product, item):
        """The product is what this item of the shop sells."""
        return self._new_listing(product, item, channel_id=self.channel.id)

    def _read_orders(self, **since):
        """As if all orders of the channel had been asked for just now, and worked through."""
        self.orders_cursor.write({"fresh_at": now() - timedelta(**since), "next_try": now() + timedelta(hours=1)})
        self.env["ecom.flow.guard"]._release(self.channel)

    def _new_transaction(self):
        """The clock of a test's one transaction stands still; each transaction of the engine has its own moment."""
        self.env.flush_all()
        self.env.cr._now = now()

    def _step(self):
        """One slice of the stock topic's work: intend, call, settle. Returns (batch, answer), None at its end."""
        self._new_transaction()
        publish = self.env["ecom.flow.publish"]
        batch = publish._intend(self.channel)
        if batch is None:
            return None
        self.env.flush_all()
        answer = publish._call(batch)
        self._new_transaction()
        publish._settle(self.channel, batch, answer)
        self.env.flush_all()
        return batch, answer

    def _publish(self):
        """Decide and publish until nothing may go out now. Returns what the shop shows."""
        self._decide()
        for _turn in range(20):
            if self._step() is None:
                self.env.invalidate_all()
                return self.shop.stock(self.item)
        self.fail("It publishes for ever")

    def _show(self, quantity):
        """The shop shows `quantity`, as much as is free here, and both sides know it."""
        self._put(quantity)
        self._read_orders()
        self.assertEqual(self._publish(), quantity)
        self.assertEqual(self.level.published_sequence, self.level.sequence)

    def _sell(self, quantity, ago=timedelta(0)):
        """A buyer takes so many over there. Returns the order as the shop tells it."""
        return self.shop.place_order([(self.item, quantity)], now=datetime.now(timezone.utc) - ago)

    def _import(self, paper, confirm=True):
        """The order becomes ours."""
        self._new_transaction()
        order = self._order(sum(line["quantity"] for line in paper["lines"] if line["kind"] == "product"))
        order.write(
            {
                "ecom_channel_id": self.channel.id,
                "ecom_external_id": paper["id"],
                "ecom_placed_at": fields.Datetime.to_datetime(paper["created_at"][:19].replace("T", " ")),
            }
        )
        order.order_line.ecom_listing_id = self.listing
        if confirm:
            order.action_confirm()
        return order

    def _writes(self, outcome=""):
        """(quantity, outcome) of each write the shop was asked for, oldest first."""
        return [
            (entry.detail["quantity"], entry.outcome)
            for entry in self.shop.journal("stock", outcome=outcome)
            if entry.subject == self.item
        ]
