from odoo import models


class EcomFlowDecide(models.AbstractModel):
    """Stock changes -> what each listing may show. The buffer add-on fills this seam."""

    _name = "ecom.flow.decide"
    _description = "E-commerce: decide"

    def _decide_changes(self, limit):
        """Consume up to `limit` stock changes and decide the levels of their listings. Returns how many were read."""
        raise NotImplementedError

    def _decide(self, levels):
        """Decide these levels now."""
        raise NotImplementedError
