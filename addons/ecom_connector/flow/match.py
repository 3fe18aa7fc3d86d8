from odoo import fields, models

GOODS = "product"


class EcomFlowMatch(models.AbstractModel):
    """Items of the channel -> products here: by the listing, else by SKU, then barcode."""

    _name = "ecom.flow.match"
    _description = "E-commerce: match"

    def _match(self, batch):
        """Fill `batch.listings` and `batch.products`. An item first seen on an order gets its listing here."""
        lines = [line for order in batch.orders.values() for line in order.lines if line.kind == GOODS]
        listings = self.env["ecom.listing"].with_context(active_test=False)
        known = listings.search(
            [
                ("channel_id", "=", batch.channel.id),
                ("external_id", "in", list({line.variant_id for line in lines if line.variant_id})),
            ]
        )
        batch.listings = {listing.external_id: listing for listing in known}
        unknown = [line for line in lines if not batch.product(line)]
        if unknown:
            self._match_unknown(batch, unknown)

    def _match_unknown(self, batch, lines):
        codes = self._products_by_code(batch, lines) if batch.channel.match_on_order else {}
        # A SKU wins over a barcode of the same letters.
        batch.products = {
            code: products
            for kind in ("barcode", "sku")
            for (found, code), products in codes.items()
            if found == kind and len(products) == 1
        }
        new = {}
        for line in lines:
            if not line.variant_id:
                continue
            listing = batch.listings.get(line.variant_id)
            if not listing:
                new[line.variant_id] = line
            elif listing.state in ("unmatched", "ambiguous"):
                self._match_listing(listing, codes)
        values = [self._prepare_listing_values(batch, line, codes) for line in new.values()]
        for listing in self.env["ecom.listing"].create(values) if values else ():
            batch.listings[listing.external_id] = listing
        if new:
            self.env["ecom.flow.catalogue"]._read_soon(batch.channel)

    def _products_by_code(self, batch, lines):
        """{("sku" or "barcode", code): products}."""
        return self.env["ecom.listing"]._products_by_code(
            batch.channel.company_id, [line.sku for line in lines], [line.barcode for line in lines]
        )

    def _candidates(self, sku, barcode, codes):
        return self.env["ecom.listing"]._candidates(sku, barcode, codes)

    def _match_listing(self, listing, codes):
        candidates = self._candidates(listing.sku, listing.barcode, codes)
        if len(candidates) == 1:
            listing.write({"product_id": candidates.id, "state": "matched", "candidate_ids": [fields.Command.clear()]})

    def _prepare_listing_values(self, batch, line, codes):
        candidates = self._candidates(line.sku, line.barcode, codes)
        one = len(candidates) == 1
        return {
            "channel_id": batch.channel.id,
            "external_id": line.variant_id,
            "name": line.name or line.sku or line.variant_id,
            "sku": line.sku,
            "barcode": line.barcode,
            "product_id": candidates.id if one else False,
            "state": "matched" if one else "ambiguous" if candidates else "unmatched",
            "candidate_ids": [fields.Command.set([] if one else candidates.ids)],
            "last_seen": fields.Datetime.now(),
        }
