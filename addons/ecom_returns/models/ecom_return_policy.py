from datetime import timedelta, timezone

from odoo import fields, models

from ..flow.allot import exact
from ..policy.eligibility import Terms
from ..policy.fees import Fee
from ..policy.window import Window, last_parcel


class EcomReturnPolicy(models.Model):
    """On which terms goods are taken back; the first that fits an order holds."""

    _name = "ecom.return.policy"
    _description = "Return Policy"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True, help="Empty: all companies.")
    currency_id = fields.Many2one("res.currency", required=True, default=lambda self: self.env.company.currency_id)
    # For whom
    channel_ids = fields.Many2many("ecom.channel", help="Empty: all, and orders of no channel.")
    country_ids = fields.Many2many("res.country", help="Where the goods were sent. Empty: everywhere.")
    country_group_id = fields.Many2one("res.country.group")
    partner_tag_ids = fields.Many2many("res.partner.category", string="Customer Tags")
    consumers_only = fields.Boolean(help="Customers without a tax number who are no company.")
    # May it come back?
    withdrawal = fields.Boolean(
        string="Right to Withdraw", help="By law: nobody approves it, no fee, and only the law's own exceptions."
    )
    window_days = fields.Integer(default=14, help="Days after the last parcel came. 0: without end.")
    travel_days = fields.Integer(
        default=7, help="How long a parcel is presumed to travel where nobody says when it came."
    )
    working_end = fields.Boolean(string="Ends on a Working Day")
    not_before = fields.Date(string="Never Ends Before", help="For Christmas: the end of January.")
    claim_days = fields.Integer(string="Days for Claims", help="0: without end.")
    approval = fields.Selection(
        [("auto", "By the Rules"), ("person", "Always a Person")], default="auto", required=True
    )
    auto_limit = fields.Monetary(help="What is worth more is looked at by a person. 0: no limit.")
    manager_limit = fields.Monetary(
        string="Four Eyes Above", help="What gives back more needs a channel manager who did not open it. 0: no limit."
    )
    returner_limit = fields.Integer(string="Flag After Returns a Year", help="0: never.")
    pattern_limit = fields.Integer(
        string="Flag After Worn or Missing Articles",
        default=2,
        help="So many articles of a customer came back worn though nothing was wrong with them, or were not in the "
        "parcel. 0: never.",
    )
    # What buyers may choose online
    offers_exchange = fields.Boolean(string="Another Article", default=True)
    offers_credit = fields.Boolean(string="Store Credit")
    offers_repair = fields.Boolean(string="Repair")
    # Money
    keep_below = fields.Monetary(help="What is worth less may stay with the buyer. 0: nothing may.")
    fee_kind = fields.Selection(
        [("none", "None"), ("fixed", "Amount"), ("percent", "Percent")], default="none", required=True
    )
    fee_value = fields.Float(digits=(16, 2))
    fee_treatment = fields.Selection(
        [("reduces", "Less Is Credited"), ("service", "A Service of Its Own")], default="reduces", required=True
    )
    fee_product_id = fields.Many2one("product.product", domain="[('type', '=', 'service')]", check_company=True)
    exchange_fee = fields.Boolean(string="Fee on Exchanges Too")
    advance_days = fields.Integer(
        string="Days for Goods Replaced in Advance",
        help="A replacement may leave before the goods are back; what is not here so many days later is charged. "
        "0: nothing leaves before.",
    )
    overdue_days = fields.Integer(
        string="Goods Are Overdue After",
        default=30,
        help="Days after the return was agreed to. Goods that are neither here nor on their way expire then. 0: never.",
    )
    shipping = fields.Selection(
        [
            ("none", "Not Given Back"),
            ("all", "With the Last Goods"),
            ("standard", "With the Last Goods, as Standard Delivery"),
            ("share", "In Proportion"),
        ],
        default="none",
        required=True,
    )
    standard_rate = fields.Monetary(string="Standard Delivery", help="The cheapest on offer, with tax.")

    _limits_positive = models.Constraint(
        "CHECK(window_days >= 0 AND claim_days >= 0 AND travel_days >= 0 AND fee_value >= 0"
        " AND advance_days >= 0 AND overdue_days >= 0)",
        "Days and fees are not below zero.",
    )

    def _find(self, order):
        """The first policy that fits the order; empty where none does."""
        for policy in self.sudo().search([("company_id", "in", (False, order.company_id.id))]):
            if policy._fits(order):
                return policy
        return self.browse()

    def _fits(self, order):
        country, buyer = order.partner_shipping_id.country_id, order.partner_id.commercial_partner_id
        return (
            (not self.channel_ids or order.ecom_channel_id in self.channel_ids)
            and (not self.country_ids or country in self.country_ids)
            and (not self.country_group_id or country in self.country_group_id.country_ids)
            and (not self.partner_tag_ids or bool(self.partner_tag_ids & buyer.category_id))
            and (not self.consumers_only or not (buyer.is_company or buyer.vat))
        )

    def _wishes(self, gift=False):
        """[(wish, name)] that a buyer may choose from. The money of a present goes to nobody but who paid it: whoever
        got it chooses among the rest, and at least another article."""
        offered = {
            "refund": not gift,
            "exchange": self.offers_exchange or not self or gift,
            "credit": self.offers_credit,
            "repair": self.offers_repair,
        }
        names = self.env["ecom.return"]._fields["wish"]._description_selection(self.env)
        return [(wish, name) for wish, name in names if offered[wish]]

    def _terms(self):
        """policy.eligibility.Terms; of no policy: a person decides."""
        if not self:
            return Terms(window=Window(days=None), auto=False)
        return Terms(
            window=Window(
                days=self.window_days or None, working_end=self.working_end, not_before=self.not_before or None
            ),
            claim_window=Window(days=self.claim_days or None),
            withdrawal=self.withdrawal,
            auto=self.approval == "auto",
            auto_limit=exact(self.auto_limit) if self.auto_limit else None,
            returner_limit=self.returner_limit,
            pattern_limit=self.pattern_limit,
        )

    def _fee(self):
        """policy.fees.Fee or None; never of a withdrawal."""
        if self.fee_kind in (False, "none") or self.withdrawal:
            return None
        return Fee(kind=self.fee_kind, value=exact(self.fee_value), treatment=self.fee_treatment)

    def _start(self, orders, zone):
        """The day on which the last parcel came, None while something is still to be delivered.

        Nobody says when parcels come: they are presumed to travel some days, for the buyer rather too many.
        """
        pickings = orders.sudo().picking_ids.filtered(
            lambda picking: picking.picking_type_code == "outgoing" and picking.state != "cancel"
        )
        moments = [
            picking.date_done.replace(tzinfo=timezone.utc) + timedelta(days=self.travel_days)
            if picking.date_done
            else None
            for picking in pickings
        ]
        return last_parcel(moments, zone)
