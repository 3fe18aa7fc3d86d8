from odoo import models


class EcomFlowCheck(models.AbstractModel):
    """Order + mappings -> list of problems. Writes nothing."""

    _name = "ecom.flow.check"
    _description = "E-commerce: check"

    def _problems(self, channel, orders):
        """Returns {order external id: [Problem(category, severity, name, detail, dedupe_key)]}."""
        raise NotImplementedError
