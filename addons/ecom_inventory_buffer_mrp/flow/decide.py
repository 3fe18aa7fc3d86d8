from odoo import models


class EcomFlowDecide(models.AbstractModel):
    _inherit = "ecom.flow.decide"

    def _spread(self, changed_at):
        """What moves a component concerns every kit it is in; what is promised of a kit, all that share a component
        with it."""
        changed_at = super()._spread(changed_at)
        explode = self.env["ecom.flow.explode"]
        parts = explode._descendants(changed_at)
        first = min(changed_at.values())
        return {product_id: changed_at.get(product_id, first) for product_id in explode._ancestors(parts)}
