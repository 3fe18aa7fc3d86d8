from . import rule
from . import sold
from . import pool
from . import decide
