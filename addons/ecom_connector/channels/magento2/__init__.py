"""Adobe Commerce and Magento 2: the REST API `/rest/V1`, versions 2.4.6 to 2.4.9 (contract).

Facts marked "contract" stand in Adobe's own contract, those marked "source" in Magento Open Source itself.
"""

from ..contract import Channel, Limits, Need

CHANNEL = Channel(
    code="magento2",
    name="Adobe Commerce / Magento 2",
    package=__name__,
    kind="shop",
    needs=(
        Need(name="url", label="Shop address", help="The address visitors see, for example https://shop.example.com."),
        Need(
            name="access_token",
            label="Access token",
            help="System > Extensions > Integrations: of an activated integration. The four are shown once.",
            secret=True,
        ),
        Need(
            name="access_token_secret",
            label="Access token secret",
            help="With the consumer key and secret, requests are signed. Leave the three empty where the shop allows "
            "access tokens alone (Stores > Configuration > Services > OAuth).",
            secret=True,
            required=False,
        ),
        Need(name="consumer_key", label="Consumer key", required=False),
        Need(name="consumer_secret", label="Consumer secret", secret=True, required=False),
        Need(
            name="website",
            label="Website code",
            help="Stores > All Stores. The website whose stock is published from here.",
            required=False,
            default="base",
        ),
    ),
    # A bulk price call takes many more; the stock of one row is looked up first, and all has to fit into one time-out.
    limits=Limits(stock_batch=50, sale_to_import_seconds=60, poll_seconds=300),
    help="Needs version 2.4, with or without inventory management (MSI), and an integration that may use Sales, "
    "Catalog, Customers, Stores (settings, taxes, inventory) and, for coupons, Marketing.",
)
