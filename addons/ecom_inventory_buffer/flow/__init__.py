"""measure -> decide: what each channel may sell. `decide` asks `rule` which rule wins, and `pool` for those rules that
look at more than one listing; `expect` tells `pool` what may be sold meanwhile, from what `learn` has learnt."""

from . import rule
from . import sold
from . import expect
from . import margin
from . import pool
from . import decide
from . import acknowledge
from . import learn
from . import look_again
from . import simulate
