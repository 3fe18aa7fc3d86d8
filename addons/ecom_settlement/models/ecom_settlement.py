from collections import defaultdict
from decimal import Decimal

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

# As reports state them: up to six digits, though the currency may have two.
STATED = (16, 6)
# Facts of the report, and what became of it. Nobody writes them but the flow.
FACTS = frozenset(
    (
        *("channel_id", "external_id", "revision", "reference", "date_from", "date_to", "deposit_date", "currency_id"),
        *("amount", "is_statement", "opening", "closing", "payout_state", "state", "line_ids", "flaws", "form_name"),
        *("attachment_id", "digest", "accepted_by", "late_by", "move_ids", "report_id", "is_waiting"),
    )
)


class EcomSettlement(models.Model):
    """One payout report of a channel or a payment provider, as it stood."""

    _name = "ecom.settlement"
    _description = "Settlement"
    _inherit = ["mail.thread", "ecom.report.words"]
    _order = "deposit_date desc, id desc"
    _rec_name = "external_id"
    _check_company_auto = True

    channel_id = fields.Many2one(
        "ecom.channel", string="Account", required=True, check_company=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True)
    external_id = fields.Char(string="Number", required=True, help="The number the channel gave to this payout.")
    revision = fields.Integer(default=1, readonly=True, help="A report issued again under the same number counts up.")
    reference = fields.Char(help="The text of the bank transfer, where the report states it.")
    date_from = fields.Datetime(string="Period Begins")
    date_to = fields.Datetime(string="Period Ends")
    deposit_date = fields.Date()
    currency_id = fields.Many2one("res.currency", required=True, default=lambda self: self.env.company.currency_id)
    amount = fields.Monetary(string="Payout", help="What the report says was paid out. Negative: you owe the channel.")
    is_statement = fields.Boolean(
        string="Statement", help="A time of a balance: its payouts are lines, what is left is carried forward."
    )
    opening = fields.Monetary(string="Carried from Before")
    closing = fields.Monetary(string="Carried Forward")
    payout_state = fields.Selection(
        [("open", "Not Final"), ("paid", "Paid"), ("failed", "Failed")], default="paid", required=True
    )
    state = fields.Selection(
        [("new", "To Post"), ("posted", "Posted"), ("superseded", "Replaced")],
        string="Status",
        default="new",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    line_ids = fields.One2many("ecom.settlement.line", "settlement_id", string="Lines")
    lines_amount = fields.Monetary(string="Sum of Lines", compute="_compute_lines_amount", store=True)
    difference = fields.Monetary(
        compute="_compute_lines_amount", store=True, help="What the report states less what its lines come to."
    )
    flaws = fields.Text(readonly=True, help="Where the report contradicts itself, or was spoiled.")
    form_name = fields.Char(string="Form", readonly=True, help="What kind of report it was read as.")
    attachment_id = fields.Many2one("ir.attachment", string="Report", readonly=True, help="The report as it came.")
    report_id = fields.Many2one(
        "ecom.settlement.report", string="Received As", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    digest = fields.Char(readonly=True, help="The same report has the same digest.")

    _external_uniq = models.UniqueIndex(
        "(channel_id, external_id, revision)", "This payout of this account is here already."
    )
    _digest_idx = models.Index("(digest) WHERE digest IS NOT NULL")

    @api.depends("amount", "opening", "closing", "is_statement", "line_ids.net", "line_ids.family")
    def _compute_lines_amount(self):
        sums = self._sums()
        for settlement in self:
            moved, paid = sums[settlement.id]
            currency = settlement.currency_id
            settlement.lines_amount = moved
            stated = settlement.amount
            if settlement.is_statement:
                # What is carried is worked out of the lines where the report does not state it.
                stated = settlement.closing - settlement.opening - paid
            settlement.difference = currency.round(stated - moved) if currency else stated - moved

    def _sums(self):
        """{settlement id: (sum of all lines but payouts, sum of the payout lines)}, exact, as floats."""
        sums = defaultdict(lambda: [Decimal(0), Decimal(0)])
        for line in self.line_ids:
            if line.family != "memo":
                sums[line.settlement_id.id][line.family == "payout"] += Decimal(str(line.net))
        return defaultdict(lambda: (0.0, 0.0), {key: (float(a), float(b)) for key, (a, b) in sums.items()})

    @api.depends("external_id", "channel_id", "revision")
    def _compute_display_name(self):
        for settlement in self:
            name = f"{settlement.channel_id.name} {settlement.external_id}"
            settlement.display_name = f"{name} ({settlement.revision})" if settlement.revision > 1 else name

    def write(self, vals):
        if not self.env.su and not FACTS.isdisjoint(vals):
            raise AccessError(self.env._("A settlement stays as its report says. Upload the report again instead."))
        return super().write(vals)

    def create_document_from_attachment(self, attachment_ids):
        """What was dropped on the list, of one account: the dialogue asks which. The name is Odoo's own."""
        self.check_access("write")
        action = self.env["ir.actions.act_window"]._for_xml_id("ecom_settlement.ecom_settlement_upload_wizard_action")
        accounts = self.env["ecom.channel"].search([("company_id", "in", self.env.companies.ids)], limit=2)
        return {
            **action,
            "context": {
                "default_attachment_ids": [Command.set(attachment_ids)],
                "default_channel_id": accounts.id if len(accounts) == 1 else False,
            },
        }

    @api.ondelete(at_uninstall=False)
    def _unlink_except_posted(self):
        if any(settlement.state == "posted" for settlement in self):
            raise UserError(self.env._("A posted settlement is part of the books. Undo its posting first."))
