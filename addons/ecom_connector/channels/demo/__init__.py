"""A complete channel that calls nobody: for trials, for demo data, and as the example of nearly every noun.

`shop/` is the other side of it, and no part of a channel. `docs/ADDING_A_CHANNEL.md` makes a new one step by step.
"""

from ..contract import Channel, Limits, Need

CHANNEL = Channel(
    code="demo",
    name="Demo shop",
    package=__name__,
    kind="shop",
    needs=(
        Need(
            name="api_key",
            label="API key",
            help="The demo shop's own key is demo-key.",
            secret=True,
            default="demo-key",
        ),
        Need(
            name="seed",
            label="Seed",
            help="Any word or number. Another seed is another shop: other buyers, other orders, other flaws.",
            required=False,
            default="1",
        ),
        Need(
            name="currency",
            label="Currency",
            help="EUR, USD, GBP or CHF: the shop lives where it is used. Taken when the shop is founded.",
            required=False,
            default="EUR",
        ),
        Need(
            name="url",
            label="Address",
            help="Leave it empty: the shop then lives inside Odoo and calls nobody.",
            required=False,
        ),
        Need(
            name="webhook_secret",
            label="Webhook secret",
            help="Only for a demo shop with an address: what it signs its announcements with.",
            secret=True,
            required=False,
        ),
        Need(
            name="refresh_token",
            label="Refresh token",
            help="Only for a demo shop with an address that grants access by tokens: the first one.",
            secret=True,
            required=False,
        ),
        Need(
            name="file",
            label="File of the shop",
            help="Leave it empty: Odoo keeps the shop in its data folder.",
            required=False,
        ),
    ),
    limits=Limits(
        stock_batch=50,
        daily_revisions=1000,
        compare_and_set=True,
        idempotency_keys=True,
        sale_to_import_seconds=0,
        poll_seconds=20,
    ),
    webhook_headers={
        "signature": "x-demo-signature",
        "delivery": "x-demo-delivery",
        "topic": "x-demo-topic",
    },
    help="A pretend shop with products, buyers, orders, refunds, returns and payouts of its own. It calls nobody.",
)
