from odoo import models


class StockPicking(models.Model):
    """The company's "your order has left" mail is not for buyers whose channel forbids mail, or sends its own."""

    _inherit = "stock.picking"

    def message_post_with_source(self, source_ref, **kwargs):
        # Not `_send_confirmation_email`: that one also hands the parcel to its carrier.
        if not isinstance(source_ref, str) and source_ref == self.company_id.stock_mail_confirmation_template_id:
            self = self.filtered(lambda picking: not picking.ecom_channel_id or picking.ecom_channel_id.sudo().mail_buyer)
            if not self:
                return self.env["mail.message"]
        return super().message_post_with_source(source_ref, **kwargs)
