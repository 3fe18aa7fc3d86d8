"""VAT numbers as buyers type them -> as the register writes them. Checked by their own check digits (python-stdnum);
whether a number is in use only VIES knows, which Odoo asks where a company has switched that on (module base_vat)."""

from stdnum import get_cc_module
from stdnum.exceptions import ValidationError

# Two of the Union's prefixes are not the country's ISO code.
PREFIXES = {"GR": "EL"}


def normal_vat(number: str, country: str = "") -> str:
    """The number with its country's prefix, without blanks and dots, where it is a valid one; else as it was typed,
    trimmed. `country`: ISO code of the buyer's, for numbers that were typed without a prefix."""
    typed = " ".join(number.split())
    plain = "".join(letter for letter in typed if letter.isalnum()).upper()
    prefix = PREFIXES.get(country.upper(), country.upper())
    if _is_valid(plain):
        return plain
    return f"{prefix}{plain}" if prefix and _is_valid(f"{prefix}{plain}") else typed


def is_valid_vat(number: str) -> bool:
    """Whether it is a well-formed number with its prefix."""
    return _is_valid("".join(letter for letter in number if letter.isalnum()).upper())


def _is_valid(plain: str) -> bool:
    if len(plain) < 4 or not plain.isascii() or not plain[:2].isalpha():
        return False
    country = {"EL": "gr", "XI": "gb"}.get(plain[:2], plain[:2].lower())
    module = get_cc_module(country, "vat")
    if module is None:
        return False
    try:
        module.validate(plain[2:] if plain[:2] == "XI" else plain)
    except (ValidationError, ValueError):
        return False
    # Some modules accept a number with and without its prefix; only with it is it told from a number of another kind.
    return True
