from . import ecom_stock_change
from . import ecom_stock_level
from . import mrp_bom
