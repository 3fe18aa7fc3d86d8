from decimal import Decimal

from odoo import models

from ..rules.checks.facts import Country, Facts
from ..rules.checks.identity import email_of, phone_of, place

ZERO = Decimal(0)


class EcomFlowGather(models.AbstractModel):
    """What the checks need to know, for a whole batch: a query a kind of fact, and none for rules that are off."""

    _name = "ecom.flow.gather"
    _description = "E-commerce: gather facts"

    def _facts(self, batch, policies, placed):
        """{order external id: Facts} of the orders whose currency is known here."""
        rules = dict(policies.grouped("rule"))
        parts = [self._of_amounts(batch), self._of_words(batch)]
        for names, gather in (
            (("blocked",), self._of_block_list),
            (("restricted", "duplicate"), self._of_goods),
            (("restricted",), self._of_restrictions),
            (("address",), self._of_countries),
            (("price",), self._of_prices),
            (("stock",), self._of_stock),
            (("credit",), self._of_credit),
            (("fraud", "duplicate"), self._of_history),
        ):
            asking = [rules[name] for name in names if name in rules]
            if asking:
                parts.append(gather(batch, asking, placed))
        return {
            external_id: Facts(
                types=batch.types[external_id],
                **{name: value for part in parts for name, value in part.get(external_id, {}).items()},
            )
            for external_id, order in batch.orders.items()
            if order.currency in batch.currencies
        }

    # ----------------------------------------------------------------- amounts
    def _of_amounts(self, batch):
        found, tolerance = {}, Decimal(str(batch.channel.tolerance))
        for external_id, order in batch.orders.items():
            if order.currency in batch.currencies:
                amounts = batch.amounts(order)
                found[external_id] = {
                    "difference": amounts.difference,
                    "tax_difference": amounts.tax_difference,
                    "tolerance": tolerance,
                    "value": self._in_company_currency(batch, order),
                }
        return found

    def _in_company_currency(self, batch, order):
        company, currency = batch.channel.company_id, batch.currencies[order.currency]
        if currency == company.currency_id:
            return order.total
        day = order.created_at.date()
        return Decimal(str(currency._convert(float(order.total), company.currency_id, company, day)))

    # ------------------------------------------------------------------- words
    def _of_words(self, batch):
        return {
            external_id: {"unknown": tuple(self._unknown(batch, order)), "pays_later": self._pays_later(batch, order)}
            for external_id, order in batch.orders.items()
        }

    def _unknown(self, batch, order):
        mapping = batch.payments.get(order.payment_method)
        if mapping and self._needs_journal(batch.channel) and not (mapping.journal_id or mapping.provider_id):
            yield "payment", order.payment_method, order.payment_method_name
        if order.shipping_method and order.shipping_method not in batch.deliveries:
            yield "delivery", order.shipping_method, order.shipping_method_name

    @staticmethod
    def _needs_journal(channel):
        """Only where captured money is booked, and nothing says where it waits."""
        booked = channel.invoice_policy != "manual" and channel.receivable_policy == "capture"
        return booked and not channel.clearing_journal_id

    @staticmethod
    def _pays_later(batch, order):
        mapping = batch.payments.get(order.payment_method)
        return bool(mapping and mapping.pays_later)

    # -------------------------------------------------------------- block list
    def _of_block_list(self, batch, policies, placed):
        wanted = {external_id: set(self._block_keys(order)) for external_id, order in batch.orders.items()}
        keys = {key for pairs in wanted.values() for _kind, key in pairs}
        entries = self.env["ecom.block.entry"].sudo()
        found = entries.search([("company_id", "=", batch.channel.company_id.id), ("key", "in", list(keys))])
        return {
            external_id: {
                "blocked": tuple((e.kind, e.value, e.reason or "") for e in found if (e.kind, e.key) in pairs)
            }
            for external_id, pairs in wanted.items()
            if found
        }

    @staticmethod
    def _block_keys(order):
        email, phone = email_of(order), phone_of(order)
        if email:
            yield "email", email
            yield "domain", email.rpartition("@")[2]
        if phone:
            yield "phone", phone
        for address in (order.bill_to, order.ship_to):
            if address.street:
                yield "address", "".join(place(address))

    # ------------------------------------------------------------ destinations
    def _of_restrictions(self, batch, policies, placed):
        channel = batch.channel
        found = self.env["ecom.restriction"].sudo()
        found = found.search([("company_id", "=", channel.company_id.id), ("channel_ids", "in", (False, channel.id))])
        plain = tuple(restriction._plain() for restriction in found)
        return {external_id: {"restrictions": plain} for external_id in batch.orders} if plain else {}

    def _of_countries(self, batch, policies, placed):
        codes = {external_id: (o.ship_to or o.bill_to).country.upper() for external_id, o in batch.orders.items()}
        found = self.env["res.country"].search_fetch(
            [("code", "in", list(set(codes.values())))], ["code", "zip_required", "state_required"]
        )
        known = {
            country.code: Country(needs_postcode=country.zip_required, needs_state=country.state_required)
            for country in found
        }
        return {external_id: {"country": known.get(code, Country(known=False))} for external_id, code in codes.items()}
