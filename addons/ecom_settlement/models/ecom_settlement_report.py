from odoo import api, fields, models
from odoo.exceptions import UserError

# What came in is evidence: nobody writes it but the flow.
EVIDENCE = frozenset(("channel_id", "name", "source", "key", "attachment_id", "state", "problem", "settlement_ids"))


class EcomSettlementReport(models.Model):
    """One report as it came, whatever became of it."""

    _name = "ecom.settlement.report"
    _description = "Received Report"
    _inherit = ["mail.thread", "ecom.report.words"]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(string="File", required=True)
    channel_id = fields.Many2one(
        "ecom.channel", string="Account", required=True, check_company=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True)
    source = fields.Selection(
        [("upload", "Uploaded"), ("channel", "Fetched"), ("mail", "Mailed"), ("folder", "Found in the Folder")],
        string="How It Came",
        default="upload",
        required=True,
    )
    key = fields.Char(required=True, help="The same report has the same key, however often it comes.")
    attachment_id = fields.Many2one("ir.attachment", string="As It Came", required=True, ondelete="restrict")
    state = fields.Selection(
        [("waiting", "To Read"), ("read", "Read"), ("unreadable", "Cannot Be Read")],
        string="Status",
        default="waiting",
        required=True,
        index=True,
    )
    problem = fields.Text()
    settlement_ids = fields.One2many("ecom.settlement", "report_id", string="Payouts", readonly=True)
    known_count = fields.Integer(string="Payouts Here Before")
    waiting_count = fields.Integer(string="Lines in No Payout Yet")

    _key_uniq = models.UniqueIndex("(channel_id, key)", "This report is here already.")
    _waiting_idx = models.Index("(channel_id) WHERE state = 'waiting'")

    def write(self, vals):
        if not self.env.su and not EVIDENCE.isdisjoint(vals):
            raise UserError(self.env._("A report stays as it came. Receive it again instead."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_read(self):
        if any(report.settlement_ids for report in self):
            raise UserError(self.env._("Payouts were read from this report. It is their evidence."))

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """A mail to the address of an account: each file that hangs on it is a report."""
        self.check_access("create")
        channel = self.env["ecom.channel"].browse((custom_values or {}).get("channel_id"))
        reports = self.env["ecom.flow.keep"].sudo()._keep_mail(channel, msg_dict)
        return reports[:1]

    # ----------------------------------------------------------------- actions
    def action_read(self):
        """Try once more, with what is known of forms by now."""
        self.env["ecom.settlement"].check_access("write")
        self.check_access("read")
        for report in self.sudo().filtered(lambda report: report.state != "read"):
            self.env["ecom.flow.keep"].sudo()._understand(report)

    def action_describe(self):
        """Say which column is what."""
        self.ensure_one()
        self.check_access("read")
        self.env["ecom.settlement"].check_access("write")
        return self.env["ecom.settlement.mapper"]._open(self)

    def action_show(self):
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("ecom_settlement.ecom_settlement_action")
        if len(self.settlement_ids) == 1:
            return {**action, "views": [(False, "form")], "res_id": self.settlement_ids.id}
        return {**action, "domain": [("id", "in", self.settlement_ids.ids)], "context": {}}
