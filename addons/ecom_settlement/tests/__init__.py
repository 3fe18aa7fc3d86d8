from . import test_ecom_settlement
from . import test_read
