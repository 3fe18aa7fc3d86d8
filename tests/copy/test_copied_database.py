"""A copied database never talks to a live shop: not by mistake, not after `neutralize`, until a person says so."""

import subprocess
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.sandbox.business import Business, quiet_shop
from tests.sandbox.demo_server import DemoServer
from tools import database as databases
from tools import odoo_command
from tools.odoo_server import OdooServer
from tools.places import ADDONS


class Shop(DemoServer):
    """A shop with an address that notes who calls."""

    def __init__(self, folder):
        self.calls = []
        super().__init__(
            Path(folder) / "shop.sqlite", profile=quiet_shop(10), witness=lambda *call: self.calls.append(call)
        )


@pytest.fixture
def connected(odoo):
    """A business whose shop was reached; its Odoo is stopped."""
    with ExitStack() as open_things:
        folder = open_things.enter_context(tempfile.TemporaryDirectory())
        shop = open_things.enter_context(Shop(folder))
        business = Business(odoo, shop.shop, shop.url)
        business.open(10)
        business.connect(subscribe=False)
        run_engine(odoo)
        assert shop.calls, "the shop was never called"
        odoo.stop()
        business.calls = shop.calls
        yield business


@pytest.fixture
def copy(postgres, connected, database):
    """A running Odoo on a copy of the business' database, made as an administrator would, beside Odoo's own ways."""
    name = f"{database}_copy"
    databases.copy(postgres, database, name)
    # Asking is due again by the time somebody starts it, and what its workers held when it was stopped has run out.
    databases.query(postgres, name, "UPDATE ecom_channel_cursor SET next_try = create_date, leased_until = NULL")
    connected.calls.clear()
    server = OdooServer(postgres, name, cron_threads=0)
    yield server
    server.kill()
    server.log.unlink(missing_ok=True)
    databases.drop(postgres, name)


def run_engine(server):
    """A pass of the engine, at once and to its end, as the button of the scheduled action does it."""
    statement = "SELECT res_id FROM ir_model_data WHERE module = 'ecom_connector' AND name = 'ir_cron_work_1'"
    cron = databases.query(server.server, server.database, statement)[0][0]
    server.call("ir.cron", "method_direct_trigger", [cron])


def test_a_copy_calls_nobody_says_why_and_goes_on_when_a_person_says_it_is_the_right_one(copy, connected, postgres):
    copy.start()
    run_engine(copy)
    ((title, detail),) = _exceptions(postgres, copy)
    assert "paused" in title
    assert "looks like a copy" in detail
    assert connected.calls == []
    copy.call("ecom.channel", "action_confirm_database", [connected.channel_id])
    run_engine(copy)
    assert connected.calls
    assert _exceptions(postgres, copy) == []


def test_a_neutralized_copy_is_off_and_knows_no_secret(copy, connected, postgres):
    # Odoo's own command, as hosts run it for staging databases.
    program = odoo_command.command(copy.database)[:2]
    subprocess.run(
        [*program, "neutralize", f"--database={copy.database}", f"--addons-path={ADDONS}", "--log-level=warn"],
        env=odoo_command.environment(postgres),
        check=True,
    )
    assert databases.query(postgres, copy.database, "SELECT mode FROM ecom_channel") == [("off",)]
    assert databases.query(postgres, copy.database, "SELECT count(*) FROM ecom_channel_credential") == [(0,)]
    copy.start()
    run_engine(copy)
    assert connected.calls == []


def _exceptions(postgres, server):
    statement = "SELECT name, detail FROM ecom_exception WHERE state = 'open' AND dedupe_key = 'refused'"
    return databases.query(postgres, server.database, statement)
