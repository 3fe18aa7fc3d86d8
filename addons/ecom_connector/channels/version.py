"""Which of two states of an order is the newer one.

Versions sort as text in the order in which the channel changed the order. Some channels can only say in which second:
they write a `~` behind it, and what follows is a likely order and tells the states apart. Two states of one moment are
in doubt; then the one that the channel gave out last, asked for this very order, is what it holds.
"""


def moment(version: str) -> str:
    """The part that surely sorts."""
    return version.partition("~")[0]


def is_older(version: str, than: str) -> bool:
    """Surely, whatever was asked when."""
    return moment(version) < moment(than)


def is_in_doubt(version: str, other: str) -> bool:
    """Two different states between which the versions cannot decide."""
    return version != other and moment(version) == moment(other)
