from odoo import models

# Kinds of trouble that many orders share: one exception stands for all of them, by key, and names no message.
SHARED = ("tax", "currency", "listing")


class EcomException(models.Model):
    """Trying again what waited for something that is known now."""

    _inherit = "ecom.exception"

    def _compute_can_retry(self):
        result = super()._compute_can_retry()
        for exception in self:
            if exception.state == "open" and exception._is_shared():
                exception.can_retry = bool(exception._failed_messages(limit=1))
        return result

    def action_retry(self):
        self.check_access("write")
        self.filtered(lambda exception: exception._is_shared())._failed_messages().action_retry()
        return super().action_retry()

    def _is_shared(self):
        return not self.ecom_message_id and (self.dedupe_key or "").partition(":")[0] in SHARED

    def _failed_messages(self, limit=None):
        """The failed messages that name this trouble among theirs."""
        messages = self.env["ecom.message"]
        for exception in self:
            messages |= messages.search(
                [
                    ("channel_id", "=", exception.channel_id.id),
                    ("state", "=", "failed"),
                    ("direction", "=", "in"),
                    ("problem", "ilike", exception.name),
                ],
                limit=limit,
            )
        return messages

    def _retry_known(self, channel, keys):
        """These are known now: what failed for want of them is tried again, and the exceptions close themselves."""
        found = self.sudo().search(
            [("channel_id", "=", channel.id), ("dedupe_key", "in", list(keys)), ("state", "=", "open")]
        )
        found._failed_messages().action_retry()


class EcomTaxMap(models.Model):
    _inherit = "ecom.tax.map"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("tax_id"):
            for channel, maps in self.grouped("channel_id").items():
                self.env["ecom.exception"]._retry_known(channel, {f"tax:{code}" for code in maps.mapped("code")})
        return result


class EcomListing(models.Model):
    _inherit = "ecom.listing"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("product_id"):
            for channel, listings in self.grouped("channel_id").items():
                keys = {f"listing:{external_id}" for external_id in listings.mapped("external_id")}
                self.env["ecom.exception"]._retry_known(channel, keys)
        return result
