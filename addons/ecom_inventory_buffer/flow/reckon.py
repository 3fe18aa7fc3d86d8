from odoo import models
from odoo.addons.ecom_connector.flow import reckon


class EcomFlowReckon(models.AbstractModel):
    _inherit = "ecom.flow.reckon"

    def _items_of(self, channel, message_ids):
        """Ids of the channel's items in the orders these messages tell of."""
        self._read_units(channel, message_ids)
        counts = (reckon._units.get((self.env.cr.dbname, message_id), {}) for message_id in message_ids)
        return {variant for count in counts for variant, _place in count}
