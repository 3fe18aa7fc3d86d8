from . import ecom_settlement_upload_wizard
