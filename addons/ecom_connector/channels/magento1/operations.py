"""The operations of SOAP v2 that we use, and what each part of a call is called in either mode of the server.

From the shop's own description (`?wsdl=1`). Where the two modes differ, both names stand here: encoded first.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Part(NamedTuple):
    """`kind`: a simple type, or the name of a complex one, see `soap.py`."""

    name: str
    kind: str = "string"
    wsi_name: str = ""


_ORDER = Part("orderIncrementId")
_COMMENT = (Part("comment"),)
_PRODUCT = Part("product", wsi_name="productId")
_STORE = Part("storeView", wsi_name="store")
_SENT_ALONG = (Part("email", "int"), Part("includeComment", "int"))
_FILTERS = (Part("filters", "filters"),)

PARTS: Mapping[str, tuple[Part, ...]] = {
    "magentoInfo": (),
    "storeList": (),
    "salesOrderList": _FILTERS,
    "salesOrderInfo": (_ORDER,),
    "salesOrderAddComment": (_ORDER, Part("status"), *_COMMENT, Part("notify")),
    "salesOrderCancel": (_ORDER,),
    "salesOrderShipmentList": _FILTERS,
    "salesOrderShipmentInfo": (Part("shipmentIncrementId"),),
    "salesOrderShipmentCreate": (_ORDER, Part("itemsQty", "orderItemIdQtyArray"), *_COMMENT, *_SENT_ALONG),
    "salesOrderShipmentAddTrack": (Part("shipmentIncrementId"), Part("carrier"), Part("title"), Part("trackNumber")),
    "salesOrderShipmentRemoveTrack": (Part("shipmentIncrementId"), Part("trackId")),
    "salesOrderShipmentGetCarriers": (_ORDER,),
    "salesOrderCreditmemoList": _FILTERS,
    "salesOrderCreditmemoInfo": (Part("creditmemoIncrementId"),),
    "salesOrderCreditmemoCreate": (
        _ORDER,
        Part("creditmemoData", "salesOrderCreditmemoData"),
        *_COMMENT,
        Part("notifyCustomer", "int"),
        Part("includeComment", "int"),
        Part("refundToStoreCreditAmount"),
    ),
    "catalogProductList": (*_FILTERS, _STORE),
    "catalogProductUpdate": (
        _PRODUCT,
        Part("productData", "catalogProductCreateEntity"),
        _STORE,
        Part("identifierType"),
    ),
    "catalogInventoryStockItemList": (Part("products", "ArrayOfString", "productIds"),),
    "catalogInventoryStockItemUpdate": (_PRODUCT, Part("data", "catalogInventoryStockItemUpdateEntity")),
    "catalogInventoryStockItemMultiUpdate": (
        Part("productIds", "ArrayOfString"),
        Part("productData", "catalogInventoryStockItemUpdateEntityArray"),
    ),
}
# What stands around the parts in WS-I mode; most end in RequestParam.
WSI_ELEMENTS = {"login": "loginParam"}
# Fields of records, and which of them are no text.
WHOLE = frozenset({"order_item_id", "is_in_stock", "manage_stock"})
EXACT = frozenset({"qty", "shipping_amount", "adjustment_positive", "adjustment_negative"})
# Kinds that are lists, with what is in them.
LISTS = {
    "ArrayOfString": "string",
    "orderItemIdQtyArray": "orderItemIdQty",
    "complexFilterArray": "complexFilter",
    "catalogInventoryStockItemUpdateEntityArray": "catalogInventoryStockItemUpdateEntity",
}
# {(kind of a record, field): its kind}; all others are text or numbers.
FIELDS = {
    ("salesOrderCreditmemoData", "qtys"): "orderItemIdQtyArray",
    ("complexFilter", "value"): "associativeEntity",
    ("filters", "complex_filter"): "complexFilterArray",
}
# Records in which a quantity is text (recorded: stock), not a number.
TEXT_QUANTITIES = frozenset({"catalogInventoryStockItemUpdateEntity"})
