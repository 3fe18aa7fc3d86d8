"""How a refund of ours is told, with a key that makes it once."""

from decimal import Decimal

from odoo import fields, models

from ..channels.records import Refund
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
        """records.Refund: a plain amount, as agreed with the buyer; no stock is put back there, ours is published."""
        database = self.env["ir.config_parameter"].sudo().get_param("database.uuid") or ""
        currency = refund.currency_id
        return Refund(
            external_id="",
            order_id=refund.order_id.ecom_external_id,
            key=f"odoo-{database[:8]}-{refund.id}",
            currency=currency.name,
            amount=Decimal(f"{currency.round(refund.amount):.{currency.decimal_places}f}"),
            reason=refund.reason or "",
            pays=refund.pays,
        )

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
