from . import ecom_settlement_upload_wizard
from . import ecom_settlement_post_wizard
from . import ecom_settlement_choose_wizard
from . import ecom_settlement_learn_wizard
from . import ecom_settlement_mapper
from . import ecom_clearing_proof
from . import ecom_settlement_setup_wizard
