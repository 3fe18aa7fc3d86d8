from . import ecom_demo
from . import ecom_demo_goods
from . import ecom_demo_checks
