"""Reads single values out of Amazon's JSON; money is {"amount": "12.50", "currencyCode": "EUR"}."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from .. import rows as shared
from ..rows import identifier, moment, record, rows, text, texts, whole, written

__all__ = ["amount", "identifier", "moment", "record", "rows", "text", "texts", "whole", "written"]


def amount(value: Any) -> Decimal:
    """Of money, or of a number alone; nothing is zero."""
    return shared.amount(value.get("amount") if isinstance(value, Mapping) else value)
