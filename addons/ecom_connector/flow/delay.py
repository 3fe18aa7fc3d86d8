from odoo import fields, models

from ..channels import CHANNELS


class EcomFlowDelay(models.AbstractModel):
    """What leaves later than promised -> a word to the channel and to the buyer, where the channel's policy says so.

    The channel is told where its folder takes notes; it passes them on to the buyer where it is to inform him. Odoo
    writes itself only where that is allowed at all.
    """

    _name = "ecom.flow.delay"
    _description = "E-commerce: delays"

    def _tell_backorders(self, pickings):
        """`pickings`: back orders just made of transfers to buyers."""
        for picking in pickings.sudo().filtered(lambda picking: picking._ecom_leaves()):
            order = picking.sale_id
            if order.ecom_channel_id.tell_delays:
                self._tell(order, self._in_words_of_buyer(order)._backorder_words(picking), f"backorder:{picking.id}")

    def _tell_later(self, order, before):
        """`before`: the moment promised so far; the order now leaves later."""
        if order.ecom_channel_id.tell_delays and order.state == "sale":
            words = self._in_words_of_buyer(order)._later_words(order)
            self._tell(order, words, f"later:{order.id}:{fields.Datetime.to_string(order.ecom_ship_by)}")

    def _in_words_of_buyer(self, order):
        return self.with_context(lang=order.partner_id.lang or self.env.lang)

    # ------------------------------------------------------------------- words
    def _backorder_words(self, picking):
        """A hook."""
        rest = ", ".join(f"{move.product_uom_qty:g} × {move.sale_line_id.name}" for move in picking.move_ids)
        return self.env._(
            "A part of your order %(number)s is on its way. The rest follows as soon as we have it: %(rest)s.",
            number=picking.sale_id.ecom_number or picking.sale_id.name,
            rest=rest,
        )

    def _later_words(self, order):
        """A hook."""
        return self.env._(
            "Your order %(number)s leaves later than we said: by %(day)s.",
            number=order.ecom_number or order.name,
            day=fields.Datetime.context_timestamp(order, order.ecom_ship_by).date().isoformat(),
        )

    # ----------------------------------------------------------------- telling
    def _tell(self, order, words, key):
        channel = order.ecom_channel_id
        if channel.code in CHANNELS and hasattr(channel._adapter().noun("orders"), "send_note"):
            self._tell_channel(order, words, key)
        if channel.mail_buyer and channel.mode == "live":
            order.with_context(mail_notify_force_send=False).message_post(
                body=words, partner_ids=order.partner_id.ids, subtype_xmlid="mail.mt_comment"
            )

    def _tell_channel(self, order, words, key):
        """Once for each delay, whoever writes it down again."""
        messages = self.env["ecom.message"]
        values = {"channel_id": order.ecom_channel_id.id, "direction": "out", "event_key": key}
        if messages.search_count([(name, "=", value) for name, value in values.items()], limit=1):
            return
        messages.create(
            {
                **values,
                **self.env["ecom.flow.withdraw"]._withheld(order),
                "topic": "notes",
                "external_id": order.ecom_external_id,
                "order_id": order.id,
                "note": words,
            }
        )
        self.env["ecom.flow.run"]._wake()
