"""measure -> decide: what each channel may sell. `decide` asks `rule` which rule wins, and `pool` for those rules that
look at more than one listing; `expect` tells `pool` what may be sold meanwhile, from what `learn` has learnt.
`draw_down` has the last word. Beside them `recall` tells past sales to `advise` and `notice`."""

from . import rule
from . import rule_book
from . import sold
from . import expect
from . import margin
from . import pool
from . import decide
from . import acknowledge
from . import learn
from . import look_again
from . import simulate
from . import draw_down
from . import recall
from . import notice
from . import advise
from . import measure
from . import measure_parts
from . import reckon
from . import audit
from . import audit_reading
from . import oversell
from . import sweep
