"""The points at which a power cut hurts most. The add-ons themselves know nothing of them."""

from odoo import models
from odoo.http import request

from ..death import visit


class Receive(models.AbstractModel):
    _inherit = "ecom.flow.receive"

    def _store(self, channel, items, topic="orders"):
        stored = super()._store(channel, items, topic)
        if request:
            # Odoo answers a webhook after the commit: nothing stands between the two but this.
            self.env.cr.postcommit.add(lambda: visit("message stored, not answered"))
        return stored


class Place(models.AbstractModel):
    _inherit = "ecom.flow.place"

    def _settle(self, channel, readings):
        result = super()._settle(channel, readings)
        visit("placed, not committed")
        return result


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_confirm(self):
        """Orders, lines and contacts of the batch are written, nothing is reserved yet."""
        if self.env.context.get("ecom_flow"):
            visit("middle of a batch")
        return super().action_confirm()


class Publish(models.AbstractModel):
    _inherit = "ecom.flow.publish"

    def _call(self, batch):
        visit("intent committed, stock not called")
        answer = super()._call(batch)
        visit("stock applied, unanswered")
        return answer


class Send(models.AbstractModel):
    _inherit = "ecom.flow.send"

    def _call(self, call):
        visit("intent committed, parcel not told")
        answer = super()._call(call)
        visit("parcel told, unanswered")
        return answer
