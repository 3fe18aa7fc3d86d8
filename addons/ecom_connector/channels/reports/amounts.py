"""Numbers as reports write them. Nothing is guessed: a mark that does not fit its place is Unreadable."""

import re
from decimal import Decimal
from functools import lru_cache

from ..errors import Unreadable
from ..records import ZERO

# Empty, and what Etsy and eBay write for it.
NOTHING = ("", "-", "--", "\u2013", "\u2014")
PLAIN = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,8})?")
SIGNS = re.compile(r"[\s\u00a0\u202f\u2009'\u2019]|[$€£¥₹￥]|\b(?:CAD|AUD|USD|EUR|GBP|CA|AU|US|A|C)(?=[-$0-9])")
GROUPED = {
    ".": re.compile(r"[0-9]{1,3}(?:,[0-9]{2,3})*,[0-9]{3}(?:\.[0-9]+)?|[0-9]*(?:\.[0-9]+)?|[0-9]+\.?"),
    ",": re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]*(?:,[0-9]+)?|[0-9]+,?"),
}
# Whole numbers that a spreadsheet turned into floats and back; beyond 15 digits it lost some of them.
FLOATED = re.compile(r"([0-9]{1,15})\.0+")
SPOILED = re.compile(r"[0-9]+([.,][0-9]+)?E\+?[0-9]+", re.IGNORECASE)
MINOR_DIGITS = {
    **dict.fromkeys("BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF UGX VND VUV XAF XOF XPF".split(), 0),
    **dict.fromkeys("BHD JOD KWD OMR TND".split(), 3),
}


@lru_cache(maxsize=2**16)
def money(text: str, decimal: str = ".") -> Decimal:
    """The amount in `text`, zero where there is none. `decimal`: the mark before the cents, "." or ",". Unreadable."""
    if PLAIN.fullmatch(text) and (decimal == "." or "." not in text):
        return Decimal(text)
    bare = text.strip()
    if bare in NOTHING:
        return ZERO
    bare = SIGNS.sub("", bare.replace("\u2212", "-"))
    negative = bare.startswith("-") or bare.endswith("-") or (bare.startswith("(") and bare.endswith(")"))
    bare = bare.removeprefix("+").strip("-()")
    if len(bare) > 24 or not GROUPED[decimal].fullmatch(bare) or not any(sign.isdigit() for sign in bare):
        raise Unreadable(f"“{text[:40]}” is no amount.")
    value = Decimal(bare.replace("," if decimal == "." else ".", "").replace(",", "."))
    return -value if negative else value


@lru_cache(maxsize=2**16)
def single_mark(text: str) -> Decimal:
    """An amount of a report that never groups its thousands, whose only mark is the decimal one. Unreadable."""
    if PLAIN.fullmatch(text):
        return Decimal(text)
    if text.count(",") + text.count(".") > 1:
        return money(text, max(",.", key=text.rfind))
    return money(text.replace(",", "."), ".")


def minor(value: int | str, currency: str) -> Decimal:
    """Whole minor units ("1999", cents) as money. Unreadable."""
    try:
        digits = MINOR_DIGITS.get(currency.upper(), 2)
        if isinstance(value, bool) or not isinstance(value, int | str) or len(str(value)) > 18:
            raise ValueError
        return Decimal(int(value)).scaleb(-digits)
    except (ValueError, AttributeError):
        raise Unreadable("An amount of this report is no whole number.")


def identifier(text: str) -> str:
    """An id as it was before a spreadsheet made a number of it, where that is certain."""
    text = text.strip()
    if text.endswith("0") and (found := FLOATED.fullmatch(text)):
        return found[1]
    return text


def is_spoiled(text: str) -> bool:
    """Whether a spreadsheet turned this id into a number and lost digits of it."""
    return bool(text) and text[0].isdigit() and bool(SPOILED.fullmatch(text))
