from . import raw_dispatcher
from . import ecom_webhook
