"""PrestaShop, its web service in XML (`/api`). Facts marked "recorded" were seen on a real 1.6.1.25 server.

1.7, 8 and 9 keep the same web service and add fields to it.
"""

from ..contract import Channel, Limits, Need

CHANNEL = Channel(
    code="prestashop",
    name="PrestaShop",
    package=__name__,
    kind="shop",
    needs=(
        Need(
            name="url",
            label="Shop address",
            help="The address visitors see, for example https://shop.example.com. Use https: the key travels with "
            "every request.",
        ),
        Need(
            name="key",
            label="Web service key",
            help="PrestaShop > Advanced Parameters > Web Service: switch the web service on and add a key. The README "
            "lists what it must be allowed.",
            secret=True,
        ),
        Need(
            name="timezone",
            label="Time zone of the shop",
            help="As in International > Localization, for example Europe/Paris. Leave it empty if the key may read "
            "“configurations”.",
            required=False,
        ),
        Need(
            name="shop",
            label="Number of the shop",
            help="Only where one PrestaShop runs several shops: the number of the one to connect.",
            required=False,
        ),
    ),
    # Each quantity is a call of its own (recorded): 20 keep a push inside our time-out on a small host. The web service
    # tells nobody what happened, so polling is all there is.
    limits=Limits(stock_batch=20, sale_to_import_seconds=300, poll_seconds=300),
    help="Needs PrestaShop 1.6 or newer with its web service switched on, and a key.",
)
