"""Coupons of the channel -> ecom.coupon: from the codes on orders, and read there with what they stand for."""

from datetime import timedelta

from odoo import fields, models

from ..channels.records import Page
from .batch import naive
from .errand import END, PageQuestion

READ_EVERY = timedelta(days=1)


class EcomFlowWork(models.AbstractModel):
    _inherit = "ecom.flow.work"

    def _slice_coupons(self, task):
        return self._errand(task, "ecom.flow.clip", every=READ_EVERY)


class EcomFlowClip(models.AbstractModel):
    _name = "ecom.flow.clip"
    _description = "E-commerce: coupons"

    # ------------------------------------------------------------------ reading
    def _question(self, channel):
        """None where all pages were read, or nothing is to be read."""
        noun, cursor = channel._adapter().noun("coupons"), self._cursor(channel)
        if noun is None or not channel.read_coupons or cursor.position == END:
            cursor.position = False
            return None
        if not cursor.position:
            cursor.seen_until = fields.Datetime.now()
        return PageQuestion(client=channel._connect(), noun=noun, token=cursor.position or "")

    def _ask(self, question):
        """The outward call. Returns a Page of Coupon."""
        return question.noun.fetch_coupons(question.client, question.token)

    def _store(self, channel, question, page: Page):
        """Only what differs is written. Once all pages were read, a code that was on none of them is gone."""
        cursor, coupons = self._cursor(channel), self.env["ecom.coupon"].with_context(active_test=False)
        found = {coupons._key_of(coupon.code): coupon for coupon in page.items}
        known = coupons.search([("channel_id", "=", channel.id), ("key", "in", list(found))])
        for coupon in known:
            coupon._write_differing(self._prepare_coupon(found.pop(coupon.key)))
        coupons.create([{"channel_id": channel.id, **self._prepare_coupon(coupon)} for coupon in found.values()])
        known.seen_at = fields.Datetime.now()
        if not page.next and cursor.seen_until:
            self._retire(channel, cursor.seen_until)
        cursor.position = page.next or END

    def _retire(self, channel, began):
        """One that an order named and the channel never listed (a plug-in's) is left as it is."""
        self.env["ecom.coupon"].search(
            [("channel_id", "=", channel.id), ("external_id", "!=", False), ("seen_at", "<", began)]
        ).active = False

    @staticmethod
    def _prepare_coupon(coupon):
        """Values that the channel owns. A hook."""
        return {
            "code": coupon.code,
            "external_id": coupon.external_id,
            "name": coupon.name or False,
            "kind": coupon.kind,
            "amount": float(coupon.amount),
            "expires_at": naive(coupon.expires_at),
            "active": coupon.active,
        }

    def _cursor(self, channel):
        return channel._cursors("coupons")

    # ---------------------------------------------------------------- on orders
    def _map_coupons(self, batch):
        """Codes that nobody has seen yet are listed, like other words of the channel."""
        coupons = self.env["ecom.coupon"].with_context(active_test=False)
        codes = {
            coupons._key_of(code): code for order in batch.orders.values() for code in order.coupons if code.strip()
        }
        if not codes:
            return
        known = coupons.search([("channel_id", "=", batch.channel.id), ("key", "in", list(codes))])
        batch.coupons = {coupon.key: coupon for coupon in known}
        new = [
            {"channel_id": batch.channel.id, "code": code} for key, code in codes.items() if key not in batch.coupons
        ]
        if new:
            batch.coupons.update((coupon.key, coupon) for coupon in coupons.create(new))

    def _prepare_order_values(self, batch, order):
        """The codes of an order, and the campaign that one of them belongs to."""
        if not batch.coupons or not order.coupons:
            return {}
        key_of = self.env["ecom.coupon"]._key_of
        found = self.env["ecom.coupon"].concat(*(batch.coupons[key_of(code)] for code in order.coupons if code.strip()))
        campaign = found.campaign_id[:1]
        return {
            "ecom_coupon_ids": [fields.Command.set(found.ids)],
            **({"campaign_id": campaign.id} if campaign else {}),
        }
