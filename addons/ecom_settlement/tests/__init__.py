from . import test_ecom_settlement
from . import test_read
from . import test_book
from . import test_tour_payout
from . import test_ledger
