from . import read
from . import explain
from . import plan
from . import book
from . import deposit
