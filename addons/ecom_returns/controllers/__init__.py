from . import withdraw
from . import guest
from . import steps
from . import portal
