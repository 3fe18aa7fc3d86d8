from dataclasses import dataclass
from datetime import datetime

from odoo import models


@dataclass(frozen=True, slots=True, kw_only=True)
class Reimbursement:
    """What a channel paid for goods that it lost or damaged, as a payout says it.

    order       a sale.order, empty where the report names none that is here
    amount      negative: taken back, be it by the channel or because the payout was taken out of the books again
    currency    a res.currency
    reference   the channel's own number of the case, where it states one; `kind`: its word for the reason
    moment      naive UTC
    """

    order: object
    sku: str
    quantity: float
    amount: float
    currency: object
    reference: str
    kind: str
    moment: datetime


class EcomFlowReimburse(models.AbstractModel):
    """Money for goods that were lost or damaged -> whoever claimed it."""

    _name = "ecom.flow.reimburse"
    _description = "E-commerce: reimburse"

    def _paid(self, channel, reimbursements):
        """A payout of `channel` with these is in the books, or taken out again with the amounts turned round. A hook:
        the connector claims nothing. It never raises: the money came, whatever was claimed."""
