from odoo import models

# dedupe key of a missing mapping, up to its colon -> the list in which it is completed
MAPS = {
    "tax": "ecom_tax_map_action",
    "payment": "ecom_payment_map_action",
    "delivery": "ecom_delivery_map_action",
    "carrier": "ecom_carrier_map_action",
    "location": "ecom_location_map_action",
}
LINKS = ("listing_id", "picking_id", "order_id", "ecom_message_id")


class EcomException(models.Model):
    """From an exception to the place where it is put right."""

    _inherit = "ecom.exception"

    def action_open_cause(self):
        self.ensure_one()
        self.check_access("read")
        if self.category == "mapping":
            return self._open_mapping()
        cause = next((self[link] for link in LINKS if self[link]), self.channel_id)
        return cause.get_formview_action()

    def _open_mapping(self):
        """What is not mapped yet, of the kind the exception is about."""
        kind = (self.dedupe_key or "").partition(":")[0]
        if kind == "currency":
            return self.env["ir.actions.act_window"]._for_xml_id("base.action_currency_form")
        xmlid = MAPS.get(kind, MAPS["tax"])
        return self.channel_id._open_list(xmlid, context={"search_default_missing": 1})
