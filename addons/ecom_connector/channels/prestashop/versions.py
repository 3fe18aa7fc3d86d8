"""One text per state of an order that sorts in the order in which the shop changed it.

PrestaShop counts no revisions; it keeps the second of the last change, and an order passes several states within one
(recorded). So the second is followed by its highest number of history, which only grows, and by a digest of what the
order says: 2026-11-20T16:16:52Z~00000000000000000010.9bf807d6
"""

import hashlib

from . import clock, fields
from .papers import Papers

_SAYS = ("current_state", "total_paid_tax_incl", "total_paid_tax_excl", "total_paid_real", "id_carrier")
_SAYS += ("id_address_delivery", "id_address_invoice", "module")


def of_order(papers: Papers) -> str:
    order = papers.order
    moment = clock.version_moment(fields.text(order, "date_upd") or fields.text(order, "date_add"), papers.zone)
    grown = max((int(fields.identifier(row) or 0) for row in papers.rows("order_histories")), default=0)
    said = [[fields.text(order, name) for name in _SAYS]]
    said += [
        [fields.text(row, name) for name in ("id", "product_quantity", "total_price_tax_excl")]
        for row in papers.rows("order_details")
    ]
    said += [[fields.text(row, "id"), fields.text(row, "tracking_number")] for row in papers.rows("order_carriers")]
    said += [[fields.text(row, name) for name in ("id", "amount")] for row in papers.rows("order_payments")]
    said += [[fields.text(row, "id")] for row in papers.rows("order_slip")]
    return f"{moment}~{grown:020d}.{hashlib.sha256(repr(said).encode()).hexdigest()[:8]}"


def of_body(body: bytes) -> str:
    """Of an order that cannot be read: sorts before any that can, so that a mended one is the newer."""
    return f"0000-00-00T00:00:00Z~{hashlib.sha256(body).hexdigest()[:8]}"
