"""Shopify, Admin GraphQL API. The version spoken is pinned in `api.py`, everything that is asked in `documents/`.

What Shopify promises but could not be seen on a real shop while this was written is marked "documented"; the shapes of
all requests and answers are the official schema's.
"""

from ..contract import Channel, Limits, Need
from . import api

CHANNEL = Channel(
    code="shopify",
    name="Shopify",
    package=__name__,
    kind="shop",
    needs=(
        Need(
            name="url",
            label="Shop address",
            help="The address that ends in .myshopify.com, as in the address bar of the Shopify admin.",
        ),
        Need(
            name="client_id",
            label="Client ID",
            help="Of the app you made in Shopify's Dev Dashboard. Leave it empty if you have an access token of an "
            "older custom app.",
            required=False,
        ),
        Need(
            name="client_secret",
            label="Client secret",
            help="Of the same app (older custom apps call it API secret key). Shopify signs its webhooks with it.",
            secret=True,
        ),
        Need(
            name="old_client_secret",
            label="Client secret before",
            help="Only after you rotated the secret: Shopify may sign with the one before for another hour.",
            secret=True,
            required=False,
        ),
        Need(
            name="access_token",
            label="Access token",
            help="Only for an older custom app, where it is shown once and starts with shpat_. Else it is fetched.",
            secret=True,
            required=False,
        ),
        Need(
            name="refresh_token",
            label="Refresh token",
            help="Only where an installation handed out one, starts with shprt_.",
            secret=True,
            required=False,
        ),
        Need(
            name="leave_out",
            label="Leave out orders from",
            help="Where orders come from that should not be fetched, with commas between: pos, shopify_draft_order. "
            "Empty: all come.",
            required=False,
        ),
    ),
    # The lists that one call may bring hold 250 rows (documented). Products are changed one by one, variants product by
    # product: more of them would take longer than a call may.
    limits=Limits(
        stock_batch=250,
        item_batch=20,
        compare_and_set=True,
        idempotency_keys=True,
        sale_to_import_seconds=30,
        poll_seconds=120,
    ),
    webhook_headers={
        "signature": "x-shopify-hmac-sha256",
        "delivery": "x-shopify-webhook-id",
        "topic": "x-shopify-topic",
    },
    signed_with=("client_secret", "old_client_secret"),
    ends_on=api.ENDS_ON,
    help="Needs an app of your own (Shopify admin > Settings > Apps > Develop apps) that may read and change orders, "
    "products, stock and fulfilments.",
)
