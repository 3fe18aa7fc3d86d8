"""Amazon: orders, parcels, stock, prices and settlement reports over its Selling Partner API, in three layouts.

Facts marked "sandbox" stand in Amazon's own sandbox answers, "model" in its API models; both of 2026-08.
"""

from ..contract import Channel, Limits, Need

CHANNEL = Channel(
    code="amazon",
    name="Amazon",
    package=__name__,
    kind="marketplace",
    needs=(
        Need(
            name="region",
            label="Region of the seller account",
            help="na (North and South America), eu (Europe, India, Middle East, Africa) or fe (Japan, Australia, "
            "Singapore).",
        ),
        Need(
            name="seller",
            label="Merchant token",
            help="Seller Central > Settings > Account Info > Merchant Token. Starts with A.",
        ),
        Need(
            name="marketplaces",
            label="Marketplace ids",
            help="Separated by commas, the one whose prices and stock are kept here first. Leave it empty for all that "
            "the account sells on.",
            required=False,
        ),
        Need(name="client_id", label="LWA client id", help="Of your application in Solution Provider Portal."),
        Need(name="client_secret", label="LWA client secret", secret=True),
        Need(
            name="refresh_token",
            label="Refresh token",
            help="Shown once when you authorize your application for the seller account. Starts with Atzr|.",
            secret=True,
        ),
        Need(
            name="queue",
            label="Address of the SQS queue",
            help="Where Amazon's order notifications go: orders are here within a minute. Without it they are found by "
            "asking, every five minutes.",
            required=False,
        ),
        Need(name="aws_key", label="Access key id of the AWS user", help="Who may read the queue.", required=False),
        Need(name="aws_secret", label="Secret access key of the AWS user", secret=True, required=False),
    ),
    # A search may be made every three minutes, after a store of 20 (research/connector.md); the orders it does not show
    # yet are those of the last two. A listing is a call of its own, 5 a second.
    limits=Limits(stock_batch=10, sale_to_import_seconds=420, poll_seconds=300),
    help="Needs a professional seller account and an application of yours (private is enough) with the roles Inventory "
    "and Order Tracking, Direct-to-Consumer Shipping, Product Listing and, for payouts, Finance and Accounting.",
)
