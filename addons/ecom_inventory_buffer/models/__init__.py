from . import ecom_buffer_rule
