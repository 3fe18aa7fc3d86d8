from odoo import api, fields, models
from odoo.exceptions import UserError

from ..channels.errors import ChannelError


class EcomFetchOrdersWizard(models.TransientModel):
    """Fetch one order by its number, or all that changed in a range of dates, whatever the rules of the channel say."""

    _name = "ecom.fetch.orders.wizard"
    _description = "Fetch Orders"

    channel_id = fields.Many2one("ecom.channel", required=True, domain="[('mode', '!=', 'off')]")
    kind = fields.Selection(
        [("number", "One order, by its number"), ("range", "Orders changed in a range of dates")],
        string="Fetch",
        default="number",
        required=True,
    )
    number = fields.Char(string="Order Number", help="As the buyer knows it.")
    since = fields.Datetime(string="From")
    until = fields.Datetime(string="To", default=fields.Datetime.now)

    @api.constrains("since", "until", "kind")
    def _check_range(self):
        for wizard in self:
            if wizard.kind == "range" and wizard.since and wizard.until and wizard.since >= wizard.until:
                raise UserError(self.env._("The range ends before it begins."))

    def action_fetch(self):
        """The channel is asked first; what it answers is stored as messages and worked off like any other."""
        self.ensure_one()
        receive = self.env["ecom.flow.receive"].with_company(self.channel_id.company_id)
        try:
            if self.kind == "number":
                receive._fetch_number(self.channel_id, (self.number or "").strip())
            else:
                receive._fetch_range(self.channel_id, self.since, self.until)
        except ChannelError as error:
            raise UserError(str(error)) from error
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("What was found is being worked off. It appears under Orders in a moment."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
