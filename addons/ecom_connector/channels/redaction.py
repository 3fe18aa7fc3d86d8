"""A raw body as a person may read it: laid out, cut to a size, without secrets and card numbers.

It is for reading only. What is stored stays as it came, or a signature could never be checked again.
"""

import json
import re
from typing import Any

from lxml import etree

HIDDEN = "•••"
READ_AT_MOST = 1024 * 1024
SHOW_AT_MOST = 100_000

# Parts of names, written without case and separators, whose values are nobody's business.
_SECRET_PARTS = (
    "password", "passwd", "secret", "token", "authorization", "apikey", "accesskey", "privatekey", "signature",
    "sessionid", "cookie", "orderkey", "cardnumber", "creditcard", "securitycode", "accountnumber",
)  # fmt: skip
_SECRET_NAMES = {"auth", "cvv", "cvv2", "cvc", "cvc2", "pan", "pin", "iban"}
_PAIR = re.compile(r"""(?P<name>[\w.\-]{2,60})(?P<between>["']?\s*[:=]\s*["']?)(?P<value>[^"'&\s,;<>{}]+)""")
_CARD = re.compile(
    r"(?<![\d.])[3-6]\d{3}([ -]?)\d{4}\1\d{4}\1\d{3,4}(?![\d.])|(?<![\d.])3[47]\d{2}([ -]?)\d{6}\2\d{5}(?![\d.])"
)


def readable(body: bytes) -> str:
    """Text of JSON, XML or anything else; never raises, whatever the bytes are."""
    text = _laid_out(body) if len(body) <= READ_AT_MOST else None
    if text is None:
        text = _plain(body[: 4 * SHOW_AT_MOST])
    text = text.encode(errors="replace").decode()  # JSON may name half a character, which no answer can carry
    left = len(text) - SHOW_AT_MOST
    return text if left <= 0 else f"{text[:SHOW_AT_MOST]}\n… {left}"


def is_secret(name: str) -> bool:
    """Whether a value of that name must not be shown."""
    bare = re.sub(r"[^a-z0-9]", "", name.lower())
    return bare in _SECRET_NAMES or any(part in bare for part in _SECRET_PARTS)


def _laid_out(body: bytes) -> str | None:
    start = body.lstrip()[:1]
    try:
        if start in (b"{", b"["):
            return json.dumps(_hidden(json.loads(body)), indent=2, ensure_ascii=False)
        if start == b"<":
            return _xml(body)
    except (ValueError, RecursionError, etree.LxmlError):
        return None
    return None


def _hidden(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _hidden(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_hidden(inner, name) for inner in value]
    if value in (None, "") or isinstance(value, bool):
        return value
    if is_secret(name):
        return HIDDEN
    return _without_cards(value) if isinstance(value, str) else value


def _xml(body: bytes) -> str:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_blank_text=True)
    root = etree.fromstring(body, parser)
    for element in root.iter(etree.Element):
        if is_secret(etree.QName(element).localname):
            element[:] = []
            element.text = HIDDEN
        for name in element.attrib:
            if is_secret(etree.QName(name).localname):
                element.attrib[name] = HIDDEN
        element.text = _without_cards(element.text) if element.text else element.text
    return etree.tostring(root, pretty_print=True, encoding="unicode")


def _plain(body: bytes) -> str:
    """Forms, tables, nonsense: whatever stands behind a secret's name is hidden, and what cannot be printed."""
    text = "".join(sign if sign.isprintable() or sign in "\n\t" else "·" for sign in body.decode(errors="replace"))
    return _without_cards(_PAIR.sub(_pair, text))


def _pair(match: re.Match) -> str:
    if not is_secret(match["name"]):
        return match[0]
    return f"{match['name']}{match['between']}{HIDDEN}"


def _without_cards(text: str) -> str:
    return _CARD.sub(_card, text)


def _card(match: re.Match) -> str:
    """A number that is no card number, an order's id for example, fails the check digit nine times out of ten."""
    digits = [int(sign) for sign in match[0] if sign.isdigit()]
    odd, even = digits[-1::-2], digits[-2::-2]
    checked = sum(odd) + sum(sum(divmod(2 * digit, 10)) for digit in even)
    return f"{HIDDEN} {match[0][-4:]}" if checked % 10 == 0 else match[0]
