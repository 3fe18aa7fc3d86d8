import base64

from reportlab.graphics.utils import RenderPMError

from odoo import api, models
from odoo.exceptions import AccessError, UserError


class EcomReturn(models.Model):
    """Labels with which goods come back, where the carrier that brought them makes some."""

    _inherit = "ecom.return"

    def _get_report_base_filename(self):
        """What Odoo's portal calls a downloaded report."""
        return self.env._("Return %(number)s", number=self.name)

    def _awaited_transfers(self):
        transfers = self.sudo().line_ids.move_ids.picking_id
        return transfers.filtered(lambda picking: picking.state not in ("done", "cancel"))

    def _labels(self):
        """Attachments, the newest first."""
        return self._awaited_transfers().return_label_ids.sorted("id", reverse=True)

    @api.model
    def _draw_barcode(self, symbology, value, width, height):
        """A picture for `src`, "" where this machine cannot draw any: a slip with its number in letters is better than
        none."""
        try:
            drawn = self.env["ir.actions.report"].barcode(symbology, value, width=width, height=height)
        except (ValueError, RenderPMError):
            return ""
        return f"data:image/png;base64,{base64.b64encode(drawn).decode()}"

    def action_print_slip(self):
        self.check_access("read")
        return self.env.ref("ecom_returns.ecom_return_slip_action").report_action(self)

    def action_get_label(self):
        """Have the carrier of the delivery make a label for the way back."""
        if not self.env.user.has_group("ecom_connector.ecom_connector_group_operator"):
            raise AccessError(self.env._("Only operators may order labels."))
        self.check_access("write")
        for picking in self._awaited_transfers():
            carrier = picking.move_ids.origin_returned_move_id.picking_id.carrier_id[:1]
            if not carrier.can_generate_return:
                raise UserError(
                    self.env._(
                        "%(carrier)s makes no labels for returns. Print the return slip, or send a label of your own.",
                        carrier=carrier.name or self.env._("This delivery has no carrier: it"),
                    )
                )
            picking.carrier_id = carrier
            picking.print_return_label()
