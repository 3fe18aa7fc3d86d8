"""What a database can keep: no NUL, no half characters, keys of a sane length. JSON can carry all of them."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

LONGEST_KEY = 255
_NUL = "\0"


def is_plain(*texts: str) -> bool:
    """Whether these can be keys: short, and made of characters that can be printed."""
    return all(len(text) <= LONGEST_KEY and text.isprintable() for text in texts)


def storable(value: Any) -> Any:
    """The same record, text, tuple or mapping with every character kept that a database can keep."""
    if isinstance(value, str):
        return value if _is_storable(value) else value.replace(_NUL, "").encode(errors="replace").decode()
    if isinstance(value, tuple):
        return tuple(storable(inner) for inner in value)
    if isinstance(value, dict):
        return {storable(key): storable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [storable(inner) for inner in value]
    if is_dataclass(value):
        changed = {}
        for field in fields(value):
            old = getattr(value, field.name)
            new = storable(old)
            if new is not old and new != old:
                changed[field.name] = new
        return replace(value, **changed) if changed else value
    return value


def _is_storable(text: str) -> bool:
    if text.isascii():
        return _NUL not in text
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return _NUL not in text
