"""What Amazon's words mean. Names as Amazon's settlement reports write them; the lists are never complete.

The same description stands under several amount types ("Shipping": price, promotion, parcel fee), so the pair decides.
"""

from functools import lru_cache

BY_DESCRIPTION = {
    **dict.fromkeys(("principal", "goodwill", "giftwrap", "product price"), "sale"),
    **dict.fromkeys(("shipping",), "shipping"),
    **dict.fromkeys(("tax", "product tax", "shippingtax", "giftwraptax"), "tax"),
    **dict.fromkeys(("restockingfee", "returnshipping"), "refund"),
    **dict.fromkeys(
        ("commission", "refundcommission", "variableclosingfee", "fixedclosingfee", "digitalservicesfee"), "commission"
    ),
    **dict.fromkeys(("shippinghb", "shippingchargeback", "giftwrapchargeback", "salestaxservicefee"), "commission"),
    **dict.fromkeys(("subscription fee",), "subscription"),
    **dict.fromkeys(("storage fee", "storagerenewalbilling", "fba inventory storage fee"), "storage"),
    **dict.fromkeys(("inbound transportation fee", "fbainboundtransportationfee", "fbatransportationfee"), "inbound"),
    **dict.fromkeys(("disposalcomplete", "removalcomplete", "lowinventorylevelfee"), "fulfilment"),
    **dict.fromkeys(("current reserve amount", "previous reserve amount balance"), "reserve"),
    **dict.fromkeys(("payable to amazon", "previous settlement balance", "balance adjustment"), "carried"),
    **dict.fromkeys(("successful charge", "failed disbursement"), "charged"),
    **dict.fromkeys(("amazon capital services",), "loan"),
    **dict.fromkeys(("tcs-cgst", "tcs-sgst", "tcs-igst", "tcs-utgst", "tds"), "withholding"),
    **dict.fromkeys(
        ("lightningdealfee", "cost of advertising", "couponredemptionfee", "vine enrollment fee"), "advertising"
    ),
    **dict.fromkeys(("refund reimbursal", "reversal_reimbursement", "free_replacement_refund_items"), "reimbursement"),
    **dict.fromkeys(("micro deposit",), "transfer"),
    **dict.fromkeys(("merchant bad debt", "nonsubscriptionfeeadj", "balanceadjustment"), "adjustment"),
    **dict.fromkeys(("incorrect_fees_items", "incorrect_fees_non_itemized"), "reimbursement"),
}
STARTS = (
    ("marketplacefacilitator", "remitted_tax"),
    ("lowvaluegoodstax", "remitted_tax"),
    ("fba inventory storage", "storage"),
    ("fbainbound", "inbound"),
    ("fba inventory reimbursement", "reimbursement"),
    ("compensated_clawback", "reimbursement"),
    ("fba", "fulfilment"),
    ("shipping label purchase", "label"),
    ("shippingservices", "label"),
    ("warehouse_", "reimbursement"),
    ("missing_from_inbound", "reimbursement"),
    ("multichannel_order_", "reimbursement"),
    ("removal_order_", "reimbursement"),
    ("cs_error_", "reimbursement"),
)
BY_TYPE = {
    "promotion": "promotion",
    "itemwithheldtax": "remitted_tax",
    "shipment-fees": "fulfilment",
    "cost of advertising": "advertising",
    "fba amazon-partnered carrier shipment fee": "inbound",
}
DISPUTES = ("chargeback refund", "a-to-z guarantee refund")


@lru_cache(maxsize=4096)
def family(transaction: str, kind: str, description: str) -> str:
    """The family of (transaction-type, amount-type, amount-description)."""
    transaction, kind, description = transaction.casefold(), kind.casefold(), description.casefold()
    if transaction in DISPUTES:
        return "dispute"
    if kind in BY_TYPE and not description.startswith(STARTS[0][0]):
        return BY_TYPE[kind]
    found = BY_DESCRIPTION.get(description) or _start(description) or BY_DESCRIPTION.get(kind) or _start(kind)
    if found in ("sale", "shipping") and transaction in ("refund", "liquidations adjustment"):
        return "refund"
    return found or "unknown"


def _start(text: str) -> str:
    return next((name for start, name in STARTS if text.startswith(start)), "")
