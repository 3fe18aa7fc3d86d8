"""Everything that is ever asked of Shopify, word for word. `ALL` lists it for the tests, which hold it to the
schema."""

from . import access, bulk, fulfilment, goods, money, orders, people, reverse, stock, webhooks
from .document import Document

ALL: tuple[Document, ...] = (
    *access.ALL,
    *orders.ALL,
    *stock.ALL,
    *fulfilment.ALL,
    *goods.ALL,
    *money.ALL,
    *people.ALL,
    *reverse.ALL,
    *webhooks.ALL,
    *bulk.ALL,
)
