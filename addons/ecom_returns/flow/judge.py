from datetime import timedelta, timezone

from odoo import fields, models

from ..policy.eligibility import Article, Asked, judge
from .allot import exact


class EcomFlowReturnJudge(models.AbstractModel):
    """May these goods come back? The facts of a return for the rules in `policy/eligibility.py`."""

    _name = "ecom.flow.return.judge"
    _description = "E-commerce: judge a return"

    def _judge(self, record):
        """eligibility.Answer"""
        policy = record.policy_id or self.env["ecom.return.policy"]._find(record.line_ids.order_id[:1])
        return judge(self._asked(record, policy), policy._terms())

    def _asked(self, record, policy):
        year = fields.Datetime.now() - timedelta(days=365)
        buyer = [("partner_id", "=", record.partner_id.id)]
        returns = self.env["ecom.return"].sudo().search_count([*buyer, ("create_date", ">=", year)])
        orders = (
            self.env["sale.order"].sudo().search_count([*buyer, ("state", "=", "sale"), ("date_order", ">=", year)])
        )
        return Asked(
            articles=tuple(self._article(line) for line in record.line_ids),
            at=(record.create_date or fields.Datetime.now()).replace(tzinfo=timezone.utc),
            start=policy._start(record.line_ids.order_id, record.zone),
            zone=record.zone,
            returns_of_year=returns,
            orders_of_year=orders,
            **self._patterns(record),
        )

    def _patterns(self, record):
        """How often goods of this buyer came back worn though nothing was wrong with them, or did not come at all."""
        lines, buyer = self.env["ecom.return.line"].sudo(), record.partner_id.commercial_partner_id
        before = [("return_id.partner_id", "child_of", buyer.id), ("return_id", "!=", record.id)]
        found = ["|", ("found_reason_id", "=", False), ("found_reason_id.is_claim", "=", False)]
        said = ["|", ("reason_id", "=", False), ("reason_id.is_claim", "=", False)]
        worn = [*before, ("grade", "in", ("c", "d")), ("fault", "in", (False, "buyer")), *said, *found]
        return {
            "worn_before": lines.search_count(worn),
            "missing_before": lines.search_count([*before, ("goods", "=", "short")]),
        }

    def _article(self, line):
        product, reason = line.product_id, line.reason_id
        back = self.env["ecom.flow.return.allot"]._delivered(line.origin_move_id, but=line.move_ids)
        return Article(
            key=line.id,
            value=exact(line.value),
            quantity=exact(line.quantity),
            returnable=back[0].returnable if back else exact(line.quantity),
            final_sale=product.ecom_final_sale,
            ground=product.ecom_return_ground or "",
            claim=reason.is_claim,
            photo_missing=reason.needs_photo and not line.photo_ids,
        )

    def _words(self, finding):
        """The sentence for people; what refuses is told to the buyer too."""
        said = {"returns": 0, "orders": 0, "count": 0, **finding.details}
        return {
            "too_many": self.env._("More than was delivered and is not back yet."),
            "too_late": self.env._("The time to send it back is over."),
            "excepted": self.env._("The law excepts this article from the right to withdraw."),
            "final_sale": self.env._("This article was sold as final sale."),
            "photo_missing": self.env._("A photo is needed for this reason."),
            "always_asked": self.env._("Every return is looked at."),
            "worth_much": self.env._("It is worth more than is agreed to without being looked at."),
            "returns_often": self.env._(
                "This customer returns often: %(returns)s returns and %(orders)s orders in a year.", **said
            ),
            "came_worn": self.env._("%(count)s articles of this customer came back worn before.", **said),
            "came_short": self.env._("%(count)s articles of this customer were not in the parcel.", **said),
        }[finding.code]
