"""What one batch of orders needs to know, looked up once for all of them."""

from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from ..channels.records import Line, Order
from ..rules.amounts import Amounts, amounts
from ..rules.bundles import unfold
from ..rules.content import content


@dataclass(slots=True)
class Contacts:
    """Ids of the contacts of one order."""

    customer: int
    bill_to: int
    ship_to: int


@dataclass(slots=True)
class Batch:
    """`orders` by their external ids. The steps of the road fill in the rest, each one query a kind.

    listings    {variant id: ecom.listing}, matched or not
    products    {SKU or barcode: product.product} for lines without a variant id
    taxes       {code: account.tax}
    payments    {payment method: ecom.payment.map}
    sites       {site of the channel: ecom.channel.site}
    deliveries  {shipping method: delivery.carrier}
    warehouses  {location of the channel: stock.warehouse}; `home` serves all other orders
    currencies  {ISO code: res.currency}, active ones
    services    {kind of line: product.product}
    contacts    {order external id: Contacts}
    types       {order external id: kinds of order it is}
    order_tags  {tag of an order: crm.tag}
    buyer_tags  {tag of a customer: res.partner.category}
    coupons     {key of a code: ecom.coupon}
    stated      {order external id: the order as it came} of those whose bundles were unfolded
    """

    channel: Any
    orders: dict[str, Order]
    listings: dict[str, Any] = field(default_factory=dict)
    products: dict[str, Any] = field(default_factory=dict)
    taxes: dict[str, Any] = field(default_factory=dict)
    payments: dict[str, Any] = field(default_factory=dict)
    deliveries: dict[str, Any] = field(default_factory=dict)
    warehouses: dict[str, Any] = field(default_factory=dict)
    home: Any = None
    currencies: dict[str, Any] = field(default_factory=dict)
    sites: dict[str, Any] = field(default_factory=dict)
    services: dict[str, Any] = field(default_factory=dict)
    contacts: dict[str, Contacts] = field(default_factory=dict)
    types: dict[str, frozenset[str]] = field(default_factory=dict)
    order_tags: dict[str, Any] = field(default_factory=dict)
    buyer_tags: dict[str, Any] = field(default_factory=dict)
    coupons: dict[str, Any] = field(default_factory=dict)
    stated: dict[str, Order] = field(default_factory=dict)
    _amounts: dict[str, Amounts] = field(default_factory=dict)

    def amounts(self, order: Order) -> Amounts:
        """Needs the order's currency to be known."""
        if order.external_id not in self._amounts:
            digits = self.currencies[order.currency].decimal_places
            self._amounts[order.external_id] = amounts(order, digits)
        return self._amounts[order.external_id]

    def content(self, order: Order) -> str:
        """The fingerprint of what the channel states, whatever was made of it here."""
        return content(self.stated.get(order.external_id, order))

    def unfold_bundles(self) -> None:
        """Once the products are known: kits stay one line, other bundles become their parts."""
        for external_id, order in self.orders.items():
            unfolded = unfold(order, is_known=lambda line: self.product(line) is not None)
            if unfolded is not order:
                self.stated[external_id], self.orders[external_id] = order, unfolded

    def listing(self, line: Line):
        return self.listings.get(line.variant_id) if line.variant_id else None

    def product(self, line: Line):
        """The product behind a line that sells goods, or None while nobody knows it."""
        listing = self.listing(line)
        if listing is not None:
            return listing.product_id if listing.state == "matched" and listing.product_id else None
        return self.products.get(line.sku) or self.products.get(line.barcode)


def naive(moment: datetime | None):
    """An aware moment of a channel, as Odoo's fields want it: naive UTC; False for none."""
    return moment.astimezone(timezone.utc).replace(tzinfo=None) if moment else False
