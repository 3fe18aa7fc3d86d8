"""One strategy a file. ORDER is the one in which they are applied, whatever the order they were written in."""

from .allocation import Allocation
from .back_order import BackOrder
from .booking_limit import BookingLimit
from .cap import Cap
from .constant import Constant
from .fixed import Fixed
from .last_units import LastUnits
from .low_stock import LowStock
from .percent import Percent
from .pre_order import PreOrder
from .risk_sized import RiskSized
from .smallest_order import SmallestOrder
from .zero_at import ZeroAt

ORDER = (
    Constant,
    Fixed,
    RiskSized,
    BookingLimit,
    Percent,
    Allocation,
    ZeroAt,
    LastUnits,
    Cap,
    PreOrder,
    # Here the units become whole listings.
    BackOrder,
    SmallestOrder,
)
