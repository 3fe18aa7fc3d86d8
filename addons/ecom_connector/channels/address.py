"""The address of a shop, from what people paste into the field for it."""

from urllib.parse import urlsplit

from .errors import Refused


def shop_address(entered: str, tails: tuple[str, ...] = ()) -> str:
    """The address of the shop's front page: without scheme, with the path of its API or back office (`tails`) cut off,
    all are understood. Refused where it is none."""
    entered = entered.strip()
    if "://" not in entered:
        entered = f"https://{entered}"
    try:
        parts = urlsplit(entered)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise Refused("This is not the address of a shop.") from error
    if parts.scheme.lower() not in ("http", "https") or not host:
        raise Refused("The address of a shop begins with https:// (or http://) and a name.")
    if parts.username or parts.password:
        raise Refused("Enter the address without a user name; keys and passwords have their own fields.")
    path = parts.path
    for tail in tails:
        path = path.split(tail)[0]
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme.lower()}://{host}{f':{port}' if port else ''}{path.rstrip('/')}"
