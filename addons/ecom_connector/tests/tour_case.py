"""What the tours share: people of each role, and an engine that works while the browser looks."""

from contextlib import contextmanager
from functools import wraps
from unittest.mock import patch

from odoo import SUPERUSER_ID, Command, api
from odoo.tests import HttpCase, new_test_user

from .common import ChannelCase
from .inbound_case import InboundCase


class TourCase(ChannelCase, InboundCase, HttpCase):
    # The engine writes while the browser reads, on the one connection of a test.
    _registry_readonly_enabled = False

    def make_user(self, login, *groups):
        """The password is the login, as `start_tour` wants it."""
        return new_test_user(
            self.env,
            login,
            groups=",".join(groups),
            password=login,
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
            tz="UTC",
        )

    def sell(self, item, **values):
        """A product here for an item of the shop."""
        return self.make_product(item.sku, 50, name=item.name, barcode=item.barcode, **values)

    def work(self, seconds=10):
        """Let the engine do what is due."""
        self.env.flush_all()
        self.env["ecom.flow.run"]._pass(seconds)
        self.env.invalidate_all()

    @contextmanager
    def working(self, model, then=None):
        """Let the engine work before each reading of a list of `model`: tests run no scheduled actions. `then` is
        called once, after the first reading."""
        records = type(self.env[model])
        search = records.web_search_read
        todo = [then] if then else []

        @wraps(search)
        def work_and_search(*arguments, **options):
            with self.registry.cursor() as cr:
                api.Environment(cr, SUPERUSER_ID, {})["ecom.flow.run"]._pass(5)
            found = search(*arguments, **options)
            while todo:
                todo.pop()()
            return found

        work_and_search._readonly = False  # or what the engine wrote would be rolled back with the reading
        with patch.object(records, "web_search_read", work_and_search):
            yield

    @contextmanager
    def on_a_phone(self):
        self.browser_size, self.touch_enabled = "375x667", True
        yield
        self.browser_size, self.touch_enabled = type(self).browser_size, type(self).touch_enabled

    def look(self, path, tour, login, timeout=90):
        self.env.flush_all()
        self.start_tour(f"/odoo/{path}", tour, login=login, timeout=timeout)
        self.env.invalidate_all()
