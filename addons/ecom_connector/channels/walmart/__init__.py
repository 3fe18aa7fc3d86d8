"""Walmart Marketplace (United States): orders, inventory, prices, returns, notifications, reconciliation reports.

Facts marked "contract" stand in the API contracts of Walmart's developer portal of 2026-06, those marked "guide" in its
guides.
"""

from ..contract import Channel, Limits, Need

CHANNEL = Channel(
    code="walmart",
    name="Walmart",
    package=__name__,
    kind="marketplace",
    needs=(
        Need(name="client_id", label="Client ID", help="Developer portal > My Account > API keys, production."),
        Need(name="client_secret", label="Client secret", secret=True),
        Need(
            name="webhook_secret",
            label="Notification secret",
            help="Leave it empty: Odoo makes one and subscribes to notifications itself.",
            secret=True,
            required=False,
        ),
    ),
    # An item is a call of its own, and one before it. Orders have to be acknowledged within four hours.
    limits=Limits(stock_batch=10, sale_to_import_seconds=300, poll_seconds=300),
    webhook_headers={"signature": "x-odoo-signature"},
    help="Needs API keys of your seller account with full access to orders, inventory, items, prices and returns, and "
    "read access to reports.",
)
