"""The plain code of the add-ons that the flash sale drives: the guard of one, the rules of the other.

Both add-ons keep it in a package named `rules`, and others put one of the two on the path. So it is loaded from its
place under a name that nobody else uses; sys.path stays as it is.
"""

import sys
from importlib.util import module_from_spec, spec_from_file_location

from tools.places import ADDONS


def load(name, path):
    """The module or package at that path, under that name. A package's path is that of its folder."""
    folder = [str(path)] if path.is_dir() else None
    file = path / "__init__.py" if folder else path
    spec = spec_from_file_location(name, file, submodule_search_locations=folder)
    sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


Shown = load("ecom_connector_in_flight", ADDONS / "ecom_connector" / "rules" / "in_flight.py").Shown
load("ecom_buffer_rules", ADDONS / "ecom_inventory_buffer" / "rules")

from ecom_buffer_rules.demand.baskets import learn_sizes, mean_size  # noqa: E402, F401
from ecom_buffer_rules.demand.history import learn  # noqa: E402, F401
from ecom_buffer_rules.replay.engine import Outcome, Play  # noqa: E402, F401
from ecom_buffer_rules.replay.policy import Learnt, at_once, together  # noqa: E402, F401
from ecom_buffer_rules.replay.policy import hourly as once_an_hour  # noqa: E402, F401
from ecom_buffer_rules.rule import Rule  # noqa: E402, F401
from ecom_buffer_rules.strategies import Fixed, RiskSized  # noqa: E402, F401
