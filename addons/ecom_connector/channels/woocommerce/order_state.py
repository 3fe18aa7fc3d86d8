"""What WooCommerce's one status means in our three: the order, its payment, its shipping.

    pending           not paid at the checkout yet, may still be abandoned             -> keep waiting
    failed            the payment failed, the buyer may try again                      -> keep waiting
    checkout-draft    a checkout somebody is filling in                                -> keep waiting
    on-hold           placed, stock taken, the money (bank transfer, cheque) not there -> open, unpaid
    processing        to be shipped; paid, or payable on delivery (recorded: cod)      -> open
    completed         shipped                                                          -> open, fulfilled
    cancelled, trash  given up                                                         -> cancelled
    refunded          all money is back; if it was completed before, the goods left    -> cancelled or open

on-hold is open, because the shop has already taken the stock: other channels would sell it again. Whether an unpaid
order may leave the house is for the payment method's policy to say.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ..records import ZERO
from . import fields

_WAITING = ("pending", "failed", "checkout-draft", "auto-draft", "draft", "new")
_GIVEN_UP = ("cancelled", "trash")
# Statuses that shipment tracking plug-ins add to the list.
SHIPPED = ("completed", "shipped", "delivered")
_PARTLY_SHIPPED = ("partial-shipped",)


def read_status(row: Mapping[str, Any]) -> str:
    status = fields.text(row.get("status")).removeprefix("wc-")
    if status in _GIVEN_UP:
        return "cancelled"
    if status == "refunded":
        return "open" if row.get("date_completed_gmt") else "cancelled"
    return "pending" if status in _WAITING else "open"


def read_payment(row: Mapping[str, Any], total: Decimal) -> str:
    refunded = -sum((fields.number(refund.get("total")) for refund in fields.rows(row.get("refunds"))), ZERO)
    if fields.text(row.get("status")) == "refunded" or (refunded and refunded >= total):
        return "refunded"
    return "paid" if fields.moment(row.get("date_paid_gmt")) else "unpaid"


def read_fulfilment(row: Mapping[str, Any]) -> str:
    status = fields.text(row.get("status")).removeprefix("wc-")
    if status in SHIPPED or (status == "refunded" and row.get("date_completed_gmt")):
        return "fulfilled"
    return "partial" if status in _PARTLY_SHIPPED else "open"
