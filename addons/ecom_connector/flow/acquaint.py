"""Customers of the channel -> contacts: changes of their accounts are followed; those who never ordered are taken
over only where the channel's policy wants them.

A contact belongs to the merchant. What the channel said of an account last is kept with `ecom.buyer`; a new e-mail,
name or telephone reaches the contact only where the old one still stands there.
"""

import logging
from datetime import datetime, timedelta, timezone

from psycopg2 import OperationalError

from odoo import models
from odoo.exceptions import UserError

from ..channels.records import Order, Page
from .batch import Batch
from .errand import END, PageQuestion
from .place import QUIET

_logger = logging.getLogger(__name__)

READ_EVERY = timedelta(days=1)
FOLLOWED = ("name", "email", "phone")


class EcomFlowWork(models.AbstractModel):
    _inherit = "ecom.flow.work"

    def _slice_customers(self, task):
        return self._errand(task, "ecom.flow.acquaint", every=READ_EVERY)


class EcomFlowAcquaint(models.AbstractModel):
    _name = "ecom.flow.acquaint"
    _description = "E-commerce: acquaint"

    def _question(self, channel):
        """None where all pages were read, or nobody wants to know."""
        noun, cursor = channel._adapter().noun("customers"), self._cursor(channel)
        if noun is None or channel.customer_policy == "orders" or cursor.position == END:
            cursor.position = False
            return None
        return PageQuestion(client=channel._connect(), noun=noun, token=cursor.position or "")

    def _ask(self, question):
        """The outward call. Returns a Page of Customer."""
        return question.noun.fetch_customers(question.client, question.token)

    def _store(self, channel, question, page: Page):
        self = self.with_company(channel.company_id).with_context(**QUIET)
        channel = channel.with_env(self.env)
        customers = {customer.buyer.external_id: customer for customer in page.items}
        if channel.customer_policy == "all":
            self._welcome(channel, customers)
        for buyer in self._buyers(channel, customers):
            self._follow(buyer, customers[buyer.external_id])
        self._cursor(channel).position = page.next or END

    def _buyers(self, channel, customers):
        return self.env["ecom.buyer"].search([("channel_id", "=", channel.id), ("external_id", "in", list(customers))])

    # ------------------------------------------------------------------ follow
    def _follow(self, buyer, customer):
        said = self._said(buyer.partner_id, customer)
        values = {
            name: value
            for name, value in said.items()
            if value
            and buyer[f"said_{name}"]
            and value != buyer[f"said_{name}"]
            # Somebody here wrote something else meanwhile: that is not the channel's to change.
            and (buyer.partner_id[name] or "") == buyer[f"said_{name}"]
        }
        if values:
            buyer.partner_id.write(values)
        new = {f"said_{name}": value for name, value in said.items() if value != (buyer[f"said_{name}"] or "")}
        if new:
            buyer.write(new)

    def _said(self, partner, customer):
        phone = self.env["ecom.flow.locate"]._phone(customer.buyer.phone, partner.country_id.id)
        return {"name": " ".join(customer.buyer.name.split()), "email": customer.buyer.email, "phone": phone}

    # ----------------------------------------------------------------- welcome
    def _welcome(self, channel, customers):
        """Those who are new become contacts, by the very code that knows buyers of orders again: nobody twice."""
        known = set(self._buyers(channel, customers).mapped("external_id"))
        new = {key: customer for key, customer in customers.items() if key not in known}
        try:
            with self.env.cr.savepoint():
                self._make(channel, new)
        except OperationalError:
            raise
        except Exception as error:
            if len(new) == 1:
                self._tell(channel, *new, error)
                return
            for key, customer in new.items():
                self._welcome(channel, {key: customer})

    def _tell(self, channel, number, error):
        _logger.error("A customer of channel %s became no contact", channel.id, exc_info=error)
        said = str(error) if isinstance(error, UserError) else type(error).__name__
        self.env["ecom.exception"]._open(
            channel,
            category="order",
            severity="0",
            name=self.env._("A customer of %(channel)s could not be taken over", channel=channel.name),
            detail=self.env._("Account %(number)s: %(problem)s", number=number, problem=said),
            dedupe_key=f"customer:{number}",
        )

    def _make(self, channel, customers):
        orders = {
            key: Order(
                external_id=key,
                created_at=customer.created_at or datetime.now(timezone.utc),
                currency=channel.company_id.currency_id.name,
                buyer=customer.buyer,
                bill_to=customer.bill_to,
                ship_to=customer.ship_to or customer.bill_to,
            )
            for key, customer in customers.items()
        }
        if orders:
            self.env["ecom.flow.recognise"]._recognise(Batch(channel, orders))

    def _cursor(self, channel):
        return channel._cursors("customers")
