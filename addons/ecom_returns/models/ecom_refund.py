from odoo import api, fields, models


class EcomRefund(models.Model):
    """A refund of the channel, and the goods it was for."""

    _inherit = "ecom.refund"

    return_line_ids = fields.One2many("ecom.return.line", "refund_id", string="Returned Goods")
    return_looked_at = fields.Boolean(index=True, help="Whether goods are owed for it was looked at.")

    def _open_returns(self, limit=200):
        """Look for what goods are owed for refunds that channels made, a batch at a time. Returns whether more wait."""
        domain = [("return_looked_at", "=", False), ("lines_wanted", "=", False), ("external_id", "!=", False)]
        due = self.search([*domain, ("state", "!=", "failed")], limit=limit, order="id")
        for company, refunds in due.grouped("company_id").items():
            self.env["ecom.flow.return.open"].with_company(company)._open_refunded(refunds)
        due.return_looked_at = True
        return len(due) == limit

    @api.model
    def _cron_open_returns(self):
        """One batch a run; the next one at once where more wait."""
        if self._open_returns():
            self.env.ref("ecom_returns.ir_cron_open_returns")._trigger()
