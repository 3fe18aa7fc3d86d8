"""Reading the shop page by page. A token says where the last page ended, not how many were shown.

Papers are listed by (moment, revision) of their last change. One that changes while somebody pages moves to the end,
where it is seen again; none is skipped, also where many share one second at the border of a page.
"""

import json
from collections.abc import Mapping

from . import money, warehouse
from .back_office import Shop
from .change import Missing, Refusal
from .store import moment, stamp

PAGE = 50
LARGEST_PAGE = 250


def changed(shop: Shop, kind: str, query: Mapping[str, str]) -> dict:
    """Papers changed in `since` <= moment <= `until`, oldest change first: {"<kind>s": [], "next": token or ""}."""
    where, values = ["kind = ?"], [kind]
    for name, sign in (("since", ">="), ("until", "<=")):
        if query.get(name):
            where.append(f"updated_at {sign} ?")
            values.append(stamp(moment(query[name])))
    if query.get("number"):
        where.append("number = ?")
        values.append(query["number"])
    if query.get("open"):
        where.append("is_open = 1")
    if query.get("token"):
        where.append("(updated_at, revision) > (?, ?)")
        values.extend(_place(query["token"]))
    limit = _limit(query)
    with shop.store.reading() as connection:
        rows = connection.execute(
            f"SELECT updated_at, revision, body FROM paper WHERE {' AND '.join(where)}"
            " ORDER BY updated_at, revision LIMIT ?",
            (*values, limit + 1),
        ).fetchall()
    last = rows[limit - 1] if len(rows) > limit else None
    token = f"{last['updated_at']}~{last['revision']}" if last else ""
    return {f"{kind}s": [json.loads(row["body"]) for row in rows[:limit]], "next": token}


def _place(token: str) -> tuple[str, int]:
    at, _, revision = token.partition("~")
    if not revision.isdigit():
        raise Refusal("This token is not one of this shop.", "token")
    return stamp(moment(at)), int(revision)


def _limit(query: Mapping[str, str]) -> int:
    limit = int(query.get("limit") or PAGE)
    if not 0 < limit <= LARGEST_PAGE:
        raise Refusal(f"A page has between 1 and {LARGEST_PAGE} entries.", "limit")
    return limit


def paper(shop: Shop, kind: str, external_id: str) -> dict:
    with shop.store.reading() as connection:
        row = connection.execute("SELECT body FROM paper WHERE kind = ? AND id = ?", (kind, external_id)).fetchone()
    if row is None:
        raise Missing(kind, external_id)
    return json.loads(row["body"])


def by_key(shop: Shop, kind: str, key: str) -> list[dict]:
    with shop.store.reading() as connection:
        rows = connection.execute(
            "SELECT body FROM paper WHERE kind = ? AND key = ? AND key <> ''", (kind, key)
        ).fetchall()
    return [json.loads(row["body"]) for row in rows]


def products(shop: Shop, query: Mapping[str, str]) -> dict:
    """Items in the order of their ids: {"products": [], "next": ""}."""
    limit, after = _limit(query), int(query.get("token") or -1)
    items = shop.items()
    page = items[after + 1 : after + 1 + limit]
    more = after + 1 + limit < len(items)
    return {
        "products": [
            {
                "object": "product",
                "id": item.id,
                "product_id": item.product_id,
                "name": item.name,
                "sku": item.sku,
                "barcode": item.barcode,
                "price": money.text(item.price),
                "currency": shop.profile.currency,
                "weight_grams": item.weight,
                "active": item.active,
            }
            for item in page
        ],
        "next": str(after + limit) if more else "",
    }


def levels(shop: Shop, wanted: list[tuple[str, str]]) -> list[dict]:
    with shop.store.reading() as connection:
        return warehouse.read(connection, wanted, shop.profile.places[0].id)
