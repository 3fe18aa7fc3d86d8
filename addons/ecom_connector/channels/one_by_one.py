"""Where a vendor takes one item a call, and a batch is several of them."""

from collections.abc import Callable, Iterable
from typing import Any

from .errors import ChannelError


def one_by_one(items: Iterable, push: Callable[[Any], Any]) -> list:
    """What `push(item)` says of each, up to the first that fails: what was written before it is known by that. Only the
    failure of the very first is an error; nothing was written then, or nobody knows."""
    results: list = []
    for item in items:
        try:
            results.append(push(item))
        except ChannelError:
            if not results:
                raise
            break
    return results
