"""What the shop says of itself, and what our user may do there."""

from collections.abc import Callable
from urllib.parse import urlsplit

from ..errors import ChannelError, Refused
from ..markup import elements
from ..records import Shop, Site
from . import fields

# Questions that change nothing; what may be written is only known by writing.
_NOBODY = [{"key": "updated_at", "value": {"key": "gt", "value": "2099-01-01 00:00:00"}}]


def read_shop(client) -> Shop:
    """Refused, in plain words, when the user cannot sign in; what it may not read is listed in `missing_scopes`."""
    what = "Checking the user"
    missing: list[str] = []

    def allowed(scope: str, ask: Callable):
        try:
            return ask()
        except Refused:
            missing.append(scope)
        except ChannelError:
            return None  # it may ask, and that is what was to be found out
        return None

    stores = client.call("storeList", what=what)
    info = allowed("Read the version (Core > Magento info)", lambda: client.call("magentoInfo", what=what))
    nothing = {"complex_filter": _NOBODY}
    for scope, operation, values in (
        ("Read orders (Sales > Orders > List)", "salesOrderList", (nothing,)),
        ("Read parcels (Sales > Shipments > List)", "salesOrderShipmentList", (nothing,)),
        ("Read refunds (Sales > Credit memos > List)", "salesOrderCreditmemoList", (nothing,)),
        ("Read products (Catalog > Product > Retrieve)", "catalogProductList", (nothing, None)),
        ("Read stock (Catalog inventory > Retrieve)", "catalogInventoryStockItemList", (["-"],)),
    ):
        allowed(scope, lambda operation=operation, values=values: client.call(operation, *values, what=what))
    host = urlsplit(client.base)
    sites = tuple(_site(row) for row in elements(stores))
    return Shop(
        external_id=f"{host.netloc}{host.path}",
        name=host.netloc,
        url=client.base,
        timezone="UTC",
        version=fields.text(info, "magento_version") if info is not None else "",
        sites=sites,
        missing_scopes=tuple(missing),
    )


def _site(row) -> Site:
    return Site(external_id=fields.text(row, "store_id"), name=fields.text(row, "name"))
