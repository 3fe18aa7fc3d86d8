"""A Shopify that remembers, for tests: it executes the adapter's own documents against the official schema.

    schema.py    the official schema, from outside the repository      graph.py    what the schema's types hold here
    shop.py      the shop: products, locations, orders, money          people.py   what buyers and staff do in it
    stock.py     available, committed, on hand                         changes.py  the mutations
    server.py    HTTP, tokens, points, keys, trouble                   postman.py  signed webhooks

What the schema does not know is refused; what it knows and this shop does not is a failure of the test.
"""

import sys
from pathlib import Path

# The channels are plain Python and no package of this project's root.
sys.path.insert(0, str(Path(__file__).parents[3] / "addons" / "ecom_connector"))
