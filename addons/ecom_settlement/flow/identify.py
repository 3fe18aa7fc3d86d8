from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from odoo import models

from ..matching.known import Sold
from ..matching.line import ORDER
from ..matching.rules.by_goods import LATEST


class EcomFlowIdentify(models.AbstractModel):
    """What lines say beside names of orders and payments -> the orders that have it; one query a kind, where any says
    so."""

    _name = "ecom.flow.identify"
    _description = "E-commerce: identify"

    def _known(self, channels, lines):
        """{"lines", "parcels", "goods"} of `Known`."""
        return {
            "lines": self._by_line(channels, {line.line for line in lines} - {""}),
            "parcels": self._by_parcel(channels, {line.parcel for line in lines} - {""}),
            "goods": self._by_goods(channels, [line for line in lines if self._is_bare(line)]),
        }

    def _by_line(self, channels, values):
        if not values:
            return {}
        domain = [("order_id.ecom_channel_id", "in", channels.ids), ("ecom_external_id", "in", list(values))]
        found = self.env["sale.order.line"].search_fetch(domain, ["ecom_external_id", "order_id"])
        return self._grouped((line.ecom_external_id, line.order_id.id) for line in found)

    def _by_parcel(self, channels, values):
        if not values:
            return {}
        domain = [("channel_id", "in", channels.ids), ("external_id", "in", list(values))]
        found = self.env["ecom.shipment"].search_fetch(domain, ["external_id", "order_id"])
        return self._grouped((parcel.external_id, parcel.order_id.id) for parcel in found)

    @staticmethod
    def _grouped(pairs):
        found = defaultdict(set)
        for value, order in pairs:
            found[value].add(order)
        return {value: frozenset(orders) for value, orders in found.items()}

    # ------------------------------------------------------------------- goods
    @staticmethod
    def _is_bare(line):
        """Buyers' money of goods whose order nobody names."""
        named = line.order or line.name or line.payment or line.refund
        return line.family in ORDER and line.sku and line.amount and line.day and not named

    def _by_goods(self, channels, lines):
        """{SKU: lines of orders} of the days in question."""
        if not lines:
            return {}
        days, skus = [line.day for line in lines], list({line.sku for line in lines})
        found = self.env["sale.order.line"].search(
            [
                ("order_id.ecom_channel_id", "in", channels.ids),
                ("order_id.state", "!=", "cancel"),
                ("order_id.date_order", ">=", min(days) - timedelta(days=LATEST + 1)),
                ("order_id.date_order", "<=", max(days) + timedelta(days=2)),
                "|",
                ("ecom_listing_id.sku", "in", skus),
                ("product_id.default_code", "in", skus),
            ]
        )
        goods = defaultdict(list)
        for line in found:
            for sku in {line.ecom_listing_id.sku, line.product_id.default_code} & set(skus):
                goods[sku].append(self._sold(line))
        return {sku: tuple(sold) for sku, sold in goods.items()}

    @staticmethod
    def _sold(line):
        digits = Decimal(1).scaleb(-line.currency_id.decimal_places)
        amounts = (Decimal(str(amount)).quantize(digits) for amount in (line.price_subtotal, line.price_total))
        return Sold(
            order=line.order_id.id,
            quantity=Decimal(str(line.product_uom_qty)),
            amounts=frozenset(amounts),
            day=line.order_id.date_order.date(),
        )
