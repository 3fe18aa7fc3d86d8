from odoo import models
from odoo.exceptions import UserError

from ..policy.shares import quantise, spread
from .allot import exact


class EcomFlowReimburse(models.AbstractModel):
    """What a payout pays for returned goods -> the claim that waits for it.

    By the order that the report names, else by the article, the oldest claim first. What nobody claimed is kept, and
    belongs to no claim. Goods that the channel holds and paid for are its own from then on; when it takes its payment
    back they stay where they are, and a person hears of it.
    """

    _inherit = "ecom.flow.reimburse"

    def _paid(self, channel, reimbursements):
        result = super()._paid(channel, reimbursements)
        rows = self.env["ecom.return.reimbursement"].sudo()
        for paid in reimbursements:
            found = rows.create(list(self._prepare_rows(channel, paid)))
            found.claim_id._count_paid()
            for row in found.filtered("claim_id"):
                self._follow_up(row)
        return result

    def _prepare_rows(self, channel, paid):
        """Values: one for each claim that it pays, or one without; a hook."""
        claims = self._claims(channel, paid)
        unit = self.env["account.tax"]._ecom_unit(paid.currency)
        weights = [exact(claim.line_id.quantity) for claim in claims] or [exact(1)]
        shares = spread(quantise(exact(abs(paid.amount)), unit), weights, unit)
        for claim, share in zip(claims or [claims], shares, strict=True):
            yield {
                "channel_id": channel.id,
                "reference": paid.reference,
                "claim_id": claim.id,
                "order_id": paid.order.id,
                "sku": paid.sku,
                "units": paid.quantity,
                "words": paid.kind,
                "currency_id": paid.currency.id,
                "amount": float(share) if paid.amount > 0 else -float(share),
                "paid_at": paid.moment,
            }

    def _claims(self, channel, paid):
        """As many as it is for units; what is taken back is of those that were paid."""
        domain = [("channel_id", "=", channel.id), ("against", "=", "channel"), ("currency_id", "=", paid.currency.id)]
        domain.append(("state", "in", ("open", "claimed")) if paid.amount > 0 else ("paid_amount", ">", 0))
        if paid.order:
            domain.append(("line_id.order_id", "=", paid.order.id))
        if paid.sku:
            sold = [("line_id.order_line_id.ecom_listing_id.sku", "=", paid.sku)]
            domain += ["|", *sold, ("line_id.product_id.default_code", "=", paid.sku)]
        elif not paid.order:
            return self.env["ecom.return.claim"]
        claims = self.env["ecom.return.claim"].sudo().search(domain, order="id")
        left, found = max(paid.quantity, 1.0), claims.browse()
        for claim in claims:
            if left <= 0:
                break
            found += claim
            left -= claim.line_id.quantity
        return found

    def _follow_up(self, row):
        line, claim = row.claim_id.line_id, row.claim_id
        if row.amount < 0:
            words = self.env._("What was paid for it was taken back: were the goods found?")
            self._ask(claim, words)
        elif line.goods == "received" and not line.disposition and line.order_id.ecom_fulfilment == "elsewhere":
            try:
                with self.env.cr.savepoint():
                    self.env["ecom.flow.return.dispose"].sudo()._dispose(line.sudo(), "scrap")
            except UserError as error:
                # The money came, whatever the stock says.
                self._ask(claim, str(error))

    def _ask(self, claim, words):
        claim.activity_schedule(
            "mail.mail_activity_data_todo", summary=words, user_id=claim.return_id._responsible().id
        )
