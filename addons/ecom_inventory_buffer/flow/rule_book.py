"""The rules of a company, made plain once and remembered while they stand as they do."""

import logging
from typing import NamedTuple

from odoo import models
from odoo.tools import SQL

from ..rules.precedence import Candidate, Scope
from ..rules.rule import BadRule

_logger = logging.getLogger(__name__)

# {(database, company id): (what the tables say, Book)}. What they say is read each time, in the snapshot of the
# decision itself; so no other worker has to tell that a rule changed, and none can tell it too late.
_known = {}


class Entry(NamedTuple):
    """One rule. `candidate`: without what its domain selects, which depends on the products.

    problem     why it cannot be applied, whatever the product
    told        the problem that was written down last
    """

    candidate: Candidate
    company_id: int
    domain: str
    problem: str | None
    told: str | None


class Book(NamedTuple):
    """`entries`: of the rules that are not archived. `tz`: the company's."""

    entries: tuple[Entry, ...]
    tz: str


class EcomFlowRule(models.AbstractModel):
    _inherit = "ecom.flow.rule"

    def _books(self, company_ids):
        """{company id: Book} of the companies with rules."""
        found = {}
        for company_id, tz, told in self._told(company_ids):
            key, told = (self.env.cr.dbname, company_id), (tz, told)
            if key not in _known or _known[key][0] != told:
                _known[key] = told, self._book(company_id, tz)
            found[company_id] = _known[key][1]
        return found

    def _told(self, company_ids):
        """[(company id, its time zone, [all that the tables say of a rule])]"""
        rules = self.env["ecom.buffer.rule"]
        rules.flush_model()
        self.env["product.category"].flush_model(["parent_path"])
        self.env["res.partner"].flush_model(["tz"])
        named = [field for field in rules._fields.values() if field.type == "many2many" and field.store]
        # SQL: whole rows as text, which the ORM cannot read; archived ones too, since others may name them.
        self.env.cr.execute(
            SQL(
                """SELECT rule.company_id, coalesce(partner.tz, 'UTC'),
                          array_agg(ROW(rule, category.parent_path, %(named)s)::text ORDER BY rule.id)
                     FROM ecom_buffer_rule rule
                     JOIN res_company company ON company.id = rule.company_id
                     JOIN res_partner partner ON partner.id = company.partner_id
                     LEFT JOIN product_category category ON category.id = rule.categ_id
                    WHERE rule.company_id = ANY(%(companies)s)
                    GROUP BY rule.company_id, partner.tz""",
                named=SQL(", ").join(map(self._named, named)),
                companies=list(company_ids),
            )
        )
        return self.env.cr.fetchall()

    @staticmethod
    def _named(field):
        """What a rule names by this relation."""
        return SQL(
            "(SELECT array_agg(%(other)s ORDER BY %(other)s) FROM %(table)s WHERE %(own)s = rule.id)",
            other=SQL.identifier(field.column2),
            own=SQL.identifier(field.column1),
            table=SQL.identifier(field.relation),
        )

    def _book(self, company_id, tz):
        rules = self.env["ecom.buffer.rule"].sudo().with_company(company_id)
        # As the merchant wrote them, whoever looks first.
        rules = rules.with_context(lang=None).search([("company_id", "=", company_id)])
        return Book(tuple(map(self._entry, rules)), tz)

    def _entry(self, rule):
        plain = problem = None
        try:
            plain = rule._plain_rule()
        except BadRule as error:
            problem = str(error)
        except Exception as error:
            _logger.info("Buffer rule %s cannot be applied", rule.id, exc_info=True)
            problem = self.env._("It cannot be applied: %s", error)
        candidate = Candidate(rule.id, rule.sequence, self._scope(rule), plain)
        return Entry(candidate, rule.company_id.id, rule.domain or "", problem, rule.problem or None)

    def _scope(self, rule):
        return Scope(
            products=frozenset(rule.product_ids._ids) or None,
            category=rule.categ_id.id or None,
            depth=rule.categ_id.parent_path.count("/") if rule.categ_id else 0,
            locations=frozenset(rule.warehouse_ids._ids) or None,
            channels=frozenset(rule.channel_ids._ids) or None,
            since=rule.date_from or None,
            until=rule.date_to or None,
        )
