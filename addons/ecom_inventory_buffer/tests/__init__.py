from . import test_ecom_buffer_rule
