from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

MANAGER = "account.group_account_manager"


class EcomSettlementSetupWizard(models.TransientModel):
    """All that an account needs before its first payout is booked, on one page; what is missing is made."""

    _name = "ecom.settlement.setup.wizard"
    _description = "Set Up an Account"

    channel_id = fields.Many2one("ecom.channel", string="Account", required=True)
    company_id = fields.Many2one(related="channel_id.company_id")
    receivable_policy = fields.Selection(
        selection=lambda self: self._choices("ecom.channel", "receivable_policy"),
        string="Receivable Is Cleared",
        compute="_compute_of_channel",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    missing_order_policy = fields.Selection(
        selection=lambda self: self._choices("ecom.channel", "missing_order_policy"),
        string="Money of Orders Not Here",
        compute="_compute_of_channel",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    clearing_journal_id = fields.Many2one(
        "account.journal",
        compute="_compute_of_channel",
        store=True,
        precompute=True,
        readonly=False,
        check_company=True,
        domain="[('type', 'in', ('bank', 'cash', 'credit')), ('company_id', '=', company_id)]",
        help="What buyers paid waits on its account until the bank has it. Empty: one is made.",
    )
    clearing_currency_id = fields.Many2one(
        "res.currency", string="Currency of Payouts", default=lambda self: self.env.company.currency_id, required=True
    )
    settlement_journal_id = fields.Many2one(
        "account.journal",
        string="Journal of Payouts",
        compute="_compute_of_channel",
        store=True,
        precompute=True,
        readonly=False,
        check_company=True,
        domain="[('type', '=', 'general'), ('company_id', '=', company_id)]",
    )
    line_ids = fields.One2many(
        "ecom.settlement.setup.line", "wizard_id", compute="_compute_line_ids", store=True, readonly=False
    )

    def _choices(self, model, name):
        return self.env[model]._fields[name]._description_selection(self.env)

    @api.depends("channel_id")
    def _compute_of_channel(self):
        for wizard in self:
            channel = wizard.channel_id
            wizard.receivable_policy = channel.receivable_policy or "capture"
            wizard.missing_order_policy = channel.missing_order_policy or "suspense"
            wizard.clearing_journal_id = channel.clearing_journal_id
            wizard.settlement_journal_id = channel._settlement_journal() if channel else False

    @api.depends("channel_id", "missing_order_policy")
    def _compute_line_ids(self):
        """An account for each kind: that of the mapping, else one of that name in the chart; empty: one is made."""
        maps = self.env["ecom.settlement.map"]
        for wizard in self:
            found = maps._wanted(wizard.channel_id, wizard.missing_order_policy) if wizard.channel_id else []
            wizard.line_ids = [
                Command.clear(),
                *(
                    Command.create({"family": family, "account_name": name, "account_id": account.id})
                    for family, _kind, name, account in found
                ),
            ]

    def action_set_up(self):
        self.ensure_one()
        if not self.env.su and not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only who administers billing sets up accounts."))
        self.channel_id.check_access("read")
        # Who administers the books need not administer shops.
        channel = self.channel_id.sudo()
        journal = self.clearing_journal_id or self._make_journal(channel)
        if not journal.default_account_id:
            raise UserError(self.env._("%(journal)s has no account.", journal=journal.name))
        channel.write(
            {
                "receivable_policy": self.receivable_policy,
                "missing_order_policy": self.missing_order_policy,
                "clearing_journal_id": journal.id,
                "settlement_journal_id": self.settlement_journal_id.id,
            }
        )
        self.env["ecom.settlement.map"]._propose(channel, {line.family: line.account_id for line in self.line_ids})
        action = self.env["ir.actions.act_window"]._for_xml_id("ecom_settlement.ecom_settlement_map_action")
        context = {"default_channel_id": channel.id}
        return {**action, "domain": [("channel_id", "=", channel.id)], "context": context, "target": "main"}

    def _make_journal(self, channel):
        """A journal of its own for this account, in the currency of its payouts."""
        company, currency = channel.company_id, self.clearing_currency_id
        return self.env["account.journal"].create(
            {
                "name": self.env._("%(account)s: clearing", account=channel.name),
                "type": "bank",
                "company_id": company.id,
                "currency_id": currency.id if currency != company.currency_id else False,
            }
        )


class EcomSettlementSetupLine(models.TransientModel):
    _name = "ecom.settlement.setup.line"
    _description = "Account of a Kind to Set Up"

    wizard_id = fields.Many2one("ecom.settlement.setup.wizard", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="wizard_id.company_id")
    family = fields.Selection(
        selection=lambda self: self.env["ecom.settlement.map"]._fields["family"]._description_selection(self.env),
        string="What It Is",
    )
    account_name = fields.Char(string="Made If Empty")
    account_id = fields.Many2one("account.account", check_company=True)
