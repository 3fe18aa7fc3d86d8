"""The plain code of the add-ons that the flash sale drives: the guard of one, the rules of the other.

Both lie in a package named `rules` and need no Odoo. The guard's module is loaded by its path, the package of the
buffer by its name.
"""

import importlib.util
import sys

from tools.places import ADDONS

# At the end: an add-on has folders, such as tests, whose names the project uses too.
sys.path.append(str(ADDONS / "ecom_inventory_buffer"))

from rules.decide import Case, decide, decide_pool  # noqa: E402, F401
from rules.demand.baskets import learn_sizes, mean_size  # noqa: E402, F401
from rules.demand.history import learn  # noqa: E402, F401
from rules.risk.exposure import Latest, Reach  # noqa: E402, F401
from rules.risk.unseen import Earlier  # noqa: E402, F401
from rules.rule import Rule  # noqa: E402, F401
from rules.strategies import Fixed, RiskSized  # noqa: E402, F401
from rules.terms import Terms  # noqa: E402, F401


def load(path):
    """The module at that path, under the name of its file."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


Shown = load(ADDONS / "ecom_connector" / "rules" / "in_flight.py").Shown
