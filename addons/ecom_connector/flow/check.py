from dataclasses import dataclass

from odoo import models

from .batch import naive

PAID = ("paid", "refunded")
AUTHORIZED = ("authorized", "partial", *PAID)
OPEN = ("open", "partial")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with an order, in a merchant's words.

    effect      "refuse": the order cannot be made here yet; "hold": it is made, but stays a quotation; "warn": it goes
                on, and somebody looks at it
    dedupe_key  set where many orders can have the very same trouble: it opens one exception for all of them
    """

    category: str
    name: str
    detail: str = ""
    severity: str = "1"
    dedupe_key: str = ""
    effect: str = "refuse"


class EcomFlowCheck(models.AbstractModel):
    """Order + mappings -> list of problems: what keeps an order from being made here. Writes nothing.

    What is odd about an order that can be made is for `ecom.flow.judge`.
    """

    _name = "ecom.flow.check"
    _description = "E-commerce: check"

    # ---------------------------------------------------------------- policies
    def _reason_to_wait(self, channel, order, wanted=False):
        """Why the channel's policy keeps this order outside for now; a later version of it may come in. Else None.

        `wanted`: a person asked for it by number or date, so that its age does not matter.
        """
        if order.status == "cancelled":
            return self.env._("Cancelled on the channel before it came here.")
        if order.test and channel.test_orders == "ignore":
            return self.env._("A test order.")
        if order.status == "pending":
            return self.env._("Not ready on the channel: it waits for the buyer's payment.")
        if channel.import_when == "paid" and order.payment not in PAID:
            return self.env._("Not paid yet.")
        if channel.import_when == "authorized" and order.payment not in AUTHORIZED:
            return self.env._("The payment is not authorised yet.")
        return None if wanted else self._reason_of_age(channel, order)

    def _reason_of_age(self, channel, order):
        if not channel.go_live or naive(order.created_at) >= channel.go_live:
            return None
        if not channel.open_orders_only:
            return self.env._("Placed before this channel went live.")
        if order.fulfilment not in OPEN:
            return self.env._("Placed before this channel went live, and shipped already.")
        return None

    # ---------------------------------------------------------------- problems
    def _problems(self, batch):
        """{order external id: [Problem]} of the orders that have any."""
        found = {}
        for external_id, order in batch.orders.items():
            problems = [problem for rule in self._rules() for problem in rule(batch, order)]
            if problems:
                found[external_id] = problems
        return found

    def _rules(self):
        """The rules in the order in which a person reads their findings; a hook."""
        return [
            self._unknown_currency,
            self._nothing_ordered,
            self._odd_quantities,
            self._unknown_products,
            self._unknown_taxes,
        ]

    def _unknown_currency(self, batch, order):
        if order.currency not in batch.currencies:
            yield Problem(
                category="mapping",
                name=self.env._("The currency %(code)s is not active here", code=order.currency),
                detail=self.env._("Activate the currency and its rate, then retry."),
                dedupe_key=f"currency:{order.currency}",
            )

    def _nothing_ordered(self, batch, order):
        if not order.lines:
            yield Problem(category="order", name=self.env._("The order has no lines"))

    def _odd_quantities(self, batch, order):
        for line in order.lines:
            if line.quantity < 0 or (not line.quantity and line.total):
                yield Problem(
                    category="order",
                    name=self.env._("%(item)s: an amount without a quantity", item=line.name or line.sku),
                    detail=self.env._("Look at the order on the channel; its lines do not make sense."),
                )

    def _unknown_products(self, batch, order):
        for line in order.lines:
            if line.kind != "product" or batch.product(line):
                continue
            listing = batch.listing(line)
            yield Problem(
                category="product",
                severity="2",
                effect="hold" if batch.channel.unknown_products == "placeholder" else "refuse",
                name=self.env._(
                    "No product here for %(item)s (SKU %(sku)s)", item=line.name or line.variant_id, sku=line.sku or "-"
                ),
                detail=self._advice(line, listing),
                dedupe_key=f"listing:{line.variant_id}" if listing is not None else "",
            )

    def _advice(self, line, listing):
        if listing is not None and listing.state == "ambiguous":
            return self.env._("Several products carry this SKU. Choose one on the listing, then retry.")
        if listing is not None and listing.state == "ignored":
            return self.env._("The listing is marked as not ours. Match it with a product, then retry.")
        if listing is not None:
            return self.env._("Match the listing with a product, then retry.")
        if line.sku or line.barcode:
            return self.env._("The channel names no item any more. Give a product this SKU or barcode, then retry.")
        return self.env._(
            "The item was deleted on the channel, and nothing says which product it was. Enter this order by hand and "
            "ignore the message, with the number of your order as the reason."
        )

    def _unknown_taxes(self, batch, order):
        stated = {tax.code: tax for line in order.lines for tax in line.taxes if not tax.remitted}
        for code, tax in stated.items():
            if code not in batch.taxes:
                yield Problem(
                    category="mapping",
                    severity="2",
                    name=self.env._("Which tax is %(tax)s of the channel?", tax=tax.name or code),
                    detail=self.env._("Choose the tax in the channel's tax mapping, then retry."),
                    dedupe_key=f"tax:{code}",
                )
