from random import Random

from odoo import models

from ..channels.demo.shop import crooks, people
from ..channels.demo.shop.sales import Wish

NEVER_PAYS = "never.pays@example.com"


class EcomDemo(models.AbstractModel):
    """Orders that a check holds or tells of, among the many that flow untouched."""

    _inherit = "ecom.demo"

    def _connect_shop(self, company, shop):
        channel = super()._connect_shop(company, shop)
        if "odd" in shop:
            self._block(company)
            # Money is at stake: two people look.
            channel.check_policy_ids.filtered(lambda policy: policy.rule == "channel_risk").second_person = True
        return channel

    def _block(self, company):
        self.env["ecom.block.entry"].create(
            {
                "company_id": company.id,
                "kind": "email",
                "value": NEVER_PAYS,
                "reason": "Two orders by invoice were never paid",
            }
        )

    def _place_odd_orders(self, shop):
        """A stolen card, a buyer on the block list, the same order twice, an address without a street."""
        shop.advance()
        item = next(item for item in shop.items() if item.name == "Camping lantern")
        chance, profile = Random("odd orders"), shop.profile
        known = [people.regular(shop.seed, number, profile.country, profile.habits) for number in range(4)]
        wish = crooks.stolen(Wish(items=((item.id, 3),), person=known[0]), chance, profile)
        risk = {**wish.risk, "level": "high"}
        shop.place_order(wish.items, person=wish.person, risk=risk)
        blocked = {**known[1], "buyer": {**known[1]["buyer"], "email": NEVER_PAYS}}
        shop.place_order([(item.id, 1)], person=blocked)
        for _click in range(2):
            shop.place_order([(item.id, 2)], person=known[2])
        nowhere = {**known[3]["ship_to"], "street": "", "postcode": "?"}
        shop.place_order([(item.id, 1)], person={**known[3], "ship_to": nowhere})
