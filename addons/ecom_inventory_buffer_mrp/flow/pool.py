"""Kits and their components sell the same stock: what is safe on one depends on what all others may sell of it."""

import math
from collections import defaultdict

from odoo import models
from odoo.addons.ecom_inventory_buffer.flow.expect import MOST_ORDERS
from odoo.addons.ecom_inventory_buffer.rules.risk.shared import grain_of, in_parts, scaled
from odoo.addons.ecom_inventory_buffer.rules.terms import DUST


class EcomFlowPool(models.AbstractModel):
    _inherit = "ecom.flow.pool"

    def _sharing(self, keys):
        """All that is made of a component of these."""
        explode, found = self.env["ecom.flow.explode"], super()._sharing(keys)
        products = defaultdict(set)
        for product, warehouse in keys:
            products[warehouse].add(product)
        for warehouse, own in products.items():
            found |= {(product, warehouse) for product in explode._ancestors(explode._descendants(own))}
        return found

    def _safe(self, pools, expected):
        """Each component is a stock of its own, from which every kit takes several units at a time; what is safe of a
        kit is what is safe of each of its components."""
        recipes = self._recipes(pools)
        parts = {(part, key[1]) for key, recipe in recipes.items() for part in recipe}
        alone = {key: pool for key, pool in pools.items() if key not in recipes and key not in parts}
        safe, takers = super()._safe(alone, expected), defaultdict(list)
        for key in sorted(pools.keys() - alone.keys()):
            for part, units in recipes.get(key, {key[0]: 1.0}).items():
                takers[part, key[1]] += [(subject, units) for subject in pools[key]]
        for level_id, units in self._safe_of_stocks(takers, expected):
            safe[level_id] = min(units, safe.get(level_id, units))
        return safe

    def _safe_of_stocks(self, takers, expected):
        """Yields (level id, whole units of its product), once for each component. `takers`: {(component id,
        warehouse id): [(Subject, units of it in one)]}."""
        if not takers:
            return
        stocks = self._stocks(takers)
        ages = self.env["ecom.flow.expect"]._ages(list(takers), self.env["ecom.flow.measure"]._now())
        for (part, warehouse), found in takers.items():
            available = [stocks[subject.level.id, part] for subject, _units in found]
            yield from self._safe_of(found, available, expected, ages.get((part, warehouse)))

    def _recipes(self, pools):
        """{(product id, warehouse id): {component id: units of it}} of the kits among them."""
        companies = self.env["ecom.flow.measure"]._warehouse_companies({warehouse for _product, warehouse in pools})
        products = {product for product, _warehouse in pools}
        recipes = self.env["ecom.flow.explode"]._recipes(products, set(companies.values()))
        return {key: recipes[key[0], companies[key[1]]] for key in pools if recipes.get((key[0], companies[key[1]]))}

    def _stocks(self, takers):
        """{(level id, component id): what there is of it for the level's channel}."""
        asked = [(subject.level, part) for (part, _place), found in takers.items() for subject, _units in found]
        # Measured as if the channel listed the component.
        levels = [
            level._replace(id=-number, product_id=part, units=1.0) for number, (level, part) in enumerate(asked, 1)
        ]
        measured = self.env["ecom.flow.measure"]._measure_levels(levels)
        return {(level.id, part): measured[-number].available for number, (level, part) in enumerate(asked, 1)}

    def _safe_of(self, takers, available, expected, age):
        """Yields (level id, whole units of its product) for one component, of which `available` is there for each."""
        grain = grain_of([units for _subject, units in takers])
        reaches = in_parts(
            [scaled(expected[subject.key].reaches[subject.level.id], units / grain) for subject, units in takers]
        )
        sold = {subject.key: units / grain for subject, units in takers}
        subjects = [subject for subject, _units in takers]
        found = self._safe_in(
            subjects, [units / grain for units in available], reaches, self._expected_of(sold, expected, age)
        )
        for subject, units in takers:
            if subject.level.id in found:
                yield subject.level.id, math.floor(found[subject.level.id] * grain / units + DUST)

    @staticmethod
    def _expected_of(sold, expected, age):
        """What is expected beside the listings themselves, of one component. `sold`: {(product id, warehouse id): what
        one of it takes}."""
        found = [expected[key] for key in sold]
        orders = sorted(ago for own in found for ago in own.latest.orders)[:MOST_ORDERS]
        return found[0]._replace(
            others=tuple(scaled(reach, units) for key, units in sold.items() for reach in expected[key].others),
            latest=found[0].latest._replace(age=age, orders=tuple(orders)),
        )
