from . import explode
from . import measure
from . import decide
