from odoo import api, fields, models
from odoo.addons.ecom_returns.policy.states import HERE


class EcomReturnLine(models.Model):
    _inherit = "ecom.return.line"

    repair_ids = fields.One2many("repair.order", "ecom_return_line_id", string="Repairs", readonly=True)

    @api.model
    def _selection_disposition(self):
        found = super()._selection_disposition()
        return [*found[:3], ("repair", self.env._("Repair")), *found[3:]]

    @api.depends("return_id.wish")
    def _compute_wanted(self):
        """What the customer asked for is proposed, whatever the grade says."""
        result = super()._compute_wanted()
        self.filtered(lambda line: line.grade and line.return_id.wish == "repair").wanted = "repair"
        return result

    @api.depends("disposition")
    def _compute_disagreement(self):
        """Goods that are repaired are still to be sent back."""
        result = super()._compute_disagreement()
        self.filtered(lambda line: line.disposition == "repair" and line.goods in HERE).disagreement = "undecided_goods"
        return result
