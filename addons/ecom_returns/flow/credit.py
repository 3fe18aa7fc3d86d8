from markupsafe import Markup

from odoo import Command, fields, models
from odoo.exceptions import UserError

from ...ecom_connector.rules.stated import Stated


class EcomFlowReturnCredit(models.AbstractModel):
    """What is given back -> a credit note for each invoice, of the returned articles alone.

    It reverses the invoice it belongs to, whatever the product's invoicing policy. Goods that are back are credited by
    their product, so that their cost returns with them; what the buyer keeps, or what never came, without: a storable
    product would put value into the stock that is not there.
    """

    _name = "ecom.flow.return.credit"
    _description = "E-commerce: credit a return"

    def _credit(self, lines):
        """Posted credit notes for these lines, and what we owe noted. UserError where nothing is to credit."""
        notes = self.env["account.move"]
        for record, group in lines.grouped("return_id").items():
            for reckoned in self.env["ecom.flow.return.reckon"]._reckon(group):
                if reckoned.refund.withheld:
                    raise UserError(self._withheld_words(reckoned))
                note = self.env["account.move"].create(self._prepare_note(record, reckoned))
                note._post(soft=False)
                words = self.env["ecom.flow.return.reckon"]._explain(reckoned)
                record.message_post(body=Markup("<br/>").join(words))
                self._owe(record, reckoned, note)
                notes += note
            record._tell_buyer("credited")
        self._settle(notes)
        exchange = self.env["ecom.flow.return.exchange"]
        exchange._invoice(lines.return_id)
        exchange._settle(lines.return_id)
        return notes

    def _withheld_words(self, reckoned):
        currency = reckoned.invoice.currency_id
        return self.env._(
            "Invoice %(invoice)s has %(left)s less to credit than this return comes to: it was credited before.",
            invoice=reckoned.invoice.name,
            left=currency.format(float(reckoned.refund.withheld)),
        )

    def _settle(self, notes):
        """An invoice that is not paid yet is paid by its credit note."""
        for note in notes:
            lines = (note | note.reversed_entry_id).line_ids.filtered(
                lambda line: line.account_type == "asset_receivable" and not line.reconciled
            )
            if len(lines.move_id) == 2 and len(lines.account_id) == 1:
                lines.reconcile()

    # -------------------------------------------------------------------- note
    def _prepare_note(self, record, reckoned):
        """Values of the credit note; a hook."""
        invoice, found = reckoned.invoice, reckoned.refund
        lines = [
            self._prepare_article(line, charged, share)
            for (line, charged, _units), share in zip(reckoned.backs, found.shares, strict=True)
        ]
        if found.shipping:
            lines.append(self._prepare_shipping(found.shipping))
        lines += [self._prepare_worn(share) for share in found.worn]
        lines += [self._prepare_fee(record, fee) for fee in found.fees]
        return {
            **self._prepare_head(invoice),
            "partner_shipping_id": invoice.partner_shipping_id.id,
            "invoice_origin": invoice.invoice_origin,
            "ref": self.env._("%(record)s, of %(invoice)s", record=record.name, invoice=invoice.name),
            "ecom_return_id": record.id,
            "invoice_line_ids": [Command.create(line) for line in lines],
        }

    def _prepare_head(self, invoice):
        """What every credit note of the invoice has of it."""
        return {
            "move_type": "out_refund",
            "reversed_entry_id": invoice.id,
            "partner_id": invoice.partner_id.id,
            "currency_id": invoice.currency_id.id,
            "ecom_rate": invoice.ecom_rate or invoice.invoice_currency_rate,
            "journal_id": invoice.journal_id.id,
            "fiscal_position_id": invoice.fiscal_position_id.id,
            "company_id": invoice.company_id.id,
            "invoice_date": fields.Date.context_today(self),
        }

    def _prepare_article(self, line, charged, share):
        """Values of an article's line. A component of a kit is credited by its own name and value."""
        quantity = line.product_id.uom_id._compute_quantity(float(share.quantity), charged.product_uom_id)
        here = line.goods in ("received", "wrong_item", "given_back")
        kit = line.product_id != charged.product_id
        values = self._prepare_line(charged, share, 1.0 if kit or not here else quantity)
        values |= {"ecom_return_line_id": line.id, "ecom_units": float(share.quantity)}
        if kit:
            values["name"] = f"{charged.name}\n{share.quantity.normalize():f} × {line.product_id.display_name}"
        if here and not kit:
            values |= {"product_id": charged.product_id.id, "product_uom_id": charged.product_uom_id.id}
            values["sale_line_ids"] = [Command.set(charged.sale_line_ids.ids)]
        return values

    def _prepare_shipping(self, share):
        charged = share.key
        return self._prepare_line(charged, share, 1.0) | {
            "product_id": charged.product_id.id,
            "sale_line_ids": [Command.set(charged.sale_line_ids.ids)],
        }

    def _prepare_line(self, charged, share, quantity):
        """Amounts to the cent, as the invoice charged them; at its price where the whole quantity comes back."""
        price = charged.price_unit if quantity != 1.0 else float(share.net)
        discount = charged.discount if quantity != 1.0 else 0.0
        return {
            "name": charged.name,
            "quantity": quantity,
            "price_unit": price,
            "discount": discount,
            "account_id": charged.account_id.id,
            "analytic_distribution": charged.analytic_distribution,
            "tax_ids": [Command.set(charged.tax_ids.ids)],
            "extra_tax_data": self._stated(charged, share, price, discount, quantity),
            "ecom_credits_id": charged.id,
        }

    def _stated(self, charged, share, price, discount, quantity):
        engine = self.env["account.tax"]
        stated = Stated(share.net, taxes=dict(share.taxes))
        return engine._ecom_state(charged.currency_id, stated, price_unit=price, discount=discount, quantity=quantity)

    def _prepare_worn(self, share):
        """Values of what goods lost by how the buyer treated them: a part of the price, with its taxes."""
        charged = share.key[0]
        name = self.env._("Loss of value of %(name)s", name=(charged.name or "").split("\n")[0])
        return self._kept_back(charged, share) | {"name": name, "account_id": charged.account_id.id}

    def _kept_back(self, charged, share):
        price = -float(share.net)
        values = {"quantity": 1.0, "price_unit": price, "tax_ids": [Command.clear()]}
        if share.taxes:
            negative = Stated(-share.net, taxes={tax: -amount for tax, amount in share.taxes.items()})
            values["tax_ids"] = [Command.set(charged.tax_ids.ids)]
            values["extra_tax_data"] = self.env["account.tax"]._ecom_state(
                charged.currency_id, negative, price_unit=price, discount=0.0, quantity=1.0
            )
        return values

    def _prepare_fee(self, record, fee):
        """Values of what is kept back: part of the price where it carries the price's tax, else a service."""
        charged = fee.key[0]
        product = record.policy_id.fee_product_id
        account = product.product_tmpl_id.get_product_accounts()["income"] if product else charged.account_id
        name = self.env._("Fee for %(name)s", name=(charged.name or "").split("\n")[0])
        return self._kept_back(charged, fee) | {"name": name, "account_id": (account or charged.account_id).id}

    # --------------------------------------------------------------------- owe
    def _owe(self, record, reckoned, note):
        """What a channel's buyer is still to get, as the connector's own refund: told there by a person's button. What
        the channel gave back already is booked by the connector, and owed to nobody."""
        lines = self.env["ecom.return.line"].concat(*(line for line, _charged, _units in reckoned.backs))
        for order, group in lines.filtered(lambda line: not line.refund_id).grouped("order_id").items():
            if not order.ecom_channel_id or order != lines.order_id[:1]:
                continue
            amount = self._to_pay_back(record, reckoned, note, order)
            if order.currency_id.compare_amounts(amount, 0.0) <= 0:
                continue
            values = self.env["ecom.flow.refund"]._prepare_refund(order, amount) | {
                "reason": record.name,
                "return_looked_at": True,
            }
            group.owed_refund_id = self.env["ecom.refund"].sudo().create(values)

    def _to_pay_back(self, record, reckoned, note, order):
        """What of the credit leaves the house: not what goes into a replacement, nor more than was taken in."""
        flow = self.env["ecom.flow.refund"]
        room = order.currency_id.round(flow._received(order) - flow._given_back(order))
        shares = zip(reckoned.backs, reckoned.refund.shares, strict=True)
        backs = [(line, float(share.gross)) for (line, _charged, _units), share in shares]
        return min(note.amount_total - self.env["ecom.flow.return.exchange"]._spent(record, backs), room)
