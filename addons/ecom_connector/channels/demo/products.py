"""What the shop lists: one Product for each sellable item."""

from ..records import Page, Product
from .client import Client
from .reading import amount, expecting, word


def fetch_products(client: Client, token: str = "") -> Page:
    """One page of all items, withdrawn ones included, in an order that does not change while we page."""
    told = client.get("/products", what="Fetching products", token=token, limit=client.page_size)
    with expecting("The list of products"):
        return Page(items=tuple(_product(paper) for paper in told["products"]), next=word(told["next"]))


def _product(paper: dict) -> Product:
    return Product(
        variant_id=word(paper["id"]),
        product_id=word(paper["product_id"]),
        name=word(paper["name"]),
        sku=word(paper["sku"]).strip(),
        barcode=word(paper["barcode"]),
        price=amount(paper["price"]),
        currency=word(paper["currency"]),
        active=paper["active"] is True,
    )
