from odoo import api, fields, models
from odoo.tools import config

from ..flow.fetch import OPTION


class EcomChannel(models.Model):
    """How payout reports come, and what becomes of them by itself."""

    _inherit = "ecom.channel"

    fetch_payouts = fields.Boolean(
        string="Fetch Payout Reports", default=True, tracking=True, help="Where the platform offers them."
    )
    offers_payouts = fields.Boolean(compute="_compute_offers_payouts")
    payout_folder = fields.Char(
        string="Folder of Reports",
        tracking=True,
        help=f"Name of a folder below the one that your administrator set as {OPTION} in the configuration of the "
        "server. Reports laid in there are read and put away.",
    )
    payout_alias_id = fields.Many2one("mail.alias", readonly=True, copy=False, ondelete="set null")
    payout_alias_name = fields.Char(
        string="Mail Address of Reports",
        compute="_compute_payout_alias_name",
        inverse="_inverse_payout_alias_name",
        help="Reports that your contacts mail to this address are read. The part before the @.",
    )
    payout_alias_domain = fields.Char(compute="_compute_payout_alias_name")
    auto_post_payouts = fields.Boolean(
        string="Post What Is Explained",
        tracking=True,
        help="Payouts whose report adds up, whose kinds are known and whose orders are all found are posted by "
        "themselves. The others wait for you.",
    )

    @api.depends("code")
    def _compute_offers_payouts(self):
        for channel in self:
            noun = channel._adapter().noun("settlements") if channel.code else None
            channel.offers_payouts = hasattr(noun, "fetch_settlements")

    @api.depends("payout_alias_id.alias_name", "company_id")
    def _compute_payout_alias_name(self):
        for channel in self:
            channel.payout_alias_name = channel.payout_alias_id.alias_name
            channel.payout_alias_domain = channel.company_id.alias_domain_id.name

    def _inverse_payout_alias_name(self):
        """One address an account; taken away with its name."""
        self.check_access("write")
        for channel in self:
            alias = channel.payout_alias_id.sudo()
            if not channel.payout_alias_name:
                alias.unlink()
            elif alias:
                alias.alias_name = channel.payout_alias_name
            else:
                channel.payout_alias_id = alias.create(channel._prepare_payout_alias())

    def _prepare_payout_alias(self):
        return {
            "alias_name": self.payout_alias_name,
            "alias_domain_id": self.company_id.alias_domain_id.id,
            "alias_model_id": self.env["ir.model"]._get_id("ecom.settlement.report"),
            "alias_defaults": repr({"channel_id": self.id}),
            # Whoever knows the address is not yet somebody who may send reports.
            "alias_contact": "partners",
        }

    def _asks(self, topic):
        """Where a folder is set, all accounts have their turn: each may have one."""
        if topic != "settlements":
            return super()._asks(topic)
        return self.offers_payouts or bool(config.get(OPTION))

    def _earned_percents(self):
        """What payouts say is left of a sale, where they say anything."""
        cursors = self.sudo().cursor_ids.filtered(lambda one: one.topic == "settlements" and one.earned_percent > 0)
        return {**super()._earned_percents(), **{one.channel_id.id: one.earned_percent for one in cursors}}

    def action_fetch_payouts(self):
        """Ask now."""
        self.check_access("write")
        cursors = self._cursors("settlements")
        cursors.write({"next_try": fields.Datetime.now(), "fresh_at": False})
        self.env["ecom.flow.run"]._wake()
