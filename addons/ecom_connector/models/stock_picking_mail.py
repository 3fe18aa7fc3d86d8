from odoo import models


class StockPicking(models.Model):
    """The company's "your order has left", by mail or text message, is not for buyers whose channel forbids it, or
    sends its own."""

    _inherit = "stock.picking"

    def _may_tell_buyer(self):
        """Those whose buyer may hear from Odoo."""
        if self.env.context.get("ecom_elsewhere"):
            return self.browse()
        return self.filtered(lambda picking: not picking.ecom_channel_id or picking.ecom_channel_id.sudo().mail_buyer)

    def button_validate(self):
        """Nobody is asked about a text message that is not sent (`stock_sms` reads the context)."""
        if self and not self._may_tell_buyer():
            self = self.with_context(skip_sms=True)
        return super().button_validate()

    def message_post_with_source(self, source_ref, **kwargs):
        # Not `_send_confirmation_email`: that one also hands the parcel to its carrier.
        if not isinstance(source_ref, str) and source_ref == self.company_id.stock_mail_confirmation_template_id:
            self = self._may_tell_buyer()
            if not self:
                return self.env["mail.message"]
        return super().message_post_with_source(source_ref, **kwargs)

    def _message_sms_with_template(self, *args, **kwargs):
        """Called by `stock_sms`, and there only, where `sms` has put it on every record with a chatter."""
        allowed = self._may_tell_buyer()
        return super(StockPicking, allowed)._message_sms_with_template(*args, **kwargs) if allowed else None
