"""An account with a marketplace or payment provider that Odoo does not call: its payout reports are uploaded."""

from ..contract import Channel

CHANNEL = Channel(
    code="uploaded",
    name="Payout reports (upload)",
    package=__name__,
    kind="provider",
    help="Amazon, PayPal, Stripe, Adyen, eBay, Etsy, Walmart and others: you upload the payout reports, nothing is "
    "called. One account here for each account there.",
)
