from . import ecom_return_line
from . import repair_order
from . import stock_move
