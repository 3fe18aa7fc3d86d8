from odoo import models

from ..matching.match import uncancelled

# Orders named in the message; the others are counted.
MOST_NAMED = 10


class EcomFlowBook(models.AbstractModel):
    """Tax that a marketplace collects and pays on must come to nothing, order by order; a person hears where it does
    not."""

    _inherit = "ecom.flow.book"

    def _tell_unclear(self, settlement):
        super()._tell_unclear(settlement)
        taxes = settlement.line_ids.filtered(lambda line: line.family in ("tax", "remitted_tax"))
        left = uncancelled(self.env["ecom.flow.explain"]._lines(settlement, taxes))
        key = f"settlement:{settlement.external_id}:tax"
        if not left:
            self.env["ecom.exception"]._solve(settlement.channel_id, {key})
            return
        total = settlement.currency_id.format(float(sum(left.values())))
        self.env["ecom.flow.read"]._tell(
            settlement,
            key,
            self.env._("Tax of the marketplace in the payout %(number)s is not zero", number=settlement.external_id),
            self.env._(
                "What it collected and what it paid on differ by %(total)s in %(count)s orders: %(orders)s.",
                total=total,
                count=len(left),
                orders=", ".join(f"{order or '-'} {rest}" for order, rest in list(left.items())[:MOST_NAMED]),
            ),
        )
