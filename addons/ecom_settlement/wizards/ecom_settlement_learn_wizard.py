from odoo import api, fields, models
from odoo.exceptions import UserError

from ..matching.line import ORDER
from ..models.ecom_settlement_line import FAMILIES


class EcomSettlementLearnWizard(models.TransientModel):
    """A person says what a kind of line is, once: it holds for all lines of that kind, and for the reports to come."""

    _name = "ecom.settlement.learn.wizard"
    _description = "Say What a Kind Is"

    line_id = fields.Many2one("ecom.settlement.line", required=True, readonly=True)
    channel_id = fields.Many2one(related="line_id.channel_id")
    company_id = fields.Many2one(related="line_id.company_id")
    kind = fields.Char(related="line_id.kind")
    detail = fields.Char(related="line_id.detail")
    only_detail = fields.Boolean(string="Only with This Addition", default=True)
    family = fields.Selection(FAMILIES, string="What It Is", required=True)
    is_order_money = fields.Boolean(compute="_compute_is_order_money")
    account_id = fields.Many2one(
        "account.account",
        string="Account in the Books",
        compute="_compute_account_id",
        store=True,
        readonly=False,
        check_company=True,
        help="Where it goes in the books.",
    )
    tax_id = fields.Many2one(
        "account.tax",
        string="Tax in It",
        check_company=True,
        domain="[('type_tax_use', '=', 'purchase')]",
    )
    alike_count = fields.Integer(string="Lines Concerned", compute="_compute_alike_count")

    @api.depends("family")
    def _compute_is_order_money(self):
        for wizard in self:
            wizard.is_order_money = wizard.family in (*ORDER, "payout", "memo")

    @api.depends("family")
    def _compute_account_id(self):
        for wizard in self:
            usual = self.env["ecom.settlement.map"].search(
                [*self.env["ecom.settlement.map"]._plain(wizard.channel_id), ("family", "=", wizard.family)],
                limit=1,
            )
            wizard.account_id = usual.account_id if wizard.family else False

    @api.depends("only_detail", "line_id")
    def _compute_alike_count(self):
        for wizard in self:
            wizard.alike_count = self.env["ecom.settlement.line"].search_count(wizard._domain())

    def _domain(self):
        """Lines of that kind that are not in the books yet."""
        domain = [
            ("settlement_id.channel_id", "=", self.channel_id.id),
            ("settlement_id.state", "=", "new"),
            ("kind", "=", self.kind),
        ]
        return [*domain, ("detail", "=", self.detail)] if self.only_detail else domain

    def action_learn(self):
        self.ensure_one()
        self.line_id.settlement_id._check_accountant()
        if not self.is_order_money and not self.account_id:
            raise UserError(self.env._("Choose the account that it goes to."))
        self._remember()
        lines = self.env["ecom.settlement.line"].sudo().search(self._domain())
        lines.write({"family": self.family})
        for settlement in lines.settlement_id:
            self.env["ecom.flow.explain"].sudo()._explain(settlement)
            settlement.message_post(
                author_id=self.env.user.partner_id.id,
                body=self.env._(
                    "“%(kind)s” was said to be: %(family)s.", kind=self._named(), family=self._family_name()
                ),
            )

    def _named(self):
        return " / ".join(filter(None, (self.kind, self.detail if self.only_detail else "")))

    def _family_name(self):
        return dict(self._fields["family"]._description_selection(self.env))[self.family]

    def _remember(self):
        """The mapping of this kind; what people changed there later counts."""
        detail = self.detail if self.only_detail else False
        found = self.env["ecom.settlement.map"].search(
            [("channel_id", "=", self.channel_id.id), ("code", "=", self.kind), ("detail", "=", detail)], limit=1
        )
        values = {
            "family": self.family,
            "account_id": self.account_id.id,
            "tax_id": self.tax_id.id,
            "learned_by": self.env.uid,
        }
        if found:
            found.write(values)
        else:
            name = self.detail if self.only_detail and self.detail else self.kind
            found.create(
                {"channel_id": self.channel_id.id, "code": self.kind, "detail": detail, "name": name, **values}
            )
