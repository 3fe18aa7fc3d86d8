from odoo import api, models

WATCHED = frozenset(
    ("product_tmpl_id", "product_id", "product_qty", "product_uom_id", "type", "active", "sequence", "company_id")
)
WATCHED_LINE = frozenset(
    ("product_id", "product_qty", "product_uom_id", "bom_id", "bom_product_template_attribute_value_ids")
)


class MrpBom(models.Model):
    """What a kit is made of decides how many there are; a kit has no quants, so no move shows it."""

    _inherit = "mrp.bom"

    @api.model_create_multi
    def create(self, vals_list):
        boms = super().create(vals_list)
        boms._ecom_count_again()
        return boms

    def write(self, vals):
        if WATCHED.isdisjoint(vals):
            return super().write(vals)
        kits = self._ecom_kits()
        result = super().write(vals)
        self._ecom_fit(kits | self._ecom_kits())
        return result

    def unlink(self):
        kits = self._ecom_kits()
        result = super().unlink()
        self._ecom_fit(kits)
        return result

    def _ecom_count_again(self):
        self._ecom_fit(self._ecom_kits())

    def _ecom_kits(self):
        """Who looks decides nothing, so the products of any company."""
        boms = self.sudo().with_context(active_test=False).filtered(lambda bom: bom.type == "phantom")
        return boms.product_id | boms.filtered(lambda bom: not bom.product_id).product_tmpl_id.product_variant_ids

    def _ecom_fit(self, kits):
        if kits:
            self.env["ecom.stock.level"].sudo()._fit_to_products(kits)
            self.env["ecom.stock.change"]._mark("product", kits._ids)


class MrpBomLine(models.Model):
    _inherit = "mrp.bom.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.bom_id._ecom_count_again()
        return lines

    def write(self, vals):
        if WATCHED_LINE.isdisjoint(vals):
            return super().write(vals)
        boms = self.bom_id
        result = super().write(vals)
        (boms | self.bom_id)._ecom_count_again()
        return result

    def unlink(self):
        boms = self.bom_id
        result = super().unlink()
        boms.exists()._ecom_count_again()
        return result
