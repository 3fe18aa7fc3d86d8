"""How a refund of ours is told, with a key that makes it once, and with what it is for where that is known."""

from decimal import Decimal

from odoo import fields, models

from ..channels.records import Refund, RefundLine, Tax
from ..rules.apportion import apportion
from .send import Answer, Call


class EcomFlowSend(models.AbstractModel):
    _inherit = "ecom.flow.send"

    def _prepare_refunds(self, channel, message):
        """Returns the Call that tells the message's refund. From the second try on the channel is asked first."""
        noun, refund = channel._adapter().noun("refunds"), message.refund_id
        if not hasattr(noun, "send_refund") or not refund:
            return Call(answer=Answer(ignored=self.env._("This platform takes no refunds from here.")))
        if refund.external_id:
            return Call(answer=Answer(external_id=refund.external_id))
        return Call(
            client=channel._connect(),
            send=noun.send_refund,
            find=noun.find_refund,
            record=self._prepare_refund(refund),
            ask_first=message.attempts > 1,
            attempts=message.attempts,
        )

    def _prepare_refund(self, refund):
        """records.Refund: what was agreed with the buyer. Units go back on sale there only where somebody says so and
        nobody else says how many there are."""
        database = self.env["ir.config_parameter"].sudo().get_param("database.uuid") or ""
        currency = refund.currency_id
        return Refund(
            external_id="",
            order_id=refund.order_id.ecom_external_id,
            key=f"odoo-{database[:8]}-{refund.id}",
            currency=currency.name,
            amount=self._exact(currency, refund.amount),
            reason=refund.reason or "",
            lines=self._prepare_refund_lines(refund),
            pays=refund.pays,
            restocks=refund.restocks and not refund.channel_id.publish_stock,
        )

    @staticmethod
    def _exact(currency, amount):
        return Decimal(f"{currency.round(amount):.{currency.decimal_places}f}")

    def _prepare_refund_lines(self, refund):
        """() where not all of the amount is known by lines that the channel has: then it is a plain amount."""
        lines, currency = refund.line_ids, refund.currency_id
        known = sum(lines.mapped("amount")) + sum(lines.mapped("tax_amount"))
        if not all(line.order_line_id.ecom_external_id for line in lines):
            return ()
        if currency.compare_amounts(known, refund.amount):
            return ()
        codes = self._tax_codes(refund.channel_id)
        return tuple(self._prepare_refund_line(line, codes) for line in lines)

    def _prepare_refund_line(self, line, codes):
        """`codes`: {tax: the channel's code of it}. A hook."""
        sold, currency = line.order_line_id, line.currency_id
        return RefundLine(
            external_id="",
            line_id=sold.ecom_external_id,
            quantity=Decimal(f"{line.quantity / (sold.ecom_listing_id.units or 1.0):.6f}").normalize(),
            amount=self._exact(currency, line.amount),
            taxes=self._prepare_refund_taxes(line, codes),
        )

    def _prepare_refund_taxes(self, line, codes):
        """The tax of the line shared out as the channel charged it; () where a tax has no one name over there."""
        stated = (line.order_line_id.extra_tax_data or {}).get("manual_tax_amounts", {})
        shares = {int(tax): abs(amounts.get("tax_amount_currency", 0.0)) for tax, amounts in stated.items()}
        if not line.tax_amount or not shares or not codes.keys() >= shares.keys():
            return ()
        unit = Decimal(1).scaleb(-line.currency_id.decimal_places)
        whole = sum(shares.values()) or 1.0
        total = self._exact(line.currency_id, line.tax_amount)
        exact = [total * Decimal(str(share)) / Decimal(str(whole)) for share in shares.values()]
        return tuple(
            Tax(code=codes[tax], amount=amount)
            for tax, amount in zip(shares, apportion(total, exact, unit), strict=True)
            if amount
        )

    def _tax_codes(self, channel):
        """{id of a tax: its code}, of taxes that stand for one of the channel's only."""
        mappings = self.env["ecom.tax.map"].search([("channel_id", "=", channel.id), ("tax_id", "!=", False)])
        return {tax.id: found.code for tax, found in mappings.grouped("tax_id").items() if len(found) == 1}

    # ----------------------------------------------------------------- settle
    def _settle_refunds(self, channel, message, answer):
        """The channel may have told of it by itself already: then it is known under that name."""
        refund = message.refund_id
        known = refund.search([("channel_id", "=", channel.id), ("external_id", "=", answer.external_id)])
        if known and known != refund:
            message.refund_id = known
            refund.unlink()
            return
        refund.write(
            {
                "external_id": answer.external_id,
                "state": "done",
                "refunded_at": refund.refunded_at or fields.Datetime.now(),
            }
        )
