from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError

from .place import QUIET


class EcomFlowRelease(models.AbstractModel):
    """A person lets held orders go: who, when and why stands on the order and on the exception. Where policy asks for
    two people, the first one's word counts only with a second one's."""

    _name = "ecom.flow.release"
    _description = "E-commerce: release"

    def _release(self, holds, reason):
        """`holds`: open ones, which the user may release. Orders without any other hold go on at once."""
        for hold in holds:
            hold._check_may_release()
        first = holds.filtered(lambda hold: hold._needs_second_person())
        first.sudo().write(
            {"approved_by": self.env.uid, "approved_at": fields.Datetime.now(), "approved_reason": reason}
        )
        self._log(first, self.env._("Approved, and waits for a second person"), reason)
        rest = holds - first
        for hold in rest.sudo():
            hold.released_marks = hold.check_marks
        rest._close("solved", reason)
        self._log(rest, self.env._("Released"), reason)
        self._go_on(rest.order_id)
        return rest

    def _log(self, holds, what, reason):
        for hold in holds:
            body = Markup("%s: %s<br/>%s") % (what, hold.name, self.env._("Reason: %(reason)s", reason=reason))
            hold.sudo().message_post(body=body, subtype_xmlid="mail.mt_note")
            hold.order_id.sudo().message_post(body=body, subtype_xmlid="mail.mt_note")

    def _go_on(self, orders):
        """Confirm what nothing holds any more, as if it came in now."""
        for channel, found in orders.sudo().grouped("ecom_channel_id").items():
            place = self.env["ecom.flow.place"].sudo().with_company(channel.company_id).with_context(**QUIET)
            free = found.filtered(lambda order: order.state in ("draft", "sent") and not order.ecom_held)
            if free:
                self._check_lines(free)
                place._confirm(
                    channel.with_env(place.env), {o.ecom_external_id: o.with_env(place.env) for o in free}, set()
                )

    def _check_lines(self, orders):
        for order in orders:
            if not order.order_line:
                raise UserError(self.env._("%(order)s has no lines.", order=order.name))
