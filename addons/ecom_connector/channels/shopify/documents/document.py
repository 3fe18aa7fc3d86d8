"""A document and what it will cost."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """One operation.

    text    GraphQL, with all the fragments it uses
    cost    points that Shopify will ask for, estimated from above; its first answer tells the real figure
    writes  whether it changes anything there
    """

    name: str
    text: str
    cost: int
    writes: bool = False


def query(name: str, cost: int, text: str, *fragments: str) -> Document:
    return Document(name, _whole(text, fragments), cost)


def mutation(name: str, text: str, *fragments: str, cost: int = 15) -> Document:
    return Document(name, _whole(text, fragments), cost, writes=True)


def _whole(text: str, fragments: tuple[str, ...]) -> str:
    return "\n".join((text.strip(), *(part.strip() for part in fragments)))
