"""Levels whose rule looks around: at sales so far, at the date, at the other channels of the same stock."""

import math
from collections import defaultdict
from itertools import islice
from typing import NamedTuple

from odoo import models
from odoo.addons.ecom_connector.flow.array import array
from odoo.tools import SQL

from ..rules.decide import DUST, Case, decide, safe_units
from ..rules.rule import Rule
from ..rules.steps import written
from ..rules.strategies import BookingLimit, RiskSized

NO_RULE = Rule("")
# Where no rule wins: its id, and what is done.
NOBODY = None, NO_RULE


class Subject(NamedTuple):
    """A level to decide. `rule`: rules.rule.Rule; None where it cannot be applied."""

    level: object
    terms: object
    available: float
    rule_id: int | None
    rule: Rule | None

    @property
    def key(self):
        return self.level.product_id, self.level.warehouse_id

    @property
    def risk(self):
        """The chance of overselling that its rule accepts, 0 to 1; None where it asks for none."""
        asked = self.rule and self.rule.find(RiskSized, self.available)
        return asked.risk if asked else None

    def asks(self, kind):
        return self.rule is not None and self.rule.find(kind, self.available) is not None


class EcomFlowPool(models.AbstractModel):
    _name = "ecom.flow.pool"
    _description = "E-commerce: decide together"

    def _values_together(self, subjects, levels, measured, rules):
        """As `_decide_values`, for `subjects`: list of Subject. The others: all levels that are decided now, and what
        was found out about them."""
        values = self._decided_without([subject for subject in subjects if subject.rule is None])
        subjects = [subject for subject in subjects if subject.rule is not None]
        shared = {subject.key for subject in subjects if subject.asks(RiskSized) or subject.asks(BookingLimit)}
        values.update(self._decided([subject for subject in subjects if subject.key not in shared]))
        if shared:
            values.update(self._decided_together(shared, levels, measured, rules))
        return values

    def _decided(self, subjects):
        return self._values(subjects, self._cases(subjects, {}))

    def _values(self, subjects, cases):
        """Those that are alike are decided once."""
        step, told, values = self.env["ecom.flow.decide"], {}, {}
        for subject, case in zip(subjects, cases, strict=True):
            key = subject.rule_id, case
            if key not in told:
                decision = decide(case, subject.rule)
                told[key] = step._values(*subject[:4], decision.quantity, written(decision.steps))
            values[subject.level.id] = told[key]
        return values

    def _cases(self, subjects, safe):
        """`safe`: as from `_safe`."""
        channels = self.env["ecom.channel"].sudo().browse({subject.level.channel_id for subject in subjects})
        rules = self.env["ecom.buffer.rule"]
        today = {channel.id: rules._today(channel.company_id) for channel in channels}
        sold = self.env["ecom.flow.sold"]
        allocated, ahead = sold._since_allocated(subjects), sold._ahead(subjects)
        return [
            Case(
                terms,
                available,
                channel=level.channel_id,
                units=level.units,
                sold=allocated.get(level.id, 0.0),
                ahead=ahead.get(level.id, 0.0),
                today=today[level.channel_id],
                safe=safe.get(level.id),
            )
            for level, terms, available, _rule_id, _rule in subjects
        ]

    # ---------------------------------------------------------------- together
    def _decided_together(self, keys, levels, measured, rules):
        """All levels of these products and warehouses, also those that nobody asked for: what is safe on one depends
        on what the others show."""
        asked = {level.id for level in levels}
        pools = self._pools(keys | self._sharing(keys), levels, measured, rules)
        expected = self.env["ecom.flow.expect"]._of_pools(
            {key: [subject.level for subject in pool] for key, pool in pools.items()}
        )
        safe = self._safe(pools, expected)
        pools = {key: pools[key] for key in keys if key in pools}
        subjects = [subject for pool in pools.values() for subject in pool]
        cases, limited = iter(self._cases(subjects, safe)), []
        for key, pool in pools.items():
            limited.extend(self._limited(pool, list(islice(cases, len(pool))), expected[key]))
        values = self._values(subjects, limited)
        self._tell_others(pools, values, asked)
        return {level_id: found for level_id, found in values.items() if level_id in asked}

    def _sharing(self, keys):
        """Further (product id, warehouse id) whose sales take from the same stock. To extend."""
        return set()

    def _safe(self, pools, expected):
        """{level id: units of its product that the chance its rule accepts allows}; a level that asks for none is
        missing. To extend, with `_sharing`."""
        safe = {}
        for key, pool in pools.items():
            reaches = [expected[key].reaches[subject.level.id] for subject in pool]
            safe.update(self._safe_in(pool, [subject.available for subject in pool], reaches, expected[key]))
        return safe

    @staticmethod
    def _safe_in(subjects, stocks, reaches, expected):
        """Of one stock. `stocks`: what there is of it for each subject, `reaches`: how each takes from it."""
        risks = [subject.risk for subject in subjects]
        asked = [stock for stock, risk in zip(stocks, risks, strict=True) if risk is not None]
        if not asked:
            return {}
        found = safe_units(min(asked), risks, reaches, expected.latest, expected.sizes, expected.others)
        return {subject.level.id: units for subject, units in zip(subjects, found, strict=True) if units is not None}

    def _pools(self, keys, levels, measured, rules):
        """{(product id, warehouse id): list of Subject}."""
        products = {product for product, _warehouse in keys}
        inside = [level for level in levels if level.product_id in products and level.sold]
        inside = [level for level in inside if (level.product_id, level.warehouse_id) in keys]
        step = self.env["ecom.flow.decide"]
        outside = step._levels(
            SQL(
                """(level.product_id, level.warehouse_id) IN (SELECT * FROM unnest(%s, %s))
                   AND level.id <> ALL(%s)""",
                array([product for product, _warehouse in keys]),
                array([warehouse for _product, warehouse in keys]),
                array([level.id for level in inside]),
            )
        )
        outside = [level for level in outside if level.sold]
        if outside:
            measured = {**measured, **self.env["ecom.flow.measure"]._measure_levels(outside)}
            rules = {**rules, **self.env["ecom.flow.rule"]._of_levels(outside)}
        pools = defaultdict(list)
        # Of equal ones the first is cut: whoever is asked for, they come in the same order.
        for level in sorted(inside + outside):
            rule_id, rule = rules.get(level.id, NOBODY)
            terms = step._terms(measured[level.id])
            # What a broken rule shows counts as demand that asks nobody; it is decided elsewhere.
            subject = Subject(level, terms, terms.available, rule_id, rule or NO_RULE)
            pools[subject.key].append(subject)
        return pools

    def _limited(self, pool, cases, expected):
        """The cases of a pool, with what channels that earn more leave."""
        if any(subject.asks(BookingLimit) for subject in pool):
            limits = self.env["ecom.flow.margin"]._limits(
                [subject.level for subject in pool], expected, pool[0].available, pool[0].terms, cases[0].today
            )
            cases = [case._replace(limit=limits.get(case.channel)) for case in cases]
        return cases

    def _tell_others(self, pools, values, asked):
        """A level nobody asked for that should show something else by now is decided in its turn."""
        others = [level_id for level_id in values if level_id not in asked]
        if not others:
            return
        self.env.cr.execute(SQL("SELECT id, decided FROM ecom_stock_level WHERE id = ANY(%s)", others))
        kept = dict(self.env.cr.fetchall())
        products = {
            subject.level.product_id
            for pool in pools.values()
            for subject in pool
            if subject.level.id in kept and kept[subject.level.id] != values[subject.level.id]["decided"]
        }
        if products:
            self.env["ecom.stock.change"]._mark("product", products)

    # ------------------------------------------------------------------ broken
    def _decided_without(self, subjects):
        """The rule that wins cannot be applied. The last quantity is kept, as far as it is covered: a sale since then
        must still be told. Or zero, where the merchant chose that."""
        if not subjects:
            return {}
        self.env.cr.execute(
            SQL(
                "SELECT id, decided FROM ecom_stock_level WHERE id = ANY(%s)",
                [subject.level.id for subject in subjects],
            )
        )
        last = dict(self.env.cr.fetchall())
        rules = self.env["ecom.buffer.rule"].sudo()
        step = self.env["ecom.flow.decide"]
        values = {}
        for subject in subjects:
            keeps = rules.browse(subject.rule_id).when_broken == "keep"
            covered = max(0, math.floor(subject.available / subject.level.units + DUST))
            decided = min(last.get(subject.level.id) or 0, covered) if keeps else 0
            steps = (("broken" if keeps else "hidden", subject.available, float(decided)),)
            values[subject.level.id] = step._values(*subject[:4], decided, written(steps))
        return values
