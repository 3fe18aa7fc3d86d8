from collections import Counter

from odoo import fields, models
from odoo.exceptions import UserError

# By which a line of one report is the same as a line of another; its number may have changed.
SAME = (
    *("kind", "detail", "order_reference", "order_number", "payment_reference", "refund_reference", "sku"),
    *("posted_at", "amount", "fee", "net"),
)


class EcomSettlement(models.Model):
    """A report that came again and says something else: what is different."""

    _inherit = "ecom.settlement"

    before_id = fields.Many2one("ecom.settlement", string="Reported Before As", compute="_compute_before_id")

    def _compute_before_id(self):
        for settlement in self:
            settlement.before_id = settlement.revision > 1 and settlement.search(
                [
                    ("channel_id", "=", settlement.channel_id.id),
                    ("external_id", "=", settlement.external_id),
                    ("revision", "<", settlement.revision),
                ],
                order="revision desc",
                limit=1,
            )

    def action_compare(self):
        """The lines that only one of the two reports has."""
        self.ensure_one()
        self.check_access("read")
        different = self._only_here(self.before_id) | self.before_id._only_here(self)
        if not different:
            raise UserError(self.env._("Both reports have the same lines. Look at what they state beside them."))
        action = self.env["ir.actions.act_window"]._for_xml_id("ecom_settlement.ecom_settlement_line_action")
        return {
            **action,
            "name": self.env._("What Changed"),
            "domain": [("id", "in", different.ids)],
            "context": {"group_by": "settlement_id"},
        }

    def _only_here(self, other):
        """Lines that the other report has fewer of: those that look alike are all real."""
        there = Counter(map(self._sameness, other.line_ids))
        here = self.line_ids.browse()
        for line in self.line_ids:
            key = self._sameness(line)
            if there[key]:
                there[key] -= 1
            else:
                here += line
        return here

    @staticmethod
    def _sameness(line):
        return tuple(line[name] for name in SAME)
