"""What a line of a payout is about, whoever sent the report."""

# The customer's money: what was sold and given back. Clears the receivable or what was captured for it.
ORDER = ("sale", "shipping", "tax", "promotion", "refund")
# What the channel or the provider charges, by what it is for.
FEES = (
    *("commission", "payment_fee", "fulfilment", "storage", "advertising", "subscription", "label", "inbound"),
    "other_fee",
)
# Neither income nor cost by itself.
BALANCE = (
    "remitted_tax",  # collected and paid on by the marketplace: both legs, zero in sum
    "reserve",  # held back, or released again
    "carried",  # owed from the payout before
    "charged",  # paid by the seller's card or bank: a payout the other way round
    "dispute",  # chargeback or claim, and its reversal
    "loan",
    "withholding",  # a tax of the seller's that the channel keeps for the state
    "conversion",  # one leg of a change of currency
    "transfer",  # to or from another account of the seller with the same provider
)
OTHER = (
    "reimbursement",  # for goods lost or damaged
    "adjustment",
    "rounding",
    "unknown",
)
# The payout itself where it is a line of the report; money that has not moved: shown, never booked.
PAYOUT, MEMO = "payout", "memo"

FAMILIES = (*ORDER, *FEES, *BALANCE, *OTHER, PAYOUT, MEMO)
