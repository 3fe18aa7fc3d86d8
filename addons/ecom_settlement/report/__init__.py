from . import ecom_unsettled
from . import ecom_channel_profit
from . import ecom_fee_audit
from . import ecom_fee_tier
