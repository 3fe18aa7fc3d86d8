"""What the law lets a buyer ask for, passed on by the channel: what is kept of him, and that it be erased."""

from odoo import models

# The law gives a month; a week less is left for whoever has to find everything.
HOURS = 23 * 24


class EcomFlowNormalise(models.AbstractModel):
    _inherit = "ecom.flow.normalise"

    def _read_privacy(self, channel, messages):
        """A person decides what the books have to keep. What no book needs, the raw contents of the buyer's orders, is
        erased at once where he asks for that."""
        troubles = []
        for message in messages:
            kind, _colon, buyer_id = (message.external_id or "").partition(":")
            buyer = self._buyer_told_of(channel, buyer_id)
            if kind in ("erasure", "closing"):
                self._erase_contents(channel, buyer if kind == "erasure" else None)
            troubles.append(self._privacy_trouble(channel, message, kind, buyer))
        self.env["ecom.exception"]._open_many(channel, troubles)
        messages._done()
        return []

    def _buyer_told_of(self, channel, buyer_id):
        domain = [("channel_id", "=", channel.id), ("external_id", "=", buyer_id)]
        return self.env["ecom.buyer"].search(domain, limit=1) if buyer_id else self.env["ecom.buyer"]

    def _erase_contents(self, channel, buyer):
        """Of one buyer's orders, or None: of all. What waits to be worked on is kept until that is done."""
        domain = [("message_id.channel_id", "=", channel.id), ("message_id.state", "!=", "waiting")]
        if buyer is not None:
            family = self.env["res.partner"].search([("id", "child_of", buyer.partner_id.commercial_partner_id.id)])
            orders = self.env["sale.order"].search(
                [("ecom_channel_id", "=", channel.id), ("partner_id", "in", family.ids if buyer else [])]
            )
            domain.append(("message_id.external_id", "in", orders.mapped("ecom_external_id")))
        self.env["ecom.payload"].sudo().search(domain).unlink()

    def _privacy_trouble(self, channel, message, kind, buyer):
        who = buyer.partner_id.display_name or self.env._("a buyer who is not known here")
        names = {
            "access": self.env._("%(who)s asks what you keep of him", who=who),
            "erasure": self.env._("%(who)s asks to be erased", who=who),
            "closing": self.env._("%(channel)s wants all its buyers erased", channel=channel.name),
        }
        details = {
            "access": self.env._("Send him, within a month, what stands on his contact and his orders."),
            "erasure": self.env._(
                "The raw contents of his orders are erased. Archive or empty the contact within a month; what the "
                "books have to keep stays on invoices."
            ),
            "closing": self.env._(
                "The app was removed from the shop. The raw contents of all orders are erased. Archive the contacts "
                "that nobody needs any more within a month."
            ),
        }
        return {
            "category": "deadline",
            "severity": "2",
            "name": names.get(kind, names["access"]),
            "detail": details.get(kind, details["access"]),
            "dedupe_key": f"privacy:{message.external_id}",
            "terms": (HOURS, channel.responsible_id),
        }
