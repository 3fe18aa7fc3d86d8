from odoo import fields, models


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

    def action_fetch(self):
        """The channel is asked first; what it answers is stored as messages and worked off like any other."""
        self.ensure_one()
        self.check_access("write")
        self.channel_id.check_access("read")
        receive = self.env["ecom.flow.receive"].with_company(self.channel_id.company_id)
        if self.kind == "number":
            receive._fetch_number(self.channel_id, self.number or "")
        else:
            receive._fetch_range(self.channel_id, self.since, self.until)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("What was found is being worked off. It appears under Orders in a moment."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
