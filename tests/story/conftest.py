"""A merchant and recorded shops for stories; and what a run used of the recordings, printed at its end."""

import uuid

import pytest

from tests.contract import recorded
from tests.sandbox.recorded_shop import RecordedShops
from tests.story.merchant import Merchant
from tools import database as databases
from tools import template
from tools.odoo_server import OdooServer


@pytest.fixture(scope="session")
def shops():
    """Any number of shops; none may have been asked what nobody recorded."""
    with RecordedShops() as opened:
        yield opened
    assert opened.surprises == []


@pytest.fixture(scope="session")
def merchant(postgres):
    """A running Odoo on a database of its own, with products and taxes. Each story opens channels of its own."""
    name = template.name_for(uuid.uuid4().hex[:8])
    template.fresh(postgres, name)
    server = OdooServer(postgres, name, cron_threads=2)
    try:
        server.start()
        merchant = Merchant(server)
        merchant.settle_in()
        yield merchant
    finally:
        server.kill()
        databases.drop(postgres, name)
    server.log.unlink(missing_ok=True)


def pytest_terminal_summary(terminalreporter):
    recorded.report(terminalreporter)
