from . import ecom_choose_wizard
from . import ecom_connect_wizard
from . import ecom_connect_wizard_found
from . import ecom_connect_wizard_tax
from . import ecom_exception_decide_wizard
from . import ecom_fetch_orders_wizard
from . import ecom_message_ignore_wizard
from . import ecom_release_wizard
