"""What the columns of an unknown report may be: guessed by their names, for a person to correct."""

import re
from dataclasses import dataclass

from .source import Source
from .table import plain

# Looked for in this order: what is said most exactly comes first.
GUESSES = (
    ("settlement", ("payout id", "settlement id", "settlement", "payout", "auszahlung", "batch", "statement id")),
    ("order", ("order number", "order id", "order", "bestellung", "bestellnummer", "commande", "pedido", "ordine")),
    ("refund", ("refund id", "refund reference", "related transaction")),
    ("payment", ("transaction id", "payment id", "transaction", "reference", "transaktion", "charge id")),
    ("net", ("net", "net amount", "netto", "payout amount")),
    ("fee", ("fee", "fees", "commission", "gebühr", "gebühren", "frais", "comisión", "provision")),
    ("debit", ("debit", "soll", "débit")),
    ("credit", ("credit", "haben", "crédit")),
    ("amount", ("amount", "gross", "gross amount", "total", "betrag", "brutto", "montant", "importe", "importo")),
    ("currency", ("currency", "währung", "devise", "moneda", "valuta")),
    ("date", ("date", "datum", "tag", "fecha", "data", "created", "posted", "booking date")),
    ("time", ("time", "uhrzeit", "heure", "hora")),
    ("kind", ("type", "kind", "category", "vorgang", "art", "typ", "tipo", "description", "beschreibung")),
    ("sku", ("sku", "article", "artikelnummer")),
    ("quantity", ("quantity", "qty", "menge", "quantité")),
    ("balance", ("balance", "saldo", "solde")),
    ("name", ("title", "name", "details", "text")),
)
COMMA, POINT = re.compile(r"\d,\d{1,2}$"), re.compile(r"\d\.\d{1,2}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`samples`: its first cells that are not empty; `meaning`: one of mapper.COLUMNS, empty: not needed."""

    name: str
    meaning: str = ""
    samples: tuple[str, ...] = ()


def columns(source: Source, samples: int = 3) -> tuple[Column, ...]:
    """The columns under the row that looks most like a heading: the first of those with the most distinct words.
    Unreadable."""
    rows = source.start
    index = max(range(len(rows)), key=lambda number: (_words(rows[number]), -number), default=None)
    if index is None or _words(rows[index]) < 2:
        return ()
    names = [cell.strip() for cell in rows[index]]
    taken: set[str] = set()
    found = []
    for place, name in enumerate(names):
        if not name or plain(name) in (plain(before) for before in names[:place]):
            continue
        cells = (row[place].strip() for row in rows[index + 1 :] if len(row) > place and row[place].strip())
        meaning = _guess(plain(name), taken)
        taken.add(meaning)
        found.append(
            Column(
                name=name, meaning=meaning, samples=tuple(cell for cell, _ in zip(cells, range(samples), strict=False))
            )
        )
    return tuple(found)


def decimal_mark(found: tuple[Column, ...]) -> str:
    """ "," or ".", by the amounts among the samples."""
    cells = [
        cell
        for column in found
        if column.meaning in ("amount", "net", "fee", "debit", "credit")
        for cell in column.samples
    ]
    return (
        ","
        if sum(bool(COMMA.search(cell)) for cell in cells) > sum(bool(POINT.search(cell)) for cell in cells)
        else "."
    )


def _words(row: list[str]) -> int:
    """Different cells that have letters; numbers are no headings."""
    return len({cell.strip() for cell in row if any(sign.isalpha() for sign in cell) and len(cell) < 80})


def _guess(name: str, taken: set[str]) -> str:
    exact = (meaning for meaning, names in GUESSES if name in names)
    inside = (meaning for meaning, names in GUESSES if any(word in name.split() for word in names))
    return next((meaning for meaning in (*exact, *inside) if meaning not in taken), "")
