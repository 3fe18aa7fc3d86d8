from . import test_ecom_settlement
