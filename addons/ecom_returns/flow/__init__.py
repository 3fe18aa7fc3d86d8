from . import allot
from . import open
from . import judge
from . import agree
from . import arrive
from . import dispose
from . import reckon
from . import credit
