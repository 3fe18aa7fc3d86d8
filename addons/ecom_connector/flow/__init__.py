"""The road of an order, in the order in which it is travelled. Steps never commit; only the runner does."""

from . import receive
from . import wish
from . import follow
from . import normalise
from . import match
from . import map
from . import check
from . import recognise
from . import locate
from . import compose
from . import route
from . import attach
from . import place
from . import amend
from . import ship
from . import invoice
from . import send
from . import send_shipment
from . import measure
from . import decide
from . import publish
from . import catalogue
from . import watch
from . import work
from . import run
