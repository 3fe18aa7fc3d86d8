"""What the tests of shipping stand on: a demo shop of their own, and its orders here as the road leaves them."""

import itertools
from pathlib import Path

from odoo import Command
from odoo.tests import TransactionCase, new_test_user

from ..channels.demo.shop import QUIET, Shop

SEEDS = itertools.count()


class ShippingCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True, "no_reset_password": True})
        cls.company = cls.env["res.company"].create({"name": "Parcels Ltd"})
        cls.env.user.write({"company_ids": [Command.link(cls.company.id)], "company_id": cls.company.id})
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": cls.company.ids})
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1)
        cls.buyer = cls.env["res.partner"].create({"name": "Anna Huber"})
        cls.carrier = cls._carrier("Swift", "https://swift.example/<shipmenttrackingnumber>")
        cls.channel = cls.env["ecom.channel"].create(
            {"name": "Test Shop", "code": "demo", "company_id": cls.company.id, "mode": "live"}
        )
        cls.env["ecom.carrier.map"].create(
            {"channel_id": cls.channel.id, "carrier_id": cls.carrier.id, "code": "swift-at", "name": "Swift Austria"}
        )

    def setUp(self):
        super().setUp()
        self.shop = self._found_shop()
        self.items = [item for item in self.shop.items() if item.active][:3]
        self.products = [self._product(item) for item in self.items]

    @classmethod
    def _carrier(cls, name, link=False):
        product = cls.env["product.product"].create({"name": name, "type": "service"})
        return cls.env["delivery.carrier"].create({"name": name, "product_id": product.id, "tracking_url": link})

    def _found_shop(self):
        """A new shop in the channel's own file: what an earlier test left there would have other orders."""
        self.channel._set_credentials({"api_key": "demo-key", "seed": f"parcels-{next(SEEDS)}"})
        path = self.channel._credentials()["file"]
        for suffix in ("", "-wal", "-shm"):
            Path(path + suffix).unlink(missing_ok=True)
        shop = Shop(path, seed="1", profile=QUIET)
        self.addCleanup(shop.close)
        return shop

    def _product(self, item, units=1, **values):
        product = self.env["product.product"].create(
            {"name": item.name, "default_code": item.sku, "is_storable": True, **values}
        )
        self.env["stock.quant"]._update_available_quantity(product, self.warehouse.lot_stock_id, 100)
        self.env["ecom.listing"].create(
            {
                "channel_id": self.channel.id,
                "external_id": item.id,
                "name": item.name,
                "sku": item.sku,
                "product_id": product.id,
                "units": units,
                "state": "matched",
            }
        )
        return product

    # ------------------------------------------------------------------ orders
    def _order(self, *quantities, **values):
        """An order of these quantities of the first items, placed in the shop and confirmed here."""
        wanted = [(item.id, quantity) for item, quantity in zip(self.items, quantities, strict=False) if quantity]
        paper = self.shop.place_order(wanted)
        order = self.env["sale.order"].create(
            {
                "partner_id": self.buyer.id,
                "company_id": self.company.id,
                "warehouse_id": self.warehouse.id,
                "ecom_channel_id": self.channel.id,
                "ecom_external_id": paper["id"],
                "ecom_number": paper["number"],
                "ecom_fulfilment": "open",
                "order_line": [
                    Command.create(self._line(line)) for line in paper["lines"] if line["kind"] == "product"
                ],
                **values,
            }
        )
        order.carrier_id = self.carrier
        order.action_confirm()
        return order

    def _line(self, paper):
        listing = self.env["ecom.listing"].search(
            [("channel_id", "=", self.channel.id), ("external_id", "=", paper["variant_id"])]
        )
        return {
            "product_id": listing.product_id.id,
            "product_uom_qty": paper["quantity"] * listing.units,
            "price_unit": 10.0,
            "ecom_external_id": paper["id"],
            "ecom_listing_id": listing.id,
        }

    # --------------------------------------------------------------- transfers
    def _ship(self, picking, *quantities, number=None, user=None):
        """Validate the transfer, or these quantities of its lines and leave the rest for later."""
        if number:
            picking.carrier_tracking_ref = number
        for move, quantity in zip(picking.move_ids, quantities, strict=False):
            move.quantity = quantity
        picking.move_ids.picked = True
        picking = picking.with_user(user) if user else picking
        picking.with_context(skip_backorder=True).button_validate()
        self.assertEqual(picking.state, "done")
        return picking.sudo().ecom_shipment_ids.sorted("parcel")

    def _pack(self, picking, *contents):
        """Put these quantities of the transfer's lines into a box each; a content is {index of the line: quantity}."""
        picking.move_line_ids.unlink()
        packages = self.env["stock.package"]
        for content in contents:
            package = self.env["stock.package"].create({"name": f"BOX{len(packages) + 1}"})
            for index, quantity in content.items():
                self._put(picking.move_ids[index], package, quantity)
            packages += package
        return packages

    def _put(self, move, package, quantity):
        self.env["stock.move.line"].create(
            {
                "move_id": move.id,
                "picking_id": move.picking_id.id,
                "product_id": move.product_id.id,
                "product_uom_id": move.product_uom.id,
                "location_id": move.location_id.id,
                "location_dest_id": move.location_dest_id.id,
                "quantity": quantity,
                "result_package_id": package.id,
            }
        )

    # ---------------------------------------------------------------- messages
    def _messages(self, order):
        return self.env["ecom.message"].search([("order_id", "=", order.id), ("direction", "=", "out")], order="id")

    def _rows(self, records, *names):
        return [tuple(record[name] for name in names) for record in records]

    def _content(self, parcel):
        """[(SKU, quantity)]"""
        return [(line.product_id.default_code, line.quantity) for line in parcel.line_ids.sorted("id")]

    # ------------------------------------------------------------------ telling
    def _try(self, message, fails=None, settle=True):
        """One try of the engine, as flow/work.py makes it; without settling: as if the power went off then. Returns
        the error that the call must raise where it `fails`."""
        message.attempts += 1
        send = self.env["ecom.flow.send"]
        call = send._prepare(self.channel, message)
        if fails:
            with self.assertRaises(fails) as caught:
                send._call(call)
            return caught.exception
        answer = send._call(call)
        return settle and send._settle(self.channel, message, answer)

    def _journal(self):
        return [(entry.key, entry.outcome) for entry in self.shop.journal("parcel")]

    def _record(self, parcel):
        return self.env["ecom.flow.send"]._prepare_shipment(self.channel, parcel)

    # ------------------------------------------------------------------- people
    def _user(self, *groups):
        """A user of this company with these groups and nothing else."""
        login = f"{groups[0].rpartition('.')[2]}-{next(SEEDS)}"
        return new_test_user(
            self.env, login, groups=",".join(groups), company_id=self.company.id, company_ids=self.company.ids
        )
