"""Prices of a site that are ours to say -> the channel: from the site's own pricelist, in the site's currency.

Once a day what each site has of its own is read, page by page, so that a price somebody changed there is told again;
every hour what differs is told. Every write is absolute. The cursor of the topic keeps in `position` what comes next:
"read", the site and the token of the page, or "tell", the site and the last listing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from types import ModuleType
from typing import Any

from odoo import fields, models

from ..channels.errors import Gone, Rejected
from ..channels.records import Page, Price
from .offer import LOOKED_AT_ONCE

TELL_EVERY = timedelta(hours=1)
READ_EVERY = timedelta(days=1)
READ, TELL = "read", "tell"
# Behind every listing: nothing more of a site is told in this round.
LAST = 2**31 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`prices` None: the page `token` of the site's own prices is read; else these are told, up to listing `last`."""

    client: Any
    noun: ModuleType
    site_id: int
    site: str
    began: datetime
    token: str = ""
    prices: tuple[Price, ...] | None = None
    last: int = 0


class EcomFlowWork(models.AbstractModel):
    _inherit = "ecom.flow.work"

    def _slice_site_prices(self, task):
        return self._errand(task, "ecom.flow.quote", every=TELL_EVERY)


class EcomFlowQuote(models.AbstractModel):
    _name = "ecom.flow.quote"
    _description = "E-commerce: prices of sites"

    def _question(self, channel):
        """None where a round is over, or no site has prices of its own that are ours to say."""
        self, channel = self.with_company(channel.company_id), channel.with_company(channel.company_id)
        cursor, sites = self._cursor(channel), channel._quoted_sites()
        step, site, place = self._place(cursor, sites)
        while site:
            if step == READ:
                return self._prepare_question(channel, site, token=place)
            wanted, last = self._wanted(channel, site, int(place or 0))
            if wanted:
                return self._prepare_question(channel, site, prices=wanted, last=last)
            step, site, place = self._after(cursor, sites, site)
        if self._reads(cursor):
            cursor.fresh_at = cursor.seen_until
        cursor.position = False
        return None

    def _place(self, cursor, sites):
        """(step, site, where in it) that comes next; a round begins anew where its site is quoted no more."""
        step, _bar, rest = (cursor.position or "").partition("|")
        number, _bar, place = rest.partition("|")
        site = sites.filtered(lambda site: str(site.id) == number)
        if site:
            return step, site, place
        cursor.seen_until = fields.Datetime.now()
        return READ if self._reads(cursor) else TELL, sites[:1], ""

    def _after(self, cursor, sites, site):
        following = sites.filtered(lambda other: other.id > site.id)[:1]
        return READ if self._reads(cursor) else TELL, following, ""

    @staticmethod
    def _reads(cursor):
        """Whether this round, which began at `seen_until`, reads before it tells."""
        return not cursor.fresh_at or cursor.fresh_at < cursor.seen_until - READ_EVERY

    def _prepare_question(self, channel, site, **said):
        return Question(
            client=channel._connect(),
            noun=channel._adapter().noun("prices"),
            site_id=site.id,
            site=site.external_id,
            began=self._cursor(channel).seen_until,
            **said,
        )

    # ------------------------------------------------------------------ wanted
    def _wanted(self, channel, site, last):
        """(prices that the site does not show yet, id of the last listing they are of). Empty: none is left."""
        limit = channel._adapter().limits.stock_batch
        while True:
            domain = [("channel_id", "=", channel.id), ("state", "=", "matched"), ("id", ">", last)]
            listings = self.env["ecom.listing"].search(domain, order="id", limit=LOOKED_AT_ONCE)
            amounts = self.env["ecom.flow.offer"]._amounts(site.pricelist_id, listings)
            shown = self._shown(site, listings)
            differing = [
                one for one in listings if site.currency_id.compare_amounts(float(amounts[one]), shown.get(one, -1.0))
            ]
            if differing:
                told = differing[:limit]
                return tuple(self._prepare_price(site, one, amounts[one]) for one in told), told[-1].id
            if len(listings) < LOOKED_AT_ONCE:
                return (), 0
            last = listings[-1].id

    def _shown(self, site, listings):
        known = self.env["ecom.listing.price"].search([("site_id", "=", site.id), ("listing_id", "in", listings.ids)])
        return {price.listing_id: price.price for price in known}

    @staticmethod
    def _prepare_price(site, listing, amount):
        return Price(
            variant_id=listing.external_id,
            stock_id=listing.external_stock_id or "",
            amount=amount,
            currency=site.currency_id.name,
        )

    # --------------------------------------------------------------------- ask
    def _ask(self, question):
        """The outward call. A Page of Price, ItemResults, or why this site has no prices."""
        noun = question.noun
        try:
            if question.prices is None:
                return noun.fetch_site_prices(question.client, question.site, question.token)
            return noun.push_site_prices(question.client, question.site, question.prices)
        except (Rejected, Gone) as error:
            return error

    # ------------------------------------------------------------------- store
    def _store(self, channel, question, answer):
        site = self.env["ecom.channel.site"].browse(question.site_id)
        cursor = self._cursor(channel)
        self._settle(channel, site, answer if isinstance(answer, Exception) else None)
        if isinstance(answer, Exception):
            cursor.position = f"{TELL}|{site.id}|{LAST}"
        elif isinstance(answer, Page):
            self._remember(channel, site, {price.variant_id: price.offer or price.amount for price in answer.items})
            cursor.position = f"{READ}|{site.id}|{answer.next}" if answer.next else f"{TELL}|{site.id}|0"
            if not answer.next:
                self._forget(site, question.began)
        else:
            self._remember(channel, site, {one.variant_id: one.price for one in answer if one.price is not None})
            self._settle_each(channel, site, answer)
            cursor.position = f"{TELL}|{site.id}|{question.last}"

    def _remember(self, channel, site, amounts):
        prices = self.env["ecom.listing.price"]
        domain = [("channel_id", "=", channel.id), ("external_id", "in", list(amounts))]
        listings = self.env["ecom.listing"].with_context(active_test=False).search(domain)
        found = prices.search([("site_id", "=", site.id), ("listing_id", "in", listings.ids)])
        known = {price.listing_id: price for price in found}
        new, seen = [], {"seen_at": fields.Datetime.now()}
        for listing in listings:
            values = {"price": float(amounts[listing.external_id]), **seen}
            if listing in known:
                known[listing].write(values)
            else:
                new.append({"listing_id": listing.id, "site_id": site.id, **values})
        prices.create(new)

    def _forget(self, site, began):
        """What the whole reading did not show is no price of its own any more."""
        self.env["ecom.listing.price"].search([("site_id", "=", site.id), ("seen_at", "<", began)]).unlink()

    # ---------------------------------------------------------------- problems
    def _settle(self, channel, site, problem):
        key = f"site_prices:{site.id}"
        if problem is None:
            self.env["ecom.exception"]._solve(channel, [key], self.env._("The channel took them."))
            return
        name = self.env._("The prices of %(site)s cannot be told", site=site.name)
        self._tell(channel, key, name, str(problem))

    def _settle_each(self, channel, site, results):
        listings = self.env["ecom.listing"].search(
            [("channel_id", "=", channel.id), ("external_id", "in", [one.variant_id for one in results])]
        )
        by_id = {listing.external_id: listing for listing in listings}
        for result in results:
            listing = by_id.get(result.variant_id)
            key = f"site_price:{site.id}:{result.variant_id}"
            if not result.problem:
                self.env["ecom.exception"]._solve(channel, [key], self.env._("The channel took it."))
            elif listing:
                said = {"listing": listing.name, "site": site.name}
                name = self.env._("The price of %(listing)s on %(site)s cannot be told", **said)
                self._tell(channel, key, name, result.problem, listing_id=listing.id)

    def _tell(self, channel, key, name, detail, **more):
        self.env["ecom.exception"]._open(
            channel, category="product", severity="1", name=name, detail=detail, dedupe_key=key, **more
        )

    def _cursor(self, channel):
        return channel._cursors("site_prices")
