from odoo import fields, models

# Whether stock is kept of a product, in which unit, and whether it is supplied to order decides what is published.
WATCHED = frozenset(("uom_id", "is_storable", "type", "route_ids", "categ_id"))


class ProductProduct(models.Model):
    _inherit = "product.product"

    ecom_listing_ids = fields.One2many("ecom.listing", "product_id", string="Channel Listings")
    ecom_listing_count = fields.Integer(string="Listings", compute="_compute_ecom_listing_count", compute_sudo=True)

    def _compute_ecom_listing_count(self):
        groups = self.env["ecom.listing"]._read_group([("product_id", "in", self.ids)], ["product_id"], ["__count"])
        counts = {product.id: count for product, count in groups}
        for product in self:
            product.ecom_listing_count = counts.get(product.id, 0)

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals:
            self.env["ecom.stock.change"]._mark("product", self._ids)
        return result

    def action_open_ecom_listings(self):
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("ecom_connector.ecom_listing_action")
        return {**action, "domain": [("product_id", "in", self.ids)], "context": {}}


class ProductTemplate(models.Model):
    _inherit = "product.template"

    ecom_listing_count = fields.Integer(string="Listings", compute="_compute_ecom_listing_count", compute_sudo=True)

    def _compute_ecom_listing_count(self):
        variants = self.with_context(active_test=False).product_variant_ids
        counts = {variant.id: variant.ecom_listing_count for variant in variants}
        for template in self:
            own = template.with_context(active_test=False).product_variant_ids
            template.ecom_listing_count = sum(counts.get(variant.id, 0) for variant in own)

    def write(self, vals):
        result = super().write(vals)
        if not WATCHED.isdisjoint(vals):
            variants = self.with_context(active_test=False).product_variant_ids
            self.env["ecom.stock.level"]._fit_to_products(variants)
        return result

    def action_open_ecom_listings(self):
        return self.with_context(active_test=False).product_variant_ids.action_open_ecom_listings()
