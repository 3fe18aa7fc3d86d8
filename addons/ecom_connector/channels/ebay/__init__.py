"""eBay: its Fulfillment, Inventory, Finances, Notification and Post-Order APIs, and two layouts of its payout reports.

Facts marked "contract" stand in eBay's own API contracts (Fulfillment 1.20, Finances 1.15, Inventory 1.18,
Notification 1.2), those marked "guide" in its guides.
"""

from ..contract import Channel, Limits, Need
from .marketplaces import MARKETPLACES

CHANNEL = Channel(
    code="ebay",
    name="eBay",
    package=__name__,
    kind="marketplace",
    needs=(
        Need(name="client_id", label="App ID (client ID)", help="Of your keyset. A sandbox one has -SBX- in it."),
        Need(name="client_secret", label="Cert ID (client secret)", secret=True),
        Need(
            name="refresh_token",
            label="User refresh token",
            help="Developer portal > User Tokens > Get a Token from eBay via Your Application. It lasts 18 months.",
            secret=True,
        ),
        Need(
            name="marketplace",
            label="Marketplace",
            help="Where you are registered as a seller: " + ", ".join(MARKETPLACES),
            default="EBAY_US",
        ),
        Need(
            name="vat",
            label="VAT inside of your prices",
            help="eBay does not state it. By country of delivery, in percent: DE 19, AT 20, FR 20. Leave it empty "
            "where your prices hold none.",
            required=False,
        ),
        Need(
            name="verification_token",
            label="Verification token",
            help="The one you entered in the developer portal under Alerts & Notifications. Leave it empty if you "
            "entered none there.",
            secret=True,
            required=False,
        ),
    ),
    # 25 SKUs a call, and 250 revisions of a listing a day (research/connector.md); orders show within two minutes.
    limits=Limits(stock_batch=25, daily_revisions=250, sale_to_import_seconds=420, poll_seconds=300),
    webhook_headers={"signature": "x-ebay-signature"},
    # Deliveries are signed with a key of eBay's, which only an application with these may fetch.
    signed_with=("client_id", "client_secret", "verification_token"),
    help="Needs a production keyset of a developer account, a user token of the seller with the scopes "
    "sell.fulfillment, sell.inventory, sell.finances and commerce.notification.subscription, and listings made "
    "or migrated with eBay's Inventory API.",
)
