"""What a fault of the shop means. Each comes with HTTP 200 (recorded); its code counts within one resource only."""

from ..errors import ChannelError, Gone, Refused, Rejected, Unanswered, Unreachable
from .soap import Fault

SESSION_EXPIRED = "5"
_DENIED = ("2", SESSION_EXPIRED)
# {operation: the code of "there is no such thing"}
_GONE = {
    "salesOrderInfo": "100",
    "salesOrderCancel": "100",
    "salesOrderAddComment": "100",
    "salesOrderShipmentInfo": "100",
    "salesOrderCreditmemoInfo": "100",
    "catalogProductUpdate": "101",
    "catalogInventoryStockItemUpdate": "101",
}
# Nobody knows what happened: "Unknown Error", "Internal Error. Please see log for details.", PHP's own crash.
_CRASHES = ("0", "1", "SOAP-ENV:Server")
_CRASH = "internal error"


def error_of(fault: Fault, operation: str, *, what: str, writes: bool) -> ChannelError:
    """The error that says what to do next, in words."""
    said = f"{what}: {fault.words or 'the shop refused it.'}"
    if fault.code in _DENIED:
        return Refused(f"{said} The role of the API user does not allow it, or its key is wrong.", code=fault.code)
    if _GONE.get(operation) == fault.code:
        return Gone(said, code=fault.code)
    if fault.code in _CRASHES and (fault.code != "1" or _CRASH in fault.words.lower()):
        kind = Unanswered if writes else Unreachable
        return kind(said, code=fault.code)
    # With code 1 come also what Magento's attributes say: "The value of attribute "SKU" must be unique" (recorded).
    return Rejected(said, code=fault.code)
