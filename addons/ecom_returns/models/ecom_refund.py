from odoo import api, fields, models
from odoo.exceptions import UserError


class EcomRefund(models.Model):
    """A refund of the channel, and the goods it was for."""

    _inherit = "ecom.refund"

    return_line_ids = fields.One2many("ecom.return.line", "refund_id", string="Returned Goods")
    return_looked_at = fields.Boolean(index=True, help="Whether goods are owed for it was looked at.")

    def _open_returns(self, limit=200):
        """Look for what goods are owed for refunds that channels made, a batch at a time. Returns whether more wait."""
        domain = [("return_looked_at", "=", False), ("lines_wanted", "=", False), ("external_id", "!=", False)]
        due = self.search([*domain, ("state", "!=", "failed")], limit=limit, order="id")
        for refunds in due.grouped("company_id").values():
            if not refunds._try_to_open():
                # One of them: it must not keep the others waiting.
                for refund in refunds:
                    refund._try_to_open(is_last=True)
        due.return_looked_at = True
        return len(due) == limit

    def _try_to_open(self, is_last=False):
        """Whether it went well. Else nothing was changed, and at the `is_last` attempt a person hears why."""
        flow = self.env["ecom.flow.return.open"].with_company(self.company_id)
        try:
            with self.env.cr.savepoint():
                flow._open_refunded(self.with_company(self.company_id))
        except UserError as error:
            if is_last:
                self._tell_unopened(error)
            return False
        return True

    def _tell_unopened(self, error):
        self.env["ecom.exception"]._open(
            self.channel_id,
            category="order",
            severity="2",
            name=self.env._("The goods of refund %(refund)s are not expected", refund=self.external_id),
            detail=self.env._("Open a return by hand, if goods come back for it. %(error)s", error=error),
            dedupe_key=f"refund:{self.id}",
            order_id=self.order_id.id,
        )

    @api.model
    def _cron_open_returns(self):
        """One batch a run; the next one at once where more wait."""
        if self._open_returns():
            self.env.ref("ecom_returns.ir_cron_open_returns")._trigger()
