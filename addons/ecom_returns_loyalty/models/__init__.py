from . import ecom_return_policy
from . import ecom_return_line
from . import ecom_return
