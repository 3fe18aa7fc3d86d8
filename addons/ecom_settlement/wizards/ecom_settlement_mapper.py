from io import BytesIO

from odoo import Command, api, fields, models
from odoo.addons.base.models.res_partner import _tz_get
from odoo.addons.ecom_connector.channels.errors import Unreadable
from odoo.addons.ecom_connector.channels.records import SettlementLine
from odoo.addons.ecom_connector.channels.reports.columns import columns, decimal_mark
from odoo.addons.ecom_connector.channels.reports.mapper import Template, preview, read
from odoo.addons.ecom_connector.channels.reports.source import Source
from odoo.exceptions import UserError

from ..models.ecom_settlement_line import FAMILIES

MEANINGS = [
    ("amount", "Amount"),
    ("debit", "Taken from You"),
    ("credit", "Given to You"),
    ("fee", "Fee"),
    ("net", "Amount less Fee"),
    ("kind", "What It Is"),
    ("detail", "What Is Added to It"),
    ("date", "Date"),
    ("time", "Time of Day"),
    ("currency", "Currency"),
    ("settlement", "Number of the Payout"),
    ("order", "Order Number"),
    ("payment", "Transaction"),
    ("refund", "Refund"),
    ("sku", "SKU"),
    ("quantity", "Quantity"),
    ("name", "Text"),
]
SHOWN, MOST_KINDS = 12, 200


class EcomSettlementMapper(models.TransientModel):
    """Any report: say which column is what, look at what comes out, keep it as a form."""

    _name = "ecom.settlement.mapper"
    _description = "Describe a Report"

    report_id = fields.Many2one("ecom.settlement.report", required=True, readonly=True)
    channel_id = fields.Many2one(related="report_id.channel_id")
    file_name = fields.Char(related="report_id.name", string="File")
    name = fields.Char(string="Name of the Form", required=True)
    for_all = fields.Boolean(string="For All Accounts")
    column_ids = fields.One2many("ecom.settlement.mapper.column", "mapper_id")
    kind_ids = fields.One2many("ecom.settlement.mapper.kind", "mapper_id")
    preview_ids = fields.One2many("ecom.settlement.mapper.line", "mapper_id", readonly=True)
    decimal = fields.Selection(
        [(".", "1,234.56"), (",", "1.234,56"), ("minor", "123456 (whole cents)")],
        string="Amounts Look Like",
        default=".",
        required=True,
    )
    date_order = fields.Selection(
        [("dmy", "Day first"), ("mdy", "Month first")], string="Dates", default="dmy", required=True
    )
    zone = fields.Selection(_tz_get, string="Time Zone", required=True, default=lambda self: self.env.user.tz or "UTC")
    currency_id = fields.Many2one("res.currency", help="Where no column names it.")
    sign = fields.Selection(
        [("1", "Positive: for you"), ("-1", "Positive: kept by the channel")],
        string="Signs",
        default="1",
        required=True,
    )
    fee_sign = fields.Selection(
        [("-1", "Negative where they cost"), ("1", "Positive where they cost")],
        string="Fees",
        default="1",
        required=True,
    )
    is_sum = fields.Boolean(
        string="The Payout Is What the Lines Come To",
        default=True,
        help="Off: a line of the report is the payout, and is compared with the others.",
    )
    line_count = fields.Integer(string="Lines", readonly=True)
    total = fields.Float(digits=(16, 2), readonly=True)
    problem = fields.Char(readonly=True)

    # -------------------------------------------------------------------- open
    @api.model
    def _open(self, report):
        source = self._source(report)
        try:
            found = columns(source)
        except Unreadable as error:
            raise UserError(str(error)) from None
        if not found:
            raise UserError(self.env._("This file has no row with the names of columns."))
        mapper = self.create(
            {
                "report_id": report.id,
                "name": report.name.rpartition(".")[0] or report.name,
                "decimal": decimal_mark(found),
                "currency_id": report.company_id.currency_id.id,
                "column_ids": [
                    Command.create(
                        {
                            "name": column.name,
                            "meaning": column.meaning if column.meaning in dict(MEANINGS) else False,
                            "samples": " · ".join(column.samples),
                        }
                    )
                    for column in found
                ],
            }
        )
        return mapper._show()

    @staticmethod
    def _source(report):
        try:
            return Source(BytesIO(report.sudo().attachment_id.raw or b""), report.name)
        except Unreadable as error:
            raise UserError(str(error)) from None

    def _show(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "name": self.env._("Describe a Report"),
        }

    # ----------------------------------------------------------------- actions
    def action_preview(self):
        """What comes out, and which kinds there are."""
        self.ensure_one()
        self.env["ecom.settlement"].check_access("write")
        try:
            template = self._template()
            self._find_kinds(template)
            shown, total, count = preview(self._source(self.report_id), self._template(), rows=SHOWN)
        except Unreadable as error:
            self.write({"problem": str(error), "preview_ids": [Command.clear()], "line_count": 0, "total": 0})
            return self._show()
        self.write(
            {
                "problem": False,
                "line_count": count,
                "total": float(total),
                "preview_ids": [Command.clear(), *(Command.create(self._shown(line)) for line in shown)],
            }
        )
        return self._show()

    def action_keep(self):
        """Keep the form, and read this report by it."""
        self.ensure_one()
        self.env["ecom.settlement"].check_access("write")
        self.env["ecom.settlement.template"].check_access("create")
        try:
            description = self._template().kept()
        except Unreadable as error:
            raise UserError(str(error)) from None
        self._keep_template(description)
        report = self.report_id.sudo()
        self.env["ecom.flow.keep"].sudo()._understand(report)
        if report.state == "unreadable":
            raise UserError(report.problem)
        return self.report_id.action_show()

    def _keep_template(self, description):
        templates = self.env["ecom.settlement.template"]
        company = self.report_id.company_id
        found = templates.search([("company_id", "=", company.id), ("name", "=", self.name)], limit=1)
        values = {
            "name": self.name,
            "company_id": company.id,
            "channel_id": False if self.for_all else self.channel_id.id,
            "description": description,
        }
        return found.write(values) if found else templates.create(values)

    # ---------------------------------------------------------------- describe
    def _template(self):
        """The description as it stands on the screen. Unreadable, in words, where something is missing."""
        named = self.column_ids.filtered("meaning")
        meanings = named.mapped("meaning")
        if len(set(meanings)) < len(meanings):
            raise Unreadable(self.env._("Two columns have the same meaning. Choose one of them."))
        if not {"amount", "net"} & set(meanings) and not {"debit", "credit"} <= set(meanings):
            raise Unreadable(self.env._("Say which column has the amounts."))
        if "date" not in meanings:
            raise Unreadable(self.env._("Say which column has the dates."))
        families = {kind.key: kind.family for kind in self.kind_ids if kind.family != "unknown"}
        return Template.of(
            {
                "columns": {column.meaning: column.name for column in named},
                "fee_sign": int(self.fee_sign),
                "sign": int(self.sign),
                "decimal": self.decimal,
                "date_order": self.date_order,
                "zone": self.zone,
                "currency": "" if "currency" in meanings else self.currency_id.name or "",
                "families": families,
                "is_sum": self.is_sum,
            }
        )

    def _find_kinds(self, template):
        """A row for each kind of the report that has none yet."""
        known = set(self.kind_ids.mapped("key"))
        learned = self.env["ecom.settlement.map"]._learned(self.channel_id)
        found = {}
        for line in read(self._source(self.report_id), template):
            if isinstance(line, SettlementLine) and len(found) < MOST_KINDS:
                key = f"{line.kind}/{line.detail}" if line.detail else line.kind
                if key not in known and key not in found:
                    found[key] = learned.of(line.kind, line.detail).get("family", line.family)
        self.kind_ids = [Command.create({"key": key, "family": family}) for key, family in found.items()]

    @staticmethod
    def _shown(line):
        return {
            "day": line.at.date() if line.at else False,
            "kind": f"{line.kind} {line.detail}".strip(),
            "order": line.order_number or line.payment_id,
            "amount": float(line.amount),
            "fee": float(line.fee),
            "net": float(line.net),
        }


class EcomSettlementMapperColumn(models.TransientModel):
    _name = "ecom.settlement.mapper.column"
    _description = "Column of a Report"

    mapper_id = fields.Many2one("ecom.settlement.mapper", required=True, ondelete="cascade")
    name = fields.Char(string="Column", readonly=True)
    samples = fields.Char(string="For Example", readonly=True)
    meaning = fields.Selection(MEANINGS)


class EcomSettlementMapperKind(models.TransientModel):
    _name = "ecom.settlement.mapper.kind"
    _description = "Kind of a Report"

    mapper_id = fields.Many2one("ecom.settlement.mapper", required=True, ondelete="cascade")
    key = fields.Char(string="The Report Calls It", readonly=True)
    family = fields.Selection(FAMILIES, string="What It Is", default="unknown", required=True)


class EcomSettlementMapperLine(models.TransientModel):
    _name = "ecom.settlement.mapper.line"
    _description = "Line of a Preview"

    mapper_id = fields.Many2one("ecom.settlement.mapper", required=True, ondelete="cascade")
    day = fields.Date()
    kind = fields.Char()
    order = fields.Char(string="Order or Transaction")
    amount = fields.Float(digits=(16, 2))
    fee = fields.Float(digits=(16, 2))
    net = fields.Float(digits=(16, 2))
