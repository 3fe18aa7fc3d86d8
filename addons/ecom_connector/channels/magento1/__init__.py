"""Magento 1 and OpenMage, SOAP v2, in both modes of the server. Facts marked "recorded" were seen on a real 1.9.4.5."""

from ..contract import Channel, Limits, Need

CHANNEL = Channel(
    code="magento1",
    name="Magento 1 / OpenMage",
    package=__name__,
    kind="shop",
    needs=(
        Need(
            name="url",
            label="Shop address",
            help="The address visitors see, for example https://shop.example.com. Use https: user and key travel with "
            "every sign-in.",
        ),
        Need(
            name="user",
            label="API user name",
            help="Magento > System > Web Services > SOAP/XML-RPC Users: add a user with a role. The README lists what "
            "the role must be allowed.",
        ),
        Need(name="key", label="API key", help="The one entered for that user.", secret=True),
        Need(
            name="mode",
            label="WS-I compliance",
            help="“yes” or “no”, as in System > Configuration > Magento Core API. Leave it empty: the shop is asked.",
            required=False,
        ),
    ),
    # Several products are written by one call, but the shop saves each with all its indexes.
    limits=Limits(stock_batch=20, sale_to_import_seconds=300, poll_seconds=300),
    help="Needs Magento 1.7 or newer, or OpenMage, and a user of its SOAP API.",
)
