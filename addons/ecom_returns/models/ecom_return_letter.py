import logging

from odoo import api, fields, models

_logger = logging.getLogger(__name__)

A_RUN = 50


class EcomReturnLetter(models.Model):
    """What a buyer is to be told about his return. Written down when it happens, mailed by the scheduled action: who
    receives ten thousand parcels does not wait for mails."""

    _name = "ecom.return.letter"
    _description = "Mail about a Return"
    _order = "id"

    return_id = fields.Many2one("ecom.return", required=True, ondelete="cascade", index=True)
    kind = fields.Selection(
        [
            ("requested", "We Look at It"),
            ("approved", "Agreed"),
            ("rejected", "Refused"),
            ("received", "Goods Are Here"),
            ("payable", "Difference to Pay"),
            ("credited", "Credited"),
        ],
        required=True,
    )
    state = fields.Selection(
        [("waiting", "Waiting"), ("sent", "Sent"), ("failed", "Failed")], default="waiting", required=True
    )
    sent_at = fields.Datetime()

    _waiting_uniq = models.UniqueIndex("(return_id, kind) WHERE state = 'waiting'")

    @api.model
    def _queue(self, records, kind):
        """Once while it waits; nobody is written to whom the channel forbids, or who has no address. What a channel
        gave back before anything was agreed here, its buyer heard from the channel."""
        told = records.sudo().filtered(lambda record: not record.refund_first and record._may_be_mailed())
        if not told:
            return self.browse()
        waiting = self.sudo().search([("return_id", "in", told.ids), ("kind", "=", kind), ("state", "=", "waiting")])
        return self.sudo().create([{"return_id": record.id, "kind": kind} for record in told - waiting.return_id])

    @api.model
    def _cron_send(self):
        """Mail what waits, one by one: a broken address keeps nobody else's mail back."""
        due = self.search([("state", "=", "waiting")], limit=A_RUN)
        for letter in due:
            try:
                with self.env.cr.savepoint():
                    letter._send()
            except Exception:
                _logger.exception("Mail %s about a return failed", letter.id)
                letter.state = "failed"
        if len(due) == A_RUN:
            self.env.ref("ecom_returns.ir_cron_send_letters")._trigger()

    def _send(self):
        self.ensure_one()
        record = self.return_id
        record._portal_ensure_token()
        template = self.env.ref(f"ecom_returns.mail_template_return_{self.kind}")
        template.with_context(lang=record._sender_lang).send_mail(record.id, force_send=False)
        self.write({"state": "sent", "sent_at": fields.Datetime.now()})


class EcomReturn(models.Model):
    _inherit = "ecom.return"

    letter_ids = fields.One2many(
        "ecom.return.letter", "return_id", groups="ecom_connector.ecom_connector_group_operator"
    )

    def _may_be_mailed(self):
        """A marketplace's buyer gets no mail from Odoo unless the channel says so."""
        return bool(self._sender_email) and (not self.channel_id or self.channel_id.mail_buyer)

    def _tell_buyer(self, kind):
        self.env["ecom.return.letter"]._queue(self, kind)
