"""Questions of any size: worked off beside the others, the answer is a file of one record a line."""

import json

import graphql

from tests.sandbox.shopify import queries, schema
from tests.sandbox.shopify.node import Node, gid, problem


def begin(desk, text):
    """One at a time. The document is held to the schema like any other."""
    shop = desk.shop
    if any(one["status"] == "RUNNING" for one in shop.bulk.values()):
        return {"bulkOperation": None, "userErrors": [problem("Already running", code="OPERATION_IN_PROGRESS")]}
    document, errors = schema.parsed(desk.version, text)
    name = document.definitions[0].name.value
    desk.complaints += [f"{name}: {error}" for error in errors]
    desk.asked.append((name, {}))
    desk.texts[name] = text
    result = graphql.execute(schema.load(desk.version), document, queries.root(shop))
    desk.complaints += [f"{name}: {error}" for error in result.errors or ()]
    ((_root, found),) = result.data.items()
    number = shop.next_id()
    content = b"".join(json.dumps(line).encode() + b"\n" for line in _lines(found, None))
    shop.bulk[number] = {"id": number, "status": "RUNNING", "content": content}
    return {"bulkOperation": {"id": gid("BulkOperation", number), "status": "CREATED"}, "userErrors": []}


def _lines(connection, owner):
    """Each record, and below it those of its connections."""
    for edge in connection["edges"]:
        row = edge["node"]
        below = {name: value for name, value in row.items() if isinstance(value, dict) and "edges" in value}
        own = {name: value for name, value in row.items() if name not in below}
        yield own if owner is None else {**own, "__parentId": owner}
        for value in below.values():
            yield from _lines(value, row["id"])


def state(shop, number):
    """At the first look it is still at work."""
    one = shop.bulk[number]
    shown = Node(
        id=gid("BulkOperation", number),
        status=one["status"],
        errorCode=None,
        fileSize=str(len(one["content"])) if one["status"] == "COMPLETED" else None,
        url=f"{shop.url}/bulk/{number}" if one["content"] and one["status"] == "COMPLETED" else None,
    )
    if one["status"] == "RUNNING":
        one["status"] = "COMPLETED"
    return shown


def piece(shop, path, wanted):
    """Some bytes of the file, as HTTP has it."""
    content = shop.bulk[int(path.rpartition("/")[2])]["content"]
    if not wanted:
        return 200, content
    start, _dash, end = wanted.removeprefix("bytes=").partition("-")
    return 206, content[int(start) : int(end) + 1]
