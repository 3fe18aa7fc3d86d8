"""What tests that start servers of their own may ask for."""

import os
import uuid

import pytest

from tools import database as databases
from tools import template
from tools.odoo_server import OdooServer
from tools.postgres import Server


@pytest.fixture(scope="session")
def long():
    """Is this `make test-long`? A test reads its size from it."""
    return os.environ.get("ECOM_LONG") == "1"


@pytest.fixture(scope="session")
def postgres():
    """The private test server, running."""
    server = Server("test")
    with server.in_use():
        template.sweep(server)
        yield server


@pytest.fixture
def database(postgres):
    """The name of a fresh database with all add-ons and no demo data."""
    name = template.name_for(uuid.uuid4().hex[:8])
    template.fresh(postgres, name)
    yield name
    databases.drop(postgres, name)


@pytest.fixture
def odoo(postgres, database):
    """A running Odoo on `database`; `odoo.kill()` and `odoo.start()` are yours to call."""
    server = OdooServer(postgres, database)
    server.start()
    yield server
    server.kill()
    server.log.unlink(missing_ok=True)
