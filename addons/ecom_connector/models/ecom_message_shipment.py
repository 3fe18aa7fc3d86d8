from odoo import models


class EcomMessage(models.Model):
    _inherit = "ecom.message"

    def _dedupe_key(self):
        """By the parcel, not by the message: a corrected notice that goes through ends the trouble of the first."""
        return f"shipment:{self.shipment_id.key}" if self.shipment_id else super()._dedupe_key()

    def _failure_name(self):
        parcel = self.shipment_id
        if not parcel:
            return super()._failure_name()
        return self.env._(
            "%(channel)s did not take parcel %(number)s of order %(order)s",
            channel=self.channel_id.name,
            number=parcel.parcel,
            order=parcel.order_id.ecom_number or parcel.order_id.name,
        )
