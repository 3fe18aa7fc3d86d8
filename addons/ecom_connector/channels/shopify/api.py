"""Which version of the Admin API is spoken. Shopify brings out one each quarter and serves each for a year.

To move on: change both lines, run `make test-plain ONLY=shopify` and the tests of `tests/contract`, which hold every
document and every set of variables to the schema of this version and of the next.
"""

from datetime import date

VERSION = "2026-07"
# After this day Shopify answers with a newer version than we asked for (documented: twelve months).
ENDS_ON = date(2027, 7, 1)
