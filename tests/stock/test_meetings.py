"""Two buyers, an import beside a delivery, a tidy-up beside a worker: real transactions that overlap."""

from pathlib import Path

import pytest

from tests.stock.test_races import SCRIPT, tell
from tools import database as databases
from tools import template

SCRIPT_HERE = Path(__file__).with_name("meetings.py").read_text()
SCENES = ("two_orders_for_the_last_unit", "import_beside_delivery", "quants_merged")


@pytest.fixture(scope="module")
def told(postgres):
    """What became of all scenes: Odoo starts but once for them."""
    name = template.name_for("meetings")
    template.fresh(postgres, name)
    yield tell(postgres, name, *SCENES, script=SCRIPT + SCRIPT_HERE)
    databases.drop(postgres, name)


def test_two_orders_for_the_last_unit_are_both_known_and_nothing_is_offered(told):
    assert told["two_orders_for_the_last_unit"] == {"confirmed": 2, "free": -1, "decided": 0}


def test_an_import_and_a_manual_delivery_together_take_their_units_once(told):
    assert told["import_beside_delivery"] == {"on_hand": 6, "reserved": 3, "decided": 3}


def test_quants_merged_while_a_worker_decides_are_counted_as_merged(told):
    assert told["quants_merged"] == {"before": 13, "decided": 11, "changes_left": 0}
