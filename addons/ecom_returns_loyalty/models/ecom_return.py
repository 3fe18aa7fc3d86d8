from odoo import models


class EcomReturn(models.Model):
    _inherit = "ecom.return"

    def _approve(self):
        """Whoever asked for credit instead of money agreed to it."""
        result = super()._approve()
        if self.wish == "credit" and self.policy_id.wallet_id:
            lines = self.sudo().line_ids.filtered(lambda line: line.resolution == "refund")
            lines.resolution = "store_credit"
        return result
