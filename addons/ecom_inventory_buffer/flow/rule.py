"""Levels -> the rule that wins for each."""

import logging
from collections import defaultdict

from odoo import models
from odoo.addons.ecom_connector.flow.array import array
from odoo.fields import Domain
from odoo.tools import SQL

from ..rules.assign import Winners
from ..rules.precedence import Facts, reasons

_logger = logging.getLogger(__name__)


class EcomFlowRule(models.AbstractModel):
    _name = "ecom.flow.rule"
    _description = "E-commerce: which rule"

    def _of_levels(self, levels):
        """{level id: (rule id, rules.rule.Rule)} for `levels`, list of flow.decide.Level. A level without a rule is
        missing. Where the winning rule cannot be applied, the Rule is None."""
        books = self._books({level.company_id for level in levels})
        if not books:
            return {}
        facts = self._facts({level.product_id for level in levels})
        found = {}
        for company_id, book in books.items():
            own = [level for level in levels if level.company_id == company_id]
            found.update(self._of_company(self._winners(book, facts), own, facts))
        return found

    @staticmethod
    def _of_company(winners, levels, facts):
        """As `_of_levels`. Products of one kind have the same winner, so most levels take one look."""
        kinds = {product: winners.kind(product, category) for product, (category, _above) in facts.items()}
        found, known = {}, {}
        for level in levels:
            asked = kinds[level.product_id], level.channel_id, level.warehouse_id
            if asked not in known:
                won = winners.of(level.product_id, *asked[1:], facts[level.product_id][1])
                known[asked] = won and (won.key, won.rule)
            if known[asked]:
                found[level.id] = known[asked]
        return found

    def _facts(self, product_ids):
        """{product id: (category id, frozenset of it and all above it)}."""
        self.env["product.template"].flush_model(["categ_id"])
        self.env["product.category"].flush_model(["parent_path"])
        # SQL: a read would load a hundred thousand products into the cache for one number each.
        self.env.cr.execute(
            SQL(
                """SELECT product.id, template.categ_id, category.parent_path
                     FROM product_product product
                     JOIN product_template template ON template.id = product.product_tmpl_id
                     LEFT JOIN product_category category ON category.id = template.categ_id
                    WHERE product.id = ANY(%s)""",
                array(product_ids),
            )
        )
        facts, found = {}, {}
        for product_id, category_id, path in self.env.cr.fetchall():
            if category_id not in facts:
                facts[category_id] = category_id, frozenset(map(int, (path or "").split("/")[:-1]))
            found[product_id] = facts[category_id]
        return found

    def _reasons(self, record):
        """[(Candidate, why it did not win, or None)] for one stock level, in the order in which they are asked."""
        product, company_id = record.product_id.id, record.company_id.id
        book = self._books([company_id]).get(company_id)
        if not book:
            return []
        # Who only looks writes nothing down.
        candidates = self._candidates(book, [product])[0]
        _category, above = self._facts([product])[product]
        facts = Facts(product, record.channel_id.id, record.warehouse_id.id, above)
        return reasons(candidates, facts, self._today(book))

    def _today(self, book):
        return self.env["ecom.buffer.rule"]._today_in(book.tz)

    # --------------------------------------------------------------- candidates
    def _winners(self, book, product_ids):
        candidates, problems = self._candidates(book, product_ids)
        for entry in book.entries:
            self._remember(entry, problems.get(entry.candidate.key))
        return Winners(candidates, self._today(book))

    def _candidates(self, book, product_ids):
        """([Candidate], {rule id: why it cannot be applied}). A rule that cannot be applied is without a plain one: it
        still wins, and something safe is done instead."""
        selected, problems = self._selected([entry for entry in book.entries if entry.domain], product_ids)
        problems.update({entry.candidate.key: entry.problem for entry in book.entries if entry.problem})
        candidates = []
        for entry in book.entries:
            key, _sequence, scope, rule = entry.candidate
            scope = scope._replace(domain=selected.get(key)) if entry.domain else scope
            candidates.append(entry.candidate._replace(scope=scope, rule=None if key in problems else rule))
        return candidates, problems

    def _selected(self, entries, product_ids):
        """({rule id: frozenset of those products that its domain selects}, {rule id: why its domain cannot be read})"""
        if not entries:
            return {}, {}
        try:
            return self._selected_by(entries, product_ids), {}
        except Exception as error:
            if len(entries) == 1:
                key = entries[0].candidate.key
                _logger.info("Buffer rule %s cannot be applied", key, exc_info=True)
                return {}, {key: self.env._("Its condition on products cannot be read: %s", error)}
        selected, problems = {}, {}
        for entry in entries:
            found, broken = self._selected([entry], product_ids)
            selected.update(found)
            problems.update(broken)
        return selected, problems

    def _selected_by(self, entries, product_ids):
        """All domains by one statement, each of which may break it. Those over the same tables are looked at together,
        product by product: to read the tables again for each costs five times as much."""
        together = defaultdict(list)
        with self.env.cr.savepoint(flush=False):
            for entry in entries:
                query = self._query(entry)
                together[query.from_clause].append((entry.candidate.key, query))
            wanted = array(product_ids)
            rows = self.env.execute_query(
                SQL(" UNION ALL ").join(
                    SQL(
                        """SELECT chosen.key, product_product.id FROM %s
                            CROSS JOIN LATERAL (VALUES %s) chosen (key, fits)
                            WHERE product_product.id = ANY(%s) AND chosen.fits""",
                        tables,
                        SQL(", ").join(SQL("(%s, %s)", key, query.where_clause or SQL("TRUE")) for key, query in found),
                        wanted,
                    )
                    for tables, found in together.items()
                )
            )
        found = {entry.candidate.key: [] for entry in entries}
        for key, product_id in rows:
            found[key].append(product_id)
        return {key: frozenset(ids) for key, ids in found.items()}

    def _query(self, entry):
        """Query of the products that its domain selects."""
        rule = self.env["ecom.buffer.rule"].sudo().with_company(entry.company_id)
        products = rule.env["product.product"].with_context(active_test=False)
        return products._search(Domain(rule._parsed(entry.domain)))

    def _remember(self, entry, problem):
        """A person is told once that the rule cannot be applied, and once it can be again."""
        if entry.told == problem:
            return
        rule = self.env["ecom.buffer.rule"].sudo().with_company(entry.company_id).browse(entry.candidate.key)
        rule.problem = problem
        channel = rule.channel_ids[:1] or rule.env["ecom.channel"].search(
            [("company_id", "=", rule.company_id.id)], limit=1
        )
        exceptions = self.env["ecom.exception"]
        if not problem:
            exceptions._solve(channel, [f"rule:{rule.id}"])
            return
        exceptions._open(
            channel,
            category="stock",
            severity="2",
            name=self.env._("The buffer rule %(rule)s cannot be applied", rule=rule.name),
            detail=problem,
            dedupe_key=f"rule:{rule.id}",
        )
