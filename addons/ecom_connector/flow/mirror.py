"""What lies in the channel's own warehouses (FBA, WFS) -> the stock of the warehouse here that stands for them.

Read every hour, page by page, and noted on the listings. Then each product is compared:

    there           what the channel counts, units that are sold and have not left among it
    there + coming  the most that may be booked here: a transfer to them may be booked when it leaves, or on arrival

Outside of these two something was lost, found or never booked, or a parcel left there a moment ago and is not booked
yet. So the stock here follows a difference only when the next reading shows it again, and only as far as both agree.
"""

from datetime import timedelta

from odoo import fields, models

from ..channels.records import Page
from .errand import END, PageQuestion

READ_EVERY = timedelta(hours=1)


class EcomFlowWork(models.AbstractModel):
    _inherit = "ecom.flow.work"

    def _slice_kept(self, task):
        return self._errand(task, "ecom.flow.mirror", every=READ_EVERY)


class EcomFlowMirror(models.AbstractModel):
    _name = "ecom.flow.mirror"
    _description = "E-commerce: stock in the channel's warehouses"

    def _question(self, channel):
        """None where all pages were read, or no warehouse here stands for what lies there."""
        noun, cursor = channel._adapter().noun("stock"), self._cursor(channel)
        if not hasattr(noun, "fetch_kept") or not self._warehouse(channel) or cursor.position == END:
            cursor.position = False
            return None
        if not cursor.position:
            cursor.seen_until = fields.Datetime.now()
        return PageQuestion(client=channel._connect(), noun=noun, token=cursor.position or "")

    def _cursor(self, channel):
        return channel.sudo().cursor_ids.filtered(lambda cursor: cursor.topic == "kept")

    def _warehouse(self, channel):
        kept = [("channel_id", "=", channel.id), ("kept", "=", True), ("warehouse_id", "!=", False)]
        return self.env["ecom.location.map"].search(kept, limit=1).warehouse_id

    def _ask(self, question):
        """The outward call. Returns a Page of KeptStock."""
        return question.noun.fetch_kept(question.client, question.token)

    def _store(self, channel, question, page: Page):
        cursor, now = self._cursor(channel), fields.Datetime.now()
        found = {item.variant_id: item for item in page.items}
        domain = [("channel_id", "=", channel.id), ("external_id", "in", list(found))]
        for listing in self.env["ecom.listing"].search(domain):
            item = found[listing.external_id]
            listing.write({"kept_quantity": item.quantity, "kept_coming": item.coming, "kept_at": now})
        cursor.position = page.next or END
        if not page.next:
            self._empty(channel, cursor.seen_until)
            self._compare(channel)

    def _empty(self, channel, began):
        """What was there once and is not listed any more is gone."""
        domain = [("channel_id", "=", channel.id), ("kept_at", "<", began)]
        domain += ["|", ("kept_quantity", "!=", 0), ("kept_coming", "!=", 0)]
        self.env["ecom.listing"].search(domain).write({"kept_quantity": 0, "kept_coming": 0})

    # ----------------------------------------------------------------- comparing
    def _compare(self, channel):
        domain = [("channel_id", "=", channel.id), ("kept_at", "!=", False), ("state", "=", "matched")]
        listings = self.env["ecom.listing"].search(domain).filtered(lambda listing: self._counts(listing.product_id))
        warehouse, gaps = self._warehouse(channel), {}
        here = listings.product_id.with_context(warehouse_id=warehouse.id)._compute_quantities_dict(None, None, None)
        for product, alike in listings.grouped("product_id").items():
            gap = product.uom_id.round(self._gap(alike, here[product.id]["qty_available"]))
            gaps[product] = self._agreed(gap, alike[0].kept_gap)
            alike.kept_gap = gap - gaps[product]
        self._book(channel, warehouse, {product: gap for product, gap in gaps.items() if gap})

    @staticmethod
    def _counts(product):
        """Of lots and serial numbers the channel does not say which are there."""
        return product.is_storable and product.tracking == "none"

    @staticmethod
    def _gap(alike, here):
        """Units that are missing here (+), or too many (-)."""
        there = sum(listing.kept_quantity * listing.units for listing in alike)
        most = there + sum(listing.kept_coming * listing.units for listing in alike)
        return there - here if here < there else min(most - here, 0.0)

    @staticmethod
    def _agreed(gap, before):
        if gap * before <= 0:
            return 0.0
        return min(gap, before) if gap > 0 else max(gap, before)

    def _book(self, channel, warehouse, gaps):
        """As an inventory adjustment that says who counted."""
        shelf, name = warehouse.lot_stock_id, self.env._("Counted by %(channel)s", channel=channel.name)
        quants = self.env["stock.quant"].with_context(inventory_mode=True, inventory_name=name)
        products = [product.id for product in gaps]
        bare = [("lot_id", "=", False), ("package_id", "=", False), ("owner_id", "=", False)]
        held = quants.search([("product_id", "in", products), ("location_id", "=", shelf.id), *bare])
        lying = {product.id: sum(alike.mapped("quantity")) for product, alike in held.grouped("product_id").items()}
        for product, gap in gaps.items():
            counted = lying.get(product.id, 0.0) + gap
            place = {"product_id": product.id, "location_id": shelf.id}
            quants.create({**place, "inventory_quantity_auto_apply": counted})
