"""Values of the sandbox that a document may ask for."""


class NotPlayed(AssertionError):
    """The schema has this field and the sandbox does not: the test, or the sandbox, has to be made better."""


class Node(dict):
    """An object of the schema. A value may be a function of (info, **arguments). Asking for what is not there fails."""

    def get(self, name, default=None):
        if name not in self:
            raise NotPlayed(f"The sandbox has no {self.get_name()}.{name}.")
        return self[name]

    def get_name(self):
        return self["__typename"] if "__typename" in self else "field"


def connection(rows, make=None):
    """A connection over a list, or over a function that makes it. Cursors are positions; `first` is obeyed. `make`: of
    each row that is asked for."""

    def resolve(_info, first=None, after=None, **_others):
        found = list(rows() if callable(rows) else rows)
        start = int(after) if after else 0
        part = found[start : start + first] if first else found[start:]
        end = start + len(part)
        part = [make(row) for row in part] if make else part
        info = Node(hasNextPage=end < len(found), endCursor=str(end) if part else None)
        return Node(nodes=part, edges=[Node(node=one) for one in part], pageInfo=info)

    return resolve


def first_of(rows):
    """A plain list that takes `first`."""
    return lambda _info, first=None, **_others: list(rows() if callable(rows) else rows)[:first]


def gid(kind, number):
    return f"gid://shopify/{kind}/{number}"


def number(value):
    return int(value.rpartition("/")[2])


def problem(message, *field, **more):
    """One of a mutation's userErrors."""
    return Node(field=list(field) or None, message=message, **more)
