from . import test_ecom_return
