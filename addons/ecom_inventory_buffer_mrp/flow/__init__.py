from . import explode
from . import measure
from . import pool
from . import decide
from . import oversell
