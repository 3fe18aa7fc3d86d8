"""Very many values in one statement."""

from datetime import datetime

from odoo.tools import SQL

NOTHING = type(None)


def array(values, kind="integer"):
    """SQL of an array of that kind, `values`: any collection.

    Numbers and moments are sent as one constant: of a list the driver would look at each by itself, and the database
    would read each as an expression of its own.
    """
    values = values if isinstance(values, list | tuple) else list(values)
    kinds = set(map(type, values))
    if kinds <= {int, float}:
        words = map(repr, values)
    elif kinds <= {int, float, NOTHING}:
        words = ("NULL" if value is None else repr(value) for value in values)
    elif kinds == {datetime}:
        words = map(datetime.isoformat, values)
    else:
        return SQL("%s::%s[]", values, SQL(kind))
    return SQL("%s::%s[]", f"{{{','.join(words)}}}", SQL(kind))
