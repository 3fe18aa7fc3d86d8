import json

from odoo import api, fields, models
from odoo.tools import format_date

from ..rules.forecast.keep import bars

DEMAND = [("demand", "Demand")]


class EcomException(models.Model):
    _inherit = "ecom.exception"

    category = fields.Selection(selection_add=DEMAND, ondelete={"demand": "cascade"})
    demand_chart = fields.Text(compute="_compute_demand_chart", compute_sudo=True)

    @api.depends("category", "listing_id")
    @api.depends_context("lang")
    def _compute_demand_chart(self):
        """Units of the listing a week: half a year as it was, and what the forecast without the last weeks says."""
        notice, recall = self.env["ecom.flow.notice"], self.env["ecom.flow.recall"]
        for exception in self:
            listing = exception.listing_id
            if exception.category != "demand" or not listing:
                exception.demand_chart = False
                continue
            days = recall._sold(listing.channel_id, listing.ids).get(listing.id, [0.0] * 7)
            outlook = notice._outlook(listing, days)._replace(last=recall._yesterday(listing.company_id))
            values = [
                {
                    "label": format_date(self.env, bar.begins),
                    "value": round(bar.units, 1),
                    "type": "future" if bar.ahead else "past",
                }
                for bar in bars(recall._weeks_of(days), outlook)
            ]
            exception.demand_chart = json.dumps([{"key": self.env._("Sold a week"), "values": values}])


class EcomExceptionPolicy(models.Model):
    _inherit = "ecom.exception.policy"

    category = fields.Selection(selection_add=DEMAND, ondelete={"demand": "cascade"})
