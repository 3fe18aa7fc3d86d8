from . import ecom_return
from . import ecom_return_line
