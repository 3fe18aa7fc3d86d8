from datetime import timedelta

from odoo import fields, models


class EcomFlowAcknowledge(models.AbstractModel):
    _inherit = "ecom.flow.acknowledge"

    def _applied(self, level, row, result):
        channel = level.channel_id
        # Where the write compared first, nothing was sold that we did not know of.
        if level.known and not channel._adapter().limits.compare_and_set:
            now = fields.Datetime.now()
            imported, _pushed = channel._delays()[channel.id]
            still = level.earlier_units if level.earlier_until and level.earlier_until > now else 0
            level.write(
                {
                    "earlier_units": max(level.published, still),
                    "earlier_until": now + timedelta(seconds=imported),
                }
            )
        return super()._applied(level, row, result)
