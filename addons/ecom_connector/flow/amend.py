from odoo import models

from .place import Outcome


class EcomFlowAmend(models.AbstractModel):
    """A newer version of an order that is here -> what may change without a person, else an exception."""

    _name = "ecom.flow.amend"
    _description = "E-commerce: amend"

    def _amend(self, channel, readings):
        placed = self.env["ecom.flow.place"]._placed(channel, [reading.external_id for reading in readings])
        return {r.message_id: Outcome(order_id=placed[r.external_id].id) for r in readings}
