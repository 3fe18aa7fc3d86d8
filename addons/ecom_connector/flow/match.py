from collections import defaultdict

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
        batch.products = {code: products for code, products in codes.items() if len(products) == 1}
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

    def _products_by_code(self, batch, lines):
        """{SKU or barcode: products}. A SKU wins over a barcode of the same letters."""
        products = self.env["product.product"]
        company = [("company_id", "in", (False, batch.channel.company_id.id))]
        found = defaultdict(lambda: products)
        skus = {line.sku for line in lines if line.sku}
        for product in products.search([*company, ("default_code", "in", list(skus))]) if skus else ():
            found[product.default_code] |= product
        barcodes = {line.barcode for line in lines if line.barcode} - set(found)
        for product in products.search([*company, ("barcode", "in", list(barcodes))]) if barcodes else ():
            found[product.barcode] |= product
        return found

    def _candidates(self, sku, barcode, codes):
        return codes.get(sku) or codes.get(barcode) or self.env["product.product"]

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
