from . import ecom_settlement
from . import ecom_settlement_line
from . import ecom_exception
from . import ecom_settlement_map
from . import ecom_settlement_match
from . import ecom_settlement_post
from . import ecom_channel
from . import account_move
