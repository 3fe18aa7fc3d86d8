"""WooCommerce, REST API v3 (`/wp-json/wc/v3`). Facts marked "recorded" were seen on a real 9.9.5 server."""

from ..contract import Channel, Limits, Need

CHANNEL = Channel(
    code="woocommerce",
    name="WooCommerce",
    package=__name__,
    kind="shop",
    needs=(
        Need(
            name="url",
            label="Shop address",
            help="The address visitors see, for example https://shop.example.com. Use https wherever the shop has it.",
        ),
        Need(
            name="consumer_key",
            label="Consumer key",
            help="WooCommerce > Settings > Advanced > REST API > Add key, with Read/Write permission. Starts with ck_.",
        ),
        Need(
            name="consumer_secret",
            label="Consumer secret",
            help="Shown once, together with the key. Starts with cs_.",
            secret=True,
        ),
        Need(
            name="webhook_secret",
            label="Webhook secret",
            help="Leave it empty: Odoo makes one and sets up the webhooks itself. Enter one only if you set them up "
            "in WooCommerce by hand.",
            secret=True,
            required=False,
        ),
    ),
    # A batch may hold 100 rows (research/contracts.md), but the shop saves each product with all its hooks and each
    # parent of variations is a call of its own: 20 keep a push inside our time-out on a small host.
    limits=Limits(stock_batch=20, sale_to_import_seconds=60, poll_seconds=300),
    webhook_headers={
        "signature": "x-wc-webhook-signature",
        "delivery": "x-wc-webhook-delivery-id",
        "topic": "x-wc-webhook-topic",
    },
    help="Needs WooCommerce 5.8 or newer (it can list orders by their last change), pretty permalinks, and an API key "
    "of a user who may manage the shop.",
)
