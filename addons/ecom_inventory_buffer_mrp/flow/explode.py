"""Kits -> the components they are made of, and components -> all kits they are in. Set-based, any depth."""

from collections import defaultdict

from odoo import models
from odoo.tools import SQL

# Core refuses kits that contain themselves; bills of two companies could still do so together.
DEEPEST = 20


class EcomFlowExplode(models.AbstractModel):
    _name = "ecom.flow.explode"
    _description = "E-commerce: kits and their components"

    def _recipes(self, product_ids, company_ids):
        """Returns {(kit_id, company_id): {component_id: units of it in one kit}}; what is no kit there is missing.

        Only components of which stock is kept and which are not supplied to order: no others limit a kit. A kit of
        none such has an empty recipe.
        """
        self._flush()
        self.env.cr.execute(
            SQL(
                """SELECT part.kit_id, part.company_id, part.product_id, part.quantity, %(tracked)s
                     FROM (%(parts)s) part
                     JOIN product_product product ON product.id = part.product_id
                     JOIN product_template template ON template.id = product.product_tmpl_id""",
                parts=self._parts_query(SQL("SELECT unnest(%s::integer[])", list(product_ids)), company_ids),
                tracked=self.env["ecom.flow.measure"]._stock_is_kept_condition(),
            )
        )
        found = defaultdict(dict)
        for kit, company, component, quantity, is_tracked in self.env.cr.fetchall():
            recipe = found[kit, company]
            if is_tracked:
                recipe[component] = quantity
        return dict(found)

    def _ancestors(self, product_ids):
        """Ids of all kits that these products are in, at any depth. Variants whose own kit leaves a component out may
        be among them."""
        self._flush()
        self.env.cr.execute(
            SQL(
                """WITH RECURSIVE above (id) AS (
                       SELECT unnest(%s::integer[])
                        UNION
                       SELECT kit.id FROM above
                         JOIN mrp_bom_line line ON line.product_id = above.id
                         JOIN mrp_bom bom ON bom.id = line.bom_id AND bom.active AND bom.type = 'phantom'
                         JOIN product_product kit
                           ON kit.id = bom.product_id
                           OR bom.product_id IS NULL AND kit.product_tmpl_id = bom.product_tmpl_id)
                   SELECT id FROM above""",
                list(product_ids),
            )
        )
        return [row[0] for row in self.env.cr.fetchall()]

    def _descendants(self, product_ids):
        """Ids of all that these products are made of, and the products themselves."""
        self._flush()
        self.env.cr.execute(
            SQL(
                """WITH RECURSIVE below (id) AS (
                       SELECT unnest(%s::integer[])
                        UNION
                       SELECT line.product_id FROM below
                         JOIN product_product kit ON kit.id = below.id
                         JOIN mrp_bom bom ON bom.product_tmpl_id = kit.product_tmpl_id AND bom.active
                          AND bom.type = 'phantom' AND (bom.product_id IS NULL OR bom.product_id = kit.id)
                         JOIN mrp_bom_line line ON line.bom_id = bom.id)
                   SELECT id FROM below""",
                list(product_ids),
            )
        )
        return [row[0] for row in self.env.cr.fetchall()]

    def _flush(self):
        for model in ("mrp.bom", "mrp.bom.line", "product.product", "product.template", "uom.uom"):
            self.env[model].flush_model()

    # --------------------------------------------------------------- statement
    def _parts_query(self, kits, company_ids):
        """SELECT of (kit_id, company_id, product_id, quantity): what one kit comes down to, in each part's own unit.

        As core explodes a sold kit (`mrp.bom.explode`, `_bom_find`), but exactly: core rounds the need of each
        component up to its unit, for one kit here and for the whole order there, which are not the same.
        """
        return SQL(
            """WITH RECURSIVE part AS (
                   SELECT kit.id AS kit_id, company.id AS company_id, kit.id AS product_id, 1::float8 AS quantity,
                          0 AS depth
                     FROM (%(kits)s) kit (id) CROSS JOIN unnest(%(companies)s::integer[]) company (id)
                    UNION ALL
                   SELECT part.kit_id, part.company_id, line.product_id,
                          part.quantity * (own.factor / made.factor) / bom.product_qty * line.product_qty
                              * (used.factor / theirs.factor),
                          part.depth + 1
                     FROM part
                     JOIN product_product product ON product.id = part.product_id
                     JOIN product_template template ON template.id = product.product_tmpl_id
                     JOIN uom_uom own ON own.id = template.uom_id
                     JOIN LATERAL (%(bom)s) bom ON TRUE
                     JOIN uom_uom made ON made.id = bom.product_uom_id
                     JOIN mrp_bom_line line ON line.bom_id = bom.id AND line.product_qty > 0
                     JOIN uom_uom used ON used.id = line.product_uom_id
                     JOIN product_product component ON component.id = line.product_id
                     JOIN product_template kind ON kind.id = component.product_tmpl_id
                     JOIN uom_uom theirs ON theirs.id = kind.uom_id
                    WHERE part.depth < %(deepest)s AND NOT (%(skipped)s))
               SELECT part.kit_id, part.company_id, part.product_id, sum(part.quantity) AS quantity
                 FROM part
                 JOIN product_product product ON product.id = part.product_id
                 JOIN product_template template ON template.id = product.product_tmpl_id
                WHERE part.depth > 0 AND NOT EXISTS (%(bom)s)
                GROUP BY part.kit_id, part.company_id, part.product_id""",
            kits=kits,
            companies=list(company_ids),
            bom=self._bom_query(),
            deepest=DEEPEST,
            skipped=self._skipped_condition(),
        )

    def _bom_query(self):
        """The bill that makes `product` (of `template`) a kit for the company of `part`, as core chooses it."""
        return SQL(
            """SELECT found.* FROM mrp_bom found
                WHERE found.active AND found.type = 'phantom' AND template.type <> 'service'
                  AND found.product_tmpl_id = template.id
                  AND (found.product_id IS NULL OR found.product_id = product.id)
                  AND (found.company_id IS NULL OR found.company_id = part.company_id)
                ORDER BY found.sequence, found.product_id, found.id
                LIMIT 1"""
        )

    def _skipped_condition(self):
        """`line` is not for this variant: it names attribute values that `product` does not have, or values that no
        variant has."""
        return SQL(
            """EXISTS (
                   SELECT FROM mrp_bom_line_product_template_attribute_value_rel named
                     JOIN product_template_attribute_value value ON value.id = named.product_template_attribute_value_id
                     JOIN product_attribute attribute ON attribute.id = value.attribute_id
                    WHERE named.mrp_bom_line_id = line.id
                    GROUP BY value.attribute_id, attribute.create_variant
                   HAVING attribute.create_variant = 'no_variant'
                       OR NOT bool_or(EXISTS (
                              SELECT FROM product_variant_combination own_value
                               WHERE own_value.product_product_id = product.id
                                 AND own_value.product_template_attribute_value_id = value.id)))"""
        )
