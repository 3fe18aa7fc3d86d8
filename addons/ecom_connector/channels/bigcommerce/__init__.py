"""BigCommerce: orders and store over its v2 API, catalogue, inventory, refunds, customers and webhooks over v3.

Facts marked "contract" stand in BigCommerce's own API contracts of 2026-04.
"""

from ..contract import Channel, Limits, Need

CHANNEL = Channel(
    code="bigcommerce",
    name="BigCommerce",
    package=__name__,
    kind="shop",
    needs=(
        Need(
            name="store",
            label="Store hash",
            help="Of the API path https://api.bigcommerce.com/stores/<store hash>/v3 that is shown with the token.",
        ),
        Need(
            name="access_token",
            label="Access token",
            help="Settings > Store-level API accounts > Create: shown once.",
            secret=True,
        ),
        Need(
            name="client_secret",
            label="Client secret",
            help="Of the same API account. Webhooks are signed with it; without it the store is only asked regularly.",
            secret=True,
            required=False,
        ),
    ),
    # 2,000 rows may be in one adjustment (research/connector.md), 50 variants and 10 products in one change.
    limits=Limits(stock_batch=500, item_batch=10, sale_to_import_seconds=60, poll_seconds=300),
    webhook_headers={"signature": "webhook-signature", "delivery": "webhook-id"},
    signed_with=("client_secret",),
    help="Needs a store-level API account with: Orders and Order Transactions (modify, for refunds), Products, Store "
    "Inventory and Locations (modify), Customers and Information (read-only).",
)
