"""Levels -> the rule that wins for each."""

import logging

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ..rules.assign import Winners
from ..rules.precedence import Candidate, Facts, Scope, reasons
from ..rules.rule import BadRule

_logger = logging.getLogger(__name__)


class EcomFlowRule(models.AbstractModel):
    _name = "ecom.flow.rule"
    _description = "E-commerce: which rule"

    def _of_levels(self, levels):
        """{level id: (rule id, rules.rule.Rule)} for `levels`, list of flow.decide.Level. A level without a rule is
        missing. Where the winning rule cannot be applied, the Rule is None."""
        companies = self._companies({level.channel_id for level in levels})
        if not companies:
            return {}
        facts = self._facts({level.product_id for level in levels})
        winners = {
            company: self._winners(company, rules, list(facts)) for company, rules in self._rules(companies).items()
        }
        found = {}
        for level in levels:
            asked = winners.get(companies.get(level.channel_id))
            if asked:
                won = asked.of(level.product_id, level.channel_id, level.warehouse_id, *facts[level.product_id])
                if won:
                    found[level.id] = won.key, won.rule
        return found

    def _companies(self, channel_ids):
        """{channel id: company} of the channels whose company has rules."""
        rules = self.env["ecom.buffer.rule"].sudo()
        groups = rules._read_group([], ["company_id"])
        with_rules = {company.id for (company,) in groups}
        channels = self.env["ecom.channel"].sudo().browse(channel_ids)
        return {channel.id: channel.company_id for channel in channels if channel.company_id.id in with_rules}

    def _rules(self, companies):
        """{company: its rules}, in the merchant's order."""
        ids = list({company.id for company in companies.values()})
        rules = self.env["ecom.buffer.rule"].sudo().search([("company_id", "in", ids)])
        return rules.grouped("company_id")

    def _facts(self, product_ids):
        """{product id: (category id, frozenset of it and all above it)}."""
        self.env["product.template"].flush_model(["categ_id"])
        # SQL: a read would load a hundred thousand products into the cache for one number each.
        self.env.cr.execute(
            SQL(
                """SELECT product.id, template.categ_id
                     FROM product_product product
                     JOIN product_template template ON template.id = product.product_tmpl_id
                    WHERE product.id = ANY(%s)""",
                list(product_ids),
            )
        )
        categories = dict(self.env.cr.fetchall())
        paths = self.env["product.category"].sudo().browse(filter(None, set(categories.values())))
        above = {categ.id: frozenset(map(int, categ.parent_path.split("/")[:-1])) for categ in paths}
        nothing = frozenset()
        return {product: (categ, above.get(categ, nothing)) for product, categ in categories.items()}

    def _reasons(self, record):
        """[(Candidate, why it did not win, or None)] for one stock level, in the order in which they are asked."""
        company = record.company_id
        rules = self.env["ecom.buffer.rule"].sudo().search([("company_id", "=", company.id)])
        product = record.product_id.id
        # Who only looks writes nothing down.
        candidates = [self._candidate(rule.with_company(company), [product], told=True) for rule in rules]
        _category, above = self._facts([product])[product]
        facts = Facts(product, record.channel_id.id, record.warehouse_id.id, above)
        return reasons(candidates, facts, rules._today(company))

    # --------------------------------------------------------------- candidates
    def _winners(self, company, rules, product_ids):
        candidates = (self._candidate(rule.with_company(company), product_ids) for rule in rules)
        return Winners(candidates, rules._today(company))

    def _candidate(self, rule, product_ids, told=False):
        """Without a plain rule where it cannot be applied: it still wins, and something safe is done instead."""
        selected = problem = plain = None
        try:
            plain = rule._plain_rule()
            if rule.domain:
                selected = self._selected(rule, product_ids)
        except BadRule as error:
            problem = str(error)
        except Exception as error:
            _logger.info("Buffer rule %s cannot be applied", rule.id, exc_info=True)
            problem = self.env._("Its condition on products cannot be read: %s", error)
        if not told:
            self._remember(rule, problem)
        return Candidate(rule.id, rule.sequence, self._scope(rule, selected), None if problem else plain)

    def _selected(self, rule, product_ids):
        domain = Domain("id", "in", product_ids) & Domain(rule._parsed_domain())
        with self.env.cr.savepoint(flush=False):
            products = rule.env["product.product"].with_context(active_test=False)
            return frozenset(products._search(domain).get_result_ids())

    def _scope(self, rule, selected):
        return Scope(
            products=frozenset(rule.product_ids._ids) or None,
            domain=selected,
            category=rule.categ_id.id or None,
            depth=rule.categ_id.parent_path.count("/") if rule.categ_id else 0,
            locations=frozenset(rule.warehouse_ids._ids) or None,
            channels=frozenset(rule.channel_ids._ids) or None,
            since=rule.date_from or None,
            until=rule.date_to or None,
        )

    def _remember(self, rule, problem):
        """A person is told once that the rule cannot be applied, and once it can be again."""
        if (rule.problem or None) == problem:
            return
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
