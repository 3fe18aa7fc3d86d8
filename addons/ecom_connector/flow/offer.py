"""What a listing says that is ours to say -> the channel: its price from the pricelist, its name, its barcode.

What the channel shows stands on the listing, read with the catalogue or as it answered last, so what differs is simply
told again: every write is absolute, and the same as once when it is repeated. A round goes through all listings by id;
the cursor of the topic keeps how far it got in `position`.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from types import ModuleType
from typing import Any

from odoo import models

from ..channels.records import ItemChange, Price

LOOK_EVERY = timedelta(hours=1)
LOOKED_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`prices` and `changes` of the listings up to the id `last`."""

    client: Any
    price_noun: ModuleType | None
    product_noun: ModuleType | None
    prices: tuple[Price, ...]
    changes: tuple[ItemChange, ...]
    last: int


class EcomFlowOffer(models.AbstractModel):
    _name = "ecom.flow.offer"
    _description = "E-commerce: offer"

    def _question(self, channel):
        """None where all listings say what they should."""
        if not channel._owned_fields():
            return None
        self, channel = self.with_company(channel.company_id), channel.with_company(channel.company_id)
        cursor, limits = self._cursor(channel), channel._adapter().limits
        limit = limits.item_batch or limits.stock_batch
        last = int(cursor.position or 0)
        while True:
            listings = self._after(channel, last)
            wanted = self._wanted(channel, listings)
            told = listings.browse([listing.id for listing in listings if wanted[listing]][:limit])
            if told:
                return self._prepare_question(channel, told, wanted)
            if len(listings) < LOOKED_AT_ONCE:
                cursor.position = False
                return None
            last = listings[-1].id

    def _after(self, channel, last):
        domain = [("channel_id", "=", channel.id), ("state", "=", "matched"), ("id", ">", last)]
        return self.env["ecom.listing"].search(domain, order="id", limit=LOOKED_AT_ONCE)

    def _prepare_question(self, channel, told, wanted):
        priced = told.filtered(lambda listing: "price" in wanted[listing])
        described = told.filtered(lambda listing: wanted[listing].keys() - {"price"})
        return Question(
            client=channel._connect(),
            price_noun=channel._adapter().noun("prices"),
            product_noun=channel._adapter().noun("products"),
            prices=tuple(self._prepare_price(listing, wanted[listing]["price"]) for listing in priced),
            changes=tuple(self._prepare_change(listing, wanted[listing]) for listing in described),
            last=told[-1].id,
        )

    # ------------------------------------------------------------------ wanted
    def _wanted(self, channel, listings):
        """{listing: {field of the listing: what it should say}}, only where it says something else."""
        owned = channel._owned_fields()
        prices = self._prices(channel, listings) if "price" in owned else {}
        found = {}
        for listing in listings:
            should = {"name": listing.product_id.name, "barcode": listing.product_id.barcode or ""}
            values = {name: should[name] for name in owned if name in should and should[name] != (listing[name] or "")}
            if listing in prices and prices[listing] != Decimal(str(listing.price)):
                values["price"] = prices[listing]
            found[listing] = values
        return found

    def _prices(self, channel, listings):
        """{listing: price of its units}. None for a listing whose channel sells in another currency."""
        currency = channel.pricelist_id.currency_id
        same = listings.filtered(lambda listing: listing.currency_id in (currency, currency.browse()))
        return self._amounts(channel.pricelist_id, same)

    @staticmethod
    def _amounts(pricelist, listings):
        """{listing: what its units cost by this pricelist, a Decimal in its currency}."""
        currency, found = pricelist.currency_id, {}
        for units, alike in listings.grouped("units").items():
            prices = pricelist._get_products_price(alike.product_id, units)
            for listing in alike:
                amount = currency.round(prices[listing.product_id.id] * units)
                found[listing] = Decimal(f"{amount:.{currency.decimal_places}f}")
        return found

    @staticmethod
    def _prepare_price(listing, amount):
        return Price(variant_id=listing.external_id, stock_id=listing.external_stock_id or "", amount=amount)

    @staticmethod
    def _prepare_change(listing, values):
        return ItemChange(
            variant_id=listing.external_id,
            stock_id=listing.external_stock_id or "",
            name=values.get("name"),
            barcode=values.get("barcode"),
        )

    # --------------------------------------------------------------------- ask
    def _ask(self, question):
        """The outward calls. Returns (results of the prices, results of the changes)."""
        prices = question.price_noun.push_prices(question.client, question.prices) if question.prices else []
        changes = question.product_noun.change_products(question.client, question.changes) if question.changes else []
        return prices, changes

    # ------------------------------------------------------------------- store
    def _store(self, channel, question, answer):
        prices, changes = answer
        told = self.env["ecom.listing"].search([("channel_id", "=", channel.id), ("id", "<=", question.last)])
        by_id = {listing.external_id: listing for listing in told}
        for result in prices:
            if result.price is not None:
                by_id[result.variant_id].price = float(result.price)
        for change, result in zip(question.changes, changes, strict=True):
            if not result.problem:
                said = {"name": change.name, "barcode": change.barcode}
                by_id[change.variant_id].write({name: value for name, value in said.items() if value is not None})
        for result in [*prices, *changes]:
            self._settle(channel, by_id[result.variant_id], result.problem)
        self._cursor(channel).position = str(question.last)

    def _settle(self, channel, listing, problem):
        key = f"offer:{listing.id}"
        if not problem:
            self.env["ecom.exception"]._solve(channel, [key], self.env._("The channel took it."))
            return
        self.env["ecom.exception"]._open(
            channel,
            category="product",
            severity="1",
            name=self.env._("%(listing)s cannot be changed on the channel", listing=listing.name),
            detail=problem,
            dedupe_key=key,
            listing_id=listing.id,
        )

    def _cursor(self, channel):
        return channel._cursors("offers")
