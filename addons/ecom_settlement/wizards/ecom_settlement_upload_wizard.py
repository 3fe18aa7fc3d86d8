from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..flow.fetch import LARGEST


class EcomSettlementUploadWizard(models.TransientModel):
    """Payout reports as they were downloaded, several at once."""

    _name = "ecom.settlement.upload.wizard"
    _description = "Upload Payout Reports"

    channel_id = fields.Many2one("ecom.channel", string="Account", required=True)
    attachment_ids = fields.Many2many("ir.attachment", string="Reports", required=True)
    report_ids = fields.Many2many("ecom.settlement.report", readonly=True)
    unreadable_ids = fields.Many2many("ecom.settlement.report", compute="_compute_unreadable_ids")
    settlement_ids = fields.Many2many("ecom.settlement", readonly=True)
    result = fields.Text(readonly=True)
    state = fields.Selection([("choose", "Choose"), ("done", "Done")], default="choose")

    @api.depends("report_ids.state")
    def _compute_unreadable_ids(self):
        for wizard in self:
            wizard.unreadable_ids = wizard.report_ids.filtered(lambda report: report.state == "unreadable")

    def action_upload(self):
        """Read all reports; one that cannot be read says so and stops no other."""
        self.ensure_one()
        self.env["ecom.settlement"].check_access("write")
        self.channel_id.check_access("read")
        if not self.attachment_ids:
            raise UserError(self.env._("Choose at least one report."))
        # Reading is work of the system: people may not write what a report says.
        keep, words = self.env["ecom.flow.keep"].sudo(), []
        reports = self.env["ecom.settlement.report"].sudo()
        for attachment in self.attachment_ids:
            if attachment.file_size > LARGEST:
                words.append(self._too_large(attachment))
                continue
            for report in keep._keep_file(self.channel_id.sudo(), attachment.name, self._content(attachment), "upload"):
                found = report.settlement_ids
                if report.state != "read":
                    found = keep._understand(report)
                    words.append(self._summary(report, found, report.known_count))
                else:
                    words.append(self._summary(report, found.browse(), len(found) + report.known_count))
                reports |= report
        self.write(
            {
                "report_ids": [Command.set(reports.ids)],
                "settlement_ids": [Command.set(reports.settlement_ids.ids)],
                "result": "\n".join(words),
                "state": "done",
            }
        )
        return self._open()

    def _too_large(self, attachment):
        """Said before it is read."""
        size = LARGEST // 2**20
        return self.env._(
            "%(name)s: it is larger than %(size)s MB. Download it in parts.", name=attachment.name, size=size
        )

    @staticmethod
    def _content(attachment):
        """An empty file is kept as what it is."""
        return attachment.raw or b""

    def _summary(self, report, found, known):
        if report.state == "unreadable":
            return f"{report.name}: {report.problem}"
        parts = [self.env._("%(count)s payouts read", count=len(found))]
        if known:
            parts.append(self.env._("%(count)s were here already", count=known))
        if report.waiting_count:
            parts.append(self.env._("%(count)s lines are in no payout yet", count=report.waiting_count))
        flawed = found.filtered("flaws")
        if flawed:
            numbers = ", ".join(flawed.mapped("external_id"))
            parts.append(self.env._("look at %(numbers)s: the report contradicts itself", numbers=numbers))
        return f"{report.name}: {'; '.join(parts)}."

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "name": self.env._("Upload Payout Reports"),
        }

    def action_show(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("ecom_settlement.ecom_settlement_action")
        if len(self.settlement_ids) == 1:
            return {**action, "views": [(False, "form")], "res_id": self.settlement_ids.id}
        return {**action, "domain": [("id", "in", self.settlement_ids.ids)]}
