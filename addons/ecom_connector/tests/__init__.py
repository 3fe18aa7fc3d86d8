from . import test_deadline
from . import test_exception
from . import test_place
from . import test_receive
from . import test_send
from . import test_ship
from . import test_stock_change
from . import test_stock_decide
