from . import ecom_return_open_wizard
from . import ecom_return_receive_wizard
from . import ecom_return_receive_wizard_line
from . import ecom_return_refuse_wizard
from . import ecom_return_exchange_wizard
from . import ecom_return_question_wizard
from . import ecom_return_goodwill_wizard
