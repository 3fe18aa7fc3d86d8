from datetime import timedelta, timezone
from decimal import Decimal

from odoo import models
from odoo.tools import SQL

from ..rules.checks.facts import Credit, Earlier
from ..rules.checks.identity import address_key, buyer_key
from .batch import naive

# Of a parcel shop or a very busy buyer, the latest are enough.
MOST = 500


class EcomFlowGather(models.AbstractModel):
    """Facts about who ordered: what he ordered before, and what he owes."""

    _inherit = "ecom.flow.gather"

    # ------------------------------------------------------------------ credit
    def _of_credit(self, batch, policies, placed):
        """Only where the company uses credit limits at all."""
        company = batch.channel.company_id
        if not company.account_use_credit_limit:
            return {}
        found = {}
        for external_id, customer in self._customers(batch, placed).items():
            owner = customer.sudo().with_company(company).commercial_partner_id
            if owner.credit_limit > 0:
                found[external_id] = {
                    "credit": Credit(
                        limit=Decimal(str(owner.credit_limit)),
                        owed=Decimal(str(company.currency_id.round(owner.credit + owner.credit_to_invoice))),
                        added=self._in_company_currency(batch, batch.orders[external_id]),
                    )
                }
        return found

    def _customers(self, batch, placed):
        """{order external id: contact}, all read at once."""
        ids = {external_id: contacts.customer for external_id, contacts in batch.contacts.items()}
        ids |= {external_id: order.partner_id.id for external_id, order in placed.items()}
        everybody = self.env["res.partner"].browse(set(ids.values()))
        return {
            external_id: everybody.browse(ids[external_id]).with_prefetch(everybody._prefetch_ids)
            for external_id, order in batch.orders.items()
            if external_id in ids and order.currency in batch.currencies
        }

    # ----------------------------------------------------------------- history
    def _of_history(self, batch, policies, placed):
        """Orders of the same buyers, or to the same addresses, as far back as the rules look; those of this very
        batch among them."""
        hours = max(policy.window_hours for policy in policies)
        keys = {external_id: (buyer_key(o), address_key(o)) for external_id, o in batch.orders.items()}
        rows = self._rows_before(batch, keys, hours) + self._rows_beside(batch, keys)
        by_key = {}
        for row in rows:
            for key in {row["buyer"], row["address"]} - {""}:
                by_key.setdefault(key, []).append(row)
        found = {}
        for external_id, (buyer, address) in keys.items():
            near = {row["id"]: row for key in (buyer, address) if key for row in by_key.get(key, ())}
            near.pop(external_id, None)
            if near:
                found[external_id] = {"earlier": self._earlier(batch, external_id, keys[external_id], near.values())}
        return found

    def _rows_before(self, batch, keys, hours):
        buyers = [buyer for buyer, _address in keys.values() if buyer]
        addresses = [address for _buyer, address in keys.values() if address]
        since = min(naive(order.created_at) for order in batch.orders.values()) - timedelta(hours=hours)
        self.env["sale.order"].flush_model()
        # SQL: one of two keys, which the ORM would look up by a slower plan.
        self.env.cr.execute(
            SQL(
                """SELECT sale.ecom_channel_id, sale.ecom_external_id, sale.ecom_number, sale.ecom_placed_at,
                          sale.ecom_total, currency.name, sale.ecom_buyer_key, sale.ecom_address_key, sale.id
                     FROM sale_order sale JOIN res_currency currency ON currency.id = sale.currency_id
                    WHERE (sale.ecom_buyer_key = ANY(%(buyers)s) OR sale.ecom_address_key = ANY(%(addresses)s))
                      AND sale.ecom_placed_at >= %(since)s AND sale.company_id = %(company)s AND sale.state <> 'cancel'
                    ORDER BY sale.ecom_placed_at DESC LIMIT %(most)s""",
                buyers=buyers,
                addresses=addresses,
                since=since,
                company=batch.channel.company_id.id,
                most=MOST,
            )
        )
        return [self._row_before(batch, row) for row in self.env.cr.fetchall()]

    @staticmethod
    def _row_before(batch, row):
        channel_id, external_id, number, placed_at, total, currency, buyer, address, order_id = row
        return {
            "id": external_id if channel_id == batch.channel.id else f"{channel_id}:{external_id}",
            "number": number or "",
            "placed_at": placed_at.replace(tzinfo=timezone.utc),
            "total": Decimal(str(total or 0)),
            "currency": currency,
            "buyer": buyer or "",
            "address": address or "",
            "order_id": order_id,
        }

    def _rows_beside(self, batch, keys):
        """Of the batch itself: none of them is in the database yet."""
        return [
            {
                "id": external_id,
                "number": order.number or external_id,
                "placed_at": order.created_at,
                "total": order.total,
                "currency": order.currency,
                "buyer": keys[external_id][0],
                "address": keys[external_id][1],
                "order": order,
            }
            for external_id, order in batch.orders.items()
        ]

    def _earlier(self, batch, external_id, keys, rows):
        """As plain values, newest first. Baskets are only looked up where everything else is the same."""
        order, found = batch.orders[external_id], []
        for row in sorted(rows, key=lambda row: row["placed_at"], reverse=True):
            same = row["currency"] == order.currency and row["total"] == order.total
            found.append(
                Earlier(
                    number=row["number"],
                    placed_at=row["placed_at"],
                    total=row["total"],
                    currency=row["currency"],
                    same_buyer=bool(keys[0]) and row["buyer"] == keys[0],
                    same_address=bool(keys[1]) and row["address"] == keys[1],
                    basket=self._basket(batch, row) if same else {},
                )
            )
        return tuple(found)

    def _basket(self, batch, row):
        """{product: units of the listing}."""
        found = {}
        if "order" in row:
            for line, product, _units in self._goods_lines(batch, row["order"]):
                found[product.id] = found.get(product.id, 0) + line.quantity
            return found
        for line in self.env["sale.order"].sudo().browse(row["order_id"]).order_line:
            if line.product_id.type == "consu":
                units = Decimal(str(line.product_uom_qty / (line.ecom_listing_id.units or 1.0)))
                found[line.product_id.id] = found.get(line.product_id.id, 0) + units
        return found
