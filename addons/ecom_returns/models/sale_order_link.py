from datetime import timedelta, timezone

from odoo import fields, models
from odoo.tools import hash_sign, verify_hash_signed

from ..policy.window import is_open

SCOPE = "ecom_returns-open"
# How long a link works. What may still come back is decided by the policy, not by the link.
OWN_DAYS, GIFT_DAYS = 3, 400


class SaleOrder(models.Model):
    """Links with which somebody opens a return of one order without an account: signed, and kept nowhere."""

    _inherit = "sale.order"

    def _ecom_return_path(self, gift=False):
        """Where a return of this order is opened. `gift`: by who got it as a present, who sees neither price nor
        giver."""
        self.ensure_one()
        days = timedelta(days=GIFT_DAYS if gift else OWN_DAYS)
        return f"/returns/open/{hash_sign(self.env(su=True), SCOPE, [self.id, bool(gift)], expiration=days)}"

    def _ecom_return_url(self, gift=False):
        return f"{self.get_base_url()}{self._ecom_return_path(gift)}"

    def _ecom_of_return_link(self, link):
        """(order, whether it is a gift's link); an empty order for what we did not sign, or not lately."""
        try:
            found = verify_hash_signed(self.env(su=True), SCOPE, link)
        except (ValueError, IndexError):  # base64, bytes, json
            found = None
        if not found:
            return self.browse(), False
        order = self.sudo().browse(found[0]).exists()
        return order.filtered(lambda order: order.state == "sale"), found[1]

    def _ecom_was_delivered(self):
        return any(line.qty_delivered > 0 for line in self.order_line)

    def _ecom_may_be_withdrawn_from(self):
        """Whether its page shows the way to withdraw: as long as the law gives the right, and its time is not over."""
        policy = self.env["ecom.return.policy"].sudo()._find(self)
        if not policy.withdrawal:
            return False
        zone = self.partner_id.tz or self.company_id.partner_id.tz or "UTC"
        now = fields.Datetime.now().replace(tzinfo=timezone.utc)
        return is_open(policy._terms().window, policy._start(self, zone), now, zone)
