from dataclasses import replace
from decimal import Decimal

from odoo import models


class EcomFlowPlan(models.AbstractModel):
    """One line that is about several orders: each gets its share."""

    _inherit = "ecom.flow.plan"

    def _parts(self, settlement, maps):
        parts = super()._parts(settlement, maps)
        # Of a hundred thousand lines a few are shared: asked from that side.
        shares = self.env["ecom.settlement.share"].search([("line_id.settlement_id", "=", settlement.id)])
        for record in shares.line_id:
            amount, first = Decimal(str(record.amount)), record.order_id.id
            place = next((i for i, part in enumerate(parts) if (part.order, part.amount) == (first, amount)), None)
            if place is not None:
                parts[place : place + 1] = self._shares(record, parts[place])
        return parts

    @staticmethod
    def _shares(record, part):
        return [replace(part, order=share.order_id.id, amount=Decimal(str(share.amount))) for share in record.share_ids]
