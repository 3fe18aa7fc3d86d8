from odoo import models


class EcomFlowMeasure(models.AbstractModel):
    """Products -> free quantity, set-based."""

    _name = "ecom.flow.measure"
    _description = "E-commerce: measure"

    def _free(self, product_ids, warehouse_ids):
        """Returns {(product_id, warehouse_id): free quantity} in the products' units."""
        raise NotImplementedError
