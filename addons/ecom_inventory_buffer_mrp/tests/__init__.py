from . import test_kits
from . import test_kit_changes
from . import test_kit_oversell
from . import test_kit_pool
from . import test_play_kits
