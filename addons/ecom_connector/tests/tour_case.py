"""What the tours share: a shop without surprises, people of each role, and an engine that runs beside the browser."""

import threading
from contextlib import contextmanager

from odoo import Command
from odoo.tests import HttpCase, new_test_user
from odoo.tests.common import release_test_lock

from .common import ChannelCase
from .inbound_case import InboundCase


class TourCase(ChannelCase, InboundCase, HttpCase):
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

    @contextmanager
    def engine(self):
        """Let the engine work while a browser looks: tests run no scheduled actions."""
        ended = threading.Event()
        run = self.env["ecom.flow.run"]

        def work():
            while not ended.wait(0.3):
                run._pass(1)

        worker = threading.Thread(target=work)
        worker.start()
        try:
            yield
        finally:
            ended.set()
            with release_test_lock():
                worker.join()
            self.env.invalidate_all()

    def look(self, path, tour, login, timeout=90):
        self.start_tour(f"/odoo/{path}", tour, login=login, timeout=timeout)
        self.env.invalidate_all()
