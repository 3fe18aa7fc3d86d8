from io import BytesIO

from odoo import Command, fields, models
from odoo.addons.ecom_connector.channels.errors import Unreadable
from odoo.addons.ecom_connector.channels.reports.package import reports
from odoo.exceptions import UserError


class EcomSettlementUploadWizard(models.TransientModel):
    """Payout reports as they were downloaded, several at once."""

    _name = "ecom.settlement.upload.wizard"
    _description = "Upload Payout Reports"

    channel_id = fields.Many2one("ecom.channel", string="Account", required=True)
    attachment_ids = fields.Many2many("ir.attachment", string="Reports", required=True)
    settlement_ids = fields.Many2many("ecom.settlement", readonly=True)
    result = fields.Text(readonly=True)
    state = fields.Selection([("choose", "Choose"), ("done", "Done")], default="choose")

    def action_upload(self):
        """Read all reports; one that cannot be read says so and stops no other."""
        self.ensure_one()
        self.env["ecom.settlement"].check_access("write")
        self.channel_id.check_access("read")
        if not self.attachment_ids:
            raise UserError(self.env._("Choose at least one report."))
        made, words = self.env["ecom.settlement"], []
        for name, content, problem in self._reports():
            if problem:
                words.append(f"{name}: {problem}")
                continue
            try:
                # Reading is work of the system: people may not write what a report says.
                with self.env.cr.savepoint():
                    found, (known, waiting) = self.env["ecom.flow.read"].sudo()._read(self.channel_id, name, content)
            except Unreadable as error:
                words.append(f"{name}: {error}")
                continue
            made += found
            words.append(self._summary(name, found, known, waiting))
        self.write({"settlement_ids": [Command.set(made.ids)], "result": "\n".join(words), "state": "done"})
        return self._open()

    def _reports(self):
        """(name, content, "") of every report, unpacked; (name, b"", problem) of what cannot be unpacked."""
        for attachment in self.attachment_ids:
            try:
                for name, content in reports(BytesIO(attachment.raw or b""), attachment.name):
                    yield name, content, ""
            except Unreadable as error:
                yield attachment.name, b"", str(error)

    def _summary(self, name, found, known, waiting):
        parts = [self.env._("%(count)s payouts read", count=len(found))]
        if known:
            parts.append(self.env._("%(count)s were here already", count=known))
        if waiting:
            parts.append(self.env._("%(count)s lines are in no payout yet", count=waiting))
        flawed = found.filtered("flaws")
        if flawed:
            numbers = ", ".join(flawed.mapped("external_id"))
            parts.append(self.env._("look at %(numbers)s: the report contradicts itself", numbers=numbers))
        return f"{name}: {'; '.join(parts)}."

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
