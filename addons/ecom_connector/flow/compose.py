from collections import defaultdict
from decimal import Decimal

from odoo import fields, models

from ..rules.apportion import apportion
from ..rules.currencies import stated_rate
from ..rules.stated import Stated
from ..rules.unit_price import discount_percent, unit_price
from .batch import naive

ZERO = Decimal(0)


def said(attributes, note=""):
    """What a buyer chose and wrote, one a line, as people and delivery slips show it."""
    return "\n".join(filter(None, (*(f"{name}: {value}" for name, value in attributes if value), note)))


class EcomFlowCompose(models.AbstractModel):
    """Order of the channel -> values of a sale order, to the cent.

    Prices stand on the line as the taxes here want them (without tax, or with the included ones), so that people and
    reports read sensible numbers. What the line amounts to is not left to them: `extra_tax_data` states the line's net
    and each of its taxes, and Odoo's own engine takes them over, on the order and on its invoice. That is one way for
    net and gross shops, compound taxes and every manner of rounding.
    """

    _name = "ecom.flow.compose"
    _description = "E-commerce: compose"

    def _prepare_order_values(self, batch, order):
        """Values of one new sale order with its lines; a hook."""
        # Who has paid owes nothing later; a term with a discount for paying early would change the tax.
        terms = {} if order.payment == "unpaid" else {"payment_term_id": False}
        channel, contacts, amounts = batch.channel, batch.contacts[order.external_id], batch.amounts(order)
        carrier = batch.deliveries.get(order.shipping_method)
        values = {
            "company_id": channel.company_id.id,
            "partner_id": contacts.customer,
            "partner_invoice_id": contacts.bill_to,
            "partner_shipping_id": contacts.ship_to,
            "warehouse_id": self.env["ecom.flow.route"]._warehouse(batch, order).id,
            "pricelist_id": self._pricelist(batch, order).id,
            "date_order": naive(order.created_at),
            "client_order_ref": order.number or order.external_id,
            "origin": channel.name,
            "team_id": channel.team_id.id,
            "user_id": channel.user_id.id,
            "carrier_id": carrier.id if carrier else False,
            "tag_ids": [fields.Command.set([batch.order_tags[tag].id for tag in order.tags])],
            **terms,
            "require_signature": False,
            "require_payment": False,
            "order_line": [fields.Command.create(line) for line in self._prepare_lines(batch, order, amounts)],
            **self._prepare_channel_values(batch, order, amounts),
            **self._prepare_rate(batch, order),
        }
        if channel.order_prefix and order.number:
            values["name"] = f"{channel.order_prefix}{order.number}"
        return values

    def _prepare_rate(self, batch, order):
        """The rate of an order in a foreign currency, frozen: the channel's own, else that of the day it was placed."""
        company, currency = batch.channel.company_id, batch.currencies[order.currency]
        if currency == company.currency_id:
            return {}
        stated = stated_rate(order, company.currency_id.name)
        rate = float(stated) if stated else None
        if not rate:
            day = fields.Datetime.context_timestamp(self, naive(order.created_at)).date()
            rate = self.env["res.currency"]._get_conversion_rate(company.currency_id, currency, company, day)
        return {"ecom_rate": rate}

    def _prepare_channel_values(self, batch, order, amounts):
        """What the order remembers of its channel; a hook."""
        site = batch.sites.get(order.site)
        return {
            "ecom_channel_id": batch.channel.id,
            "ecom_external_id": order.external_id,
            "ecom_number": order.number or order.external_id,
            "ecom_version": order.version,
            "ecom_site_id": site.id if site else False,
            "ecom_placed_at": naive(order.created_at),
            "ecom_content": batch.content(order),
            "ecom_total": float(order.total),
            "ecom_remitted_tax": float(amounts.remitted),
            "ecom_discount": float(amounts.discount),
            "ecom_payment": order.payment,
            "ecom_fulfilment": order.fulfilment,
            "ecom_location": order.location,
            "ecom_test": order.test,
            **self._prepare_words(batch, order),
            "ecom_ship_by": self._ship_by(batch.channel, order),
            "ecom_acknowledge_by": naive(order.acknowledge_by),
            **self.env["ecom.flow.judge"]._prepare_order_values(batch, order),
        }

    def _prepare_words(self, batch, order):
        """What the buyer said and chose; a hook."""
        other = batch.currencies.get(order.other_currency)
        return {
            "ecom_note": order.note,
            "ecom_delivery_note": order.delivery_note,
            "ecom_gift_message": order.gift_message,
            "ecom_attributes": said(order.attributes),
            "ecom_coupons": ", ".join(order.coupons),
            **self.env["ecom.flow.clip"]._prepare_order_values(batch, order),
            "ecom_other_currency_id": other.id if other else False,
            "ecom_other_total": float(order.other_total) if other else 0.0,
        }

    def _ship_by(self, channel, order):
        """The channel's own deadline, else the merchant's promise counted from the moment the order was placed."""
        if order.ship_by or not channel.ship_within_hours:
            return naive(order.ship_by)
        return fields.Datetime.add(naive(order.created_at), hours=channel.ship_within_hours)

    def _pricelist(self, batch, order):
        """It only carries the currency: none for the company's own, unless the merchant chose one."""
        site, channel = batch.sites.get(order.site), batch.channel
        currency = batch.currencies[order.currency]
        for pricelist in (site.pricelist_id if site else channel.pricelist_id, channel.pricelist_id):
            if pricelist.currency_id == currency:
                return pricelist
        if currency == channel.company_id.currency_id:
            return self.env["product.pricelist"]
        return self._currency_pricelist(channel.company_id, currency)

    def _currency_pricelist(self, company, currency):
        pricelists = self.env["product.pricelist"]
        found = pricelists.search(
            [("company_id", "in", (False, company.id)), ("currency_id", "=", currency.id), ("item_ids", "=", False)],
            limit=1,
        )
        name = self.env._("Sales channels, %(currency)s", currency=currency.name)
        return found or pricelists.create({"name": name, "currency_id": currency.id, "company_id": company.id})

    # ------------------------------------------------------------------- lines
    def _prepare_lines(self, batch, order, amounts):
        lines = [
            self._prepare_line_values(batch, order, line, found, sequence)
            for sequence, (line, found) in enumerate(zip(order.lines, amounts.lines, strict=True), 10)
            if line.quantity
        ]
        if amounts.difference and not self._is_off(batch, order, amounts):
            lines.append(self._prepare_rounding_values(batch, order, amounts))
        return lines

    def _is_off(self, batch, order, amounts):
        off = float(abs(amounts.difference))
        return batch.currencies[order.currency].compare_amounts(off, batch.channel.tolerance) > 0

    def _prepare_line_values(self, batch, order, line, amounts, sequence):
        """Values of one line; `amounts` in whole cents. A hook."""
        product, quantity = self._product_and_quantity(batch, line)
        taxes, shares = self._taxes(batch, order, amounts)
        price, percent = self._price(batch.currencies[order.currency], line, amounts, quantity, shares)
        listing, note = batch.listing(line), said(line.attributes, line.note)
        return {
            "sequence": sequence,
            "product_id": product.id,
            "product_uom_id": product.uom_id.id,
            "name": "\n".join(filter(None, (line.name or product.display_name, note))),
            "ecom_note": note,
            "product_uom_qty": float(quantity),
            "price_unit": float(price),
            "discount": float(percent),
            "tax_ids": [fields.Command.set(taxes.ids)],
            "is_delivery": line.kind == "shipping",
            "extra_tax_data": self.env["account.tax"]._ecom_state(
                batch.currencies[order.currency],
                Stated(amounts.net, amounts.discount, shares),
                price_unit=float(price),
                discount=float(percent),
                quantity=float(quantity),
            ),
            "ecom_external_id": line.external_id,
            "ecom_listing_id": listing.id if listing is not None else False,
            "ecom_remitted_tax": float(amounts.remitted),
            "ecom_kind": line.kind,
        }

    def _product_and_quantity(self, batch, line):
        """A listing may stand for several units of its product."""
        if line.kind == "product":
            listing = batch.listing(line)
            units = Decimal(str(listing.units)) if listing is not None else Decimal(1)
            return batch.product(line) or batch.services["placeholder"], line.quantity * units
        carrier = batch.deliveries.get(line.method) if line.kind == "shipping" else None
        return (carrier.product_id if carrier else batch.services[line.kind]), line.quantity

    def _taxes(self, batch, order, amounts):
        """(the taxes of the line, {tax: amount}). Two of the channel's rates may be one tax here; a group of taxes is
        shared out to those in it."""
        taxes, shares = self.env["account.tax"], defaultdict(Decimal)
        unit = Decimal(1).scaleb(-batch.currencies[order.currency].decimal_places)
        for stated, amount in amounts.taxes:
            known = batch.taxes[stated.code]
            parts = known.flatten_taxes_hierarchy()
            taxes |= known
            whole = sum(parts.mapped("amount")) or 1
            exact = [amount * Decimal(str(part.amount)) / Decimal(str(whole)) for part in parts]
            for part, share in zip(parts, apportion(amount, exact, unit), strict=True):
                shares[part] += share
        return taxes, dict(shares)

    def _price(self, currency, line, amounts, quantity, shares):
        """(unit price, discount in percent); with the taxes in it that are included in prices here."""
        included = sum((amount for tax, amount in shares.items() if tax.price_include), ZERO)
        factor = 1 + included / amounts.net if amounts.net else 1
        percent = discount_percent(line.gross, line.discount)
        gross = line.gross * factor if percent else amounts.net + included
        return unit_price(amounts.net + included, gross, percent, quantity, currency.decimal_places), percent

    def _prepare_rounding_values(self, batch, order, amounts):
        """The visible line of a difference within the merchant's tolerance."""
        product = batch.services["rounding"]
        return {
            "sequence": 1000,
            "product_id": product.id,
            "product_uom_id": product.uom_id.id,
            "name": self.env._("Rounding difference to the channel's total"),
            "product_uom_qty": 1.0,
            "price_unit": float(amounts.difference),
            "tax_ids": [fields.Command.clear()],
            "ecom_kind": "rounding",
        }
