import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import sealing
from ..channels import CHANNELS
from ..channels.errors import ChannelError


class EcomConnectWizard(models.TransientModel):
    """Connect a channel, or replace the access data of one. Nothing is made before the last step."""

    _name = "ecom.connect.wizard"
    _description = "Connect a Channel"
    _check_company_auto = True

    step = fields.Selection(
        [
            ("platform", "Platform"),
            ("access", "Access"),
            ("policy", "Rules"),
            ("mapping", "What Was Found"),
            ("start", "Start"),
        ],
        default="platform",
        required=True,
        readonly=True,
    )
    channel_id = fields.Many2one("ecom.channel", readonly=True, help="The channel whose access data are replaced.")
    code = fields.Selection(selection="_selection_code", string="Platform")
    platforms = fields.Json(compute="_compute_platforms")
    # Access. What was entered stays sealed here until the channel is made.
    answers = fields.Json(compute="_compute_answers", inverse="_inverse_answers")
    sealed = fields.Char(groups=fields.NO_ACCESS, prefetch=False)
    problem = fields.Text(readonly=True)
    # What the channel said of itself
    shop_name = fields.Char(string="Shop", readonly=True)
    shop_url = fields.Char(string="Address", readonly=True)
    currency_name = fields.Char(string="Currency", readonly=True)
    currency_warning = fields.Char(compute="_compute_currency_warning")
    missing_permissions = fields.Text(readonly=True)
    # Rules
    name = fields.Char(string="Name of the Channel", help="How your team calls this shop.")
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    warehouse_id = fields.Many2one(
        "stock.warehouse", check_company=True, compute="_compute_warehouse", store=True, readonly=False, precompute=True
    )
    clearing_journal_id = fields.Many2one(
        "account.journal",
        check_company=True,
        domain="[('type', 'in', ('bank', 'cash', 'credit'))]",
        help="Captured money waits here until the channel pays it out.",
    )
    import_when = fields.Selection(
        selection=lambda self: self.env["ecom.channel"]._fields["import_when"].selection, default="authorized"
    )
    go_live = fields.Datetime(string="Orders Placed Since", default=fields.Datetime.now)
    open_orders_only = fields.Boolean(string="Also Older Orders Still Open", default=True)
    confirm_orders = fields.Boolean(default=True)
    create_taxes = fields.Boolean(string="Create Missing Taxes")
    invoice_policy = fields.Selection(
        selection=lambda self: self.env["ecom.channel"]._fields["invoice_policy"].selection, default="manual"
    )
    mode = fields.Selection(
        [
            ("test", "Test: orders are read, nothing is written to the channel"),
            ("live", "Live: orders come in, stock and shipments go out"),
        ],
        string="Start In",
        default="test",
    )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if values.get("channel_id"):
            values["step"] = "access"
        return values

    @api.model
    def _selection_code(self):
        return self.env["ecom.channel"]._selection_code()

    # ------------------------------------------------------------------- computed
    @api.depends("channel_id")
    def _compute_platforms(self):
        cards = [
            {"code": channel.code, "name": channel.name, "help": channel.help, "kind": channel.kind}
            for channel in sorted(CHANNELS.values(), key=lambda channel: channel.name)
            if channel.can("client")
        ]
        for wizard in self:
            wizard.platforms = cards

    @api.depends("code")
    def _compute_answers(self):
        """One entry a need, in its order. A secret never comes back: `entered` says that there is one."""
        for wizard in self:
            known = wizard._known()
            wizard.answers = [
                {
                    "name": need.name,
                    "label": need.label,
                    "help": need.help,
                    "secret": need.secret,
                    "required": need.required,
                    "entered": need.secret and bool(known.get(need.name) or need.default),
                    "value": "" if need.secret else known.get(need.name, need.default),
                }
                for need in wizard._needs()
            ]

    def _inverse_answers(self):
        for wizard in self:
            given = {answer["name"]: (answer.get("value") or "").strip() for answer in wizard.answers or []}
            values = {**wizard._entered()}
            for need in wizard._needs():
                if given.get(need.name) or (need.name in given and not need.secret):
                    values[need.name] = given[need.name]
            wizard.sudo().sealed = wizard._seal(values)

    @api.depends("company_id")
    def _compute_warehouse(self):
        for wizard in self:
            wizard.warehouse_id = self.env["stock.warehouse"].search(
                [("company_id", "=", wizard.company_id.id)], limit=1
            )

    @api.depends("currency_name", "company_id")
    def _compute_currency_warning(self):
        for wizard in self:
            inactive = wizard._currencies(wizard.currency_name).filtered(lambda currency: not currency.active)
            wizard.currency_warning = bool(inactive) and self.env._(
                "%(currency)s is not in use here yet and will be switched on. Mind its rates.",
                currency=wizard.currency_name,
            )

    # -------------------------------------------------------------------- answers
    def _needs(self):
        """A file is chosen by us, never typed."""
        channel = CHANNELS.get(self.code)
        return [need for need in channel.needs if need.name != "file"] if channel else []

    def _seal(self, values):
        return self.env["ecom.channel.credential"]._seal(json.dumps(values))

    def _entered(self):
        """{name: value} entered in this wizard so far."""
        sealed = self.sudo().sealed
        if not sealed:
            return {}
        try:
            return json.loads(sealing.unseal(sealed))
        except sealing.LostKey:
            raise UserError(self.env._("What was entered cannot be read any more. Start again.")) from None

    def _known(self):
        """What is entered already, for a channel that exists as well as here."""
        if not self.channel_id:
            return self._entered()
        try:
            return {**self.channel_id._credentials(), **self._entered()}
        except ChannelError:
            return self._entered()

    def _values(self):
        """What to connect with. UserError naming what is missing."""
        known = self._known()
        values = {need.name: known.get(need.name) or need.default for need in self._needs()}
        missing = [need.label for need in self._needs() if need.required and not values.get(need.name)]
        if missing:
            raise UserError(self.env._("Please enter: %(names)s", names=", ".join(missing)))
        return values

    # ---------------------------------------------------------------------- steps
    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self._title(),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _title(self):
        if self.channel_id:
            return self.env._("Access Data of %(channel)s", channel=self.channel_id.name)
        return self.env._("Connect a Channel")

    def action_back(self):
        steps = self._steps()
        self.step = steps[max(steps.index(self.step) - 1, 0)]
        self.problem = False
        return self._reopen()

    def action_next(self):
        if self.step == "platform" and not self.code:
            raise UserError(self.env._("Choose a platform first."))
        if self.step == "mapping":
            self.location_ids._check_warehouses()
        steps = self._steps()
        self.step = steps[steps.index(self.step) + 1]
        return self._reopen()

    def action_test(self):
        """Ask the channel who it is. Nothing is written before it has answered."""
        self.check_access("write")
        values = self._values()
        channel = self.channel_id or self.env["ecom.channel"].new({"code": self.code, "company_id": self.company_id.id})
        try:
            shop, values = channel._try_connection(values)
        except ChannelError as error:
            self.problem = str(error)
            return self._reopen()
        self.sudo().sealed = self._seal(values)
        self._remember(shop)
        if self.channel_id:
            return self._replace()
        self.step = "policy"
        return self._reopen()

    def _remember(self, shop):
        self.write(
            {
                **self._prepare_found(shop),
                "problem": False,
                "shop_name": shop.name,
                "shop_url": shop.url,
                "currency_name": shop.currency,
                "missing_permissions": "\n".join(shop.missing_scopes),
                "name": self.name or shop.name,
            }
        )

    # --------------------------------------------------------------------- finish
    def _replace(self):
        """The new access data were tried: keep them, and go on where the channel had stopped."""
        values = self._values()
        self.channel_id._set_credentials(values)
        self.channel_id.action_resume()
        return {"type": "ir.actions.act_window_close"}

    def action_connect(self):
        """Make the channel with all that was found, in one transaction; its first reading starts at once."""
        self.ensure_one()
        self.check_access("write")
        if self.step != "start":
            raise UserError(self.env._("Test the connection first."))
        self._switch_on_currencies()
        channel = self.env["ecom.channel"].create(self._prepare_channel())
        channel._set_credentials({name: value for name, value in self._entered().items() if value})
        self._make_found(channel)
        channel._switch(self.mode)
        self.sudo().sealed = False
        overview = self.env["ir.actions.act_window"]._for_xml_id("ecom_connector.ecom_channel_action_overview")
        return {**overview, "target": "main"}

    def _prepare_channel(self):
        return {
            "name": self.name or self.shop_name,
            "code": self.code,
            "company_id": self.company_id.id,
            "warehouse_id": self.warehouse_id.id,
            "clearing_journal_id": self.clearing_journal_id.id,
            "import_when": self.import_when,
            "go_live": self.go_live,
            "open_orders_only": self.open_orders_only,
            "confirm_orders": self.confirm_orders,
            "create_taxes": self.create_taxes,
            "invoice_policy": self.invoice_policy,
        }

    def _currencies(self, *names):
        return (
            self.env["res.currency"].with_context(active_test=False).search([("name", "in", [n for n in names if n])])
        )

    def _switch_on_currencies(self):
        """A Connector Administrator need not be one of accounting: only what the shop sells in is switched on."""
        used = self._currencies(self.currency_name, *self.site_ids.mapped("currency_name"))
        used.filtered(lambda currency: not currency.active).sudo().active = True
