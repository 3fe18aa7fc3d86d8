from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

CATEGORIES = [
    ("connection", "Connection"),
    ("order", "Order content"),
    ("product", "Unknown product"),
    ("mapping", "Missing mapping"),
    ("money", "Amount differs"),
    ("risk", "Risk"),
    ("stock", "Stock"),
    ("shipment", "Shipment"),
    ("change", "Changed after import"),
    ("deadline", "Deadline"),
]
# Written by the transitions below only, so that every decision has a name, a time and a reason on it.
DECIDED = {"state", "decision", "decided_by", "decided_at", "escalated_at", "channel_id", "company_id", "dedupe_key"}

# What is said of a trouble when it opens.
TOLD = ("category", "name", "detail", "severity", "dedupe_key")
TOLD += ("order_id", "ecom_message_id", "listing_id", "picking_id")
TOLD += ("is_hold", "check_rule", "check_marks")
# What an order shows of its exceptions; they are written past the cache.
OF_ORDER = ["ecom_exception_ids", "ecom_held", "ecom_hold_reasons", "ecom_may_release"]
# How a trouble differs from another of the same words, and what is not compared.
APART = ("category", "severity", "dedupe_key", "terms")


class EcomException(models.Model):
    """One thing a person must decide."""

    _name = "ecom.exception"
    _description = "Exception"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "severity desc, deadline, id"

    name = fields.Char(string="What Happened", required=True)
    detail = fields.Text(string="What to Do")
    channel_id = fields.Many2one("ecom.channel", ondelete="cascade", index=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    category = fields.Selection(CATEGORIES, required=True, index=True)
    severity = fields.Selection(
        [("0", "Low"), ("1", "Normal"), ("2", "High"), ("3", "Urgent")], default="1", required=True
    )
    state = fields.Selection(
        [("open", "Open"), ("solved", "Solved"), ("ignored", "Ignored")],
        default="open",
        required=True,
        index=True,
        tracking=True,
    )
    user_id = fields.Many2one("res.users", string="Owner", tracking=True, index=True, domain="[('share', '=', False)]")
    deadline = fields.Datetime(tracking=True)
    is_overdue = fields.Boolean(compute="_compute_is_overdue", search="_search_is_overdue")
    escalated_at = fields.Datetime(readonly=True)
    # What it is about
    dedupe_key = fields.Char(readonly=True, help="The same trouble opens one exception, however often it happens.")
    ecom_message_id = fields.Many2one(
        "ecom.message", ondelete="cascade", index="btree_not_null", string="Message Concerned"
    )
    can_retry = fields.Boolean(compute="_compute_can_retry", compute_sudo=True)
    order_id = fields.Many2one("sale.order", ondelete="cascade", index="btree_not_null")
    listing_id = fields.Many2one("ecom.listing", ondelete="cascade", index="btree_not_null")
    picking_id = fields.Many2one("stock.picking", ondelete="cascade", index="btree_not_null", string="Delivery")
    # The decision: who, when, why
    decision = fields.Char(readonly=True, tracking=True)
    decided_by = fields.Many2one("res.users", readonly=True)
    decided_at = fields.Datetime(readonly=True)

    _open_uniq = models.UniqueIndex("(channel_id, dedupe_key) WHERE state = 'open' AND dedupe_key IS NOT NULL")
    _key_idx = models.Index("(channel_id, dedupe_key) WHERE dedupe_key IS NOT NULL")
    _overdue_idx = models.Index("(deadline) WHERE state = 'open' AND escalated_at IS NULL")

    @api.depends("deadline", "state")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for exception in self:
            exception.is_overdue = exception.state == "open" and bool(exception.deadline) and exception.deadline < now

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("state", "=", "open"), ("deadline", "<", fields.Datetime.now())]

    @api.depends("ecom_message_id.state", "state")
    def _compute_can_retry(self):
        for exception in self:
            exception.can_retry = exception.state == "open" and exception.ecom_message_id.state == "failed"

    # ------------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(vals.keys() & (DECIDED - {"channel_id", "company_id"}) for vals in vals_list):
            raise AccessError(self.env._("An exception starts open; decide it with its buttons."))
        for vals in vals_list:
            if vals.get("channel_id"):
                vals["company_id"] = self.env["ecom.channel"].browse(vals["channel_id"]).company_id.id
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and vals.keys() & DECIDED:
            raise AccessError(self.env._("Use Solve or Ignore: a decision carries a name, a time and a reason."))
        result = super().write(vals)
        if "user_id" in vals:
            self._pass_activities_on()
        return result

    # ---------------------------------------------------------------- actions
    def action_solve(self, decision=None):
        """Close what was put right. Those that somebody closed before stay as they are."""
        self.check_access("write")
        self._close("solved", decision or self.env._("Solved"))

    def action_ignore(self, reason):
        """Close what shall stay as it is, with the reason; a message that failed for it is given up."""
        self.check_access("write")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why this may be ignored."))
        closed = self._close("ignored", reason.strip())
        closed.ecom_message_id.filtered(lambda message: message.state == "failed").action_ignore(reason.strip())

    def action_retry(self):
        """Try what failed once more; the exception closes itself when that succeeds."""
        self.check_access("write")
        self.filtered("can_retry").ecom_message_id.action_retry()

    def action_assign(self, user_id=None):
        """Give to a colleague, or take it yourself."""
        self.check_access("write")
        user = self.env["res.users"].browse(user_id or self.env.uid)
        if user.share or self.company_id - user.sudo().company_ids:
            raise UserError(self.env._("%(user)s does not work in this company.", user=user.sudo().name))
        self.write({"user_id": user.id})

    # ------------------------------------------------------------ transitions
    def _close(self, state, decision):
        """The one way out of "open". Returns those that were still open."""
        todo = self.filtered(lambda exception: exception.state == "open")
        todo.sudo().write(
            {"state": state, "decision": decision, "decided_by": self.env.uid, "decided_at": fields.Datetime.now()}
        )
        todo.sudo().activity_ids.unlink()
        return todo

    def _reopen(self, values, terms=None):
        """The one way back: the trouble returned. Who had closed it stays readable in the log."""
        self.ensure_one()
        hours, user = terms or self.channel_id._exception_terms(self.category)
        self.sudo().write(
            {
                **values,
                **({} if self.user_id else {"user_id": user.id}),
                "state": "open",
                "deadline": self._deadline(hours),
                "escalated_at": False,
                "decision": False,
                "decided_by": False,
                "decided_at": False,
            }
        )

    @staticmethod
    def _deadline(hours):
        return fields.Datetime.now() + timedelta(hours=hours) if hours else False

    @api.model
    def _solve(self, channel, dedupe_keys, decision=None):
        """Close by key what is over by itself; nothing happens where nothing is open. Returns what was closed."""
        found = self.sudo().search(
            [("channel_id", "=", channel.id), ("dedupe_key", "in", list(dedupe_keys)), ("state", "=", "open")]
        )
        return found._close_quietly(decision)

    def _close_quietly(self, decision=None):
        """By the system, for many at once: without a line in the log of each."""
        return self.with_context(mail_notrack=True)._close("solved", decision or self.env._("Over by itself"))

    # ---------------------------------------------------------------- opening
    @api.model
    def _open(self, channel, *, category, name, detail="", severity="1", dedupe_key=None, **links):
        """Open an exception, or refresh or reopen the one of the same `dedupe_key`. Returns it.

        `links`: order_id, ecom_message_id, listing_id, picking_id (ids).
        """
        values = {"category": category, "name": name, "detail": detail, "severity": severity, **links}
        return self._open_many(channel, [{**values, "dedupe_key": dedupe_key}])

    @api.model
    def _open_many(self, channel, troubles):
        """As `_open`, for many troubles of one channel in a few statements. `troubles`: dicts of its arguments, and
        `terms`: (hours to decide, owner) where the category's do not hold.

        What a person ignored stays ignored while the same words are said of it. Raises SerializationFailure when
        somebody opens the same trouble in the same moment: run the transaction again.
        """
        by_key = {trouble.get("dedupe_key") or object(): trouble for trouble in troubles}
        known = self._known(channel, [key for key in by_key if isinstance(key, str)])
        fresh = [trouble for key, trouble in by_key.items() if key not in known]
        returned = self.browse()
        for key, exception in known.items():
            returned += exception._tell_again(by_key[key])
        opened = self._insert(channel, fresh)
        (opened + returned)._remind()
        return opened + self.browse([exception.id for exception in known.values()])

    def _known(self, channel, keys):
        """{key: the open exception, else the one that was closed last}."""
        found = self.sudo().search([("channel_id", "=", channel.id), ("dedupe_key", "in", keys)], order="id")
        return {exception.dedupe_key: exception for exception in found.sorted(lambda e: e.state == "open")}

    def _tell_again(self, trouble):
        """Refresh an open exception, reopen a closed one. Returns it if it was reopened."""
        values = {
            name: value
            for name, value in trouble.items()
            if name not in APART and (value or False) != self._plain(name)
        }
        values |= {"severity": trouble["severity"]} if trouble.get("severity", "1") > self.severity else {}
        if self.state == "open":
            if values:
                self.write(values)
            return self.browse()
        if self.state == "ignored" and not values.keys() & {"name", "detail"}:
            return self.browse()
        self._reopen(values, trouble.get("terms"))
        return self

    def _plain(self, name):
        value = self[name]
        return value.id if isinstance(value, models.BaseModel) else value or False

    def _insert(self, channel, troubles):
        """One statement, because the ORM knows no ON CONFLICT and is too slow for thousands of late orders."""
        if not troubles:
            return self.browse()
        common = {"channel_id": channel.id, "company_id": channel.company_id.id, "state": "open"}
        common |= {"create_uid": self.env.uid, "write_uid": self.env.uid}
        common |= {"create_date": fields.Datetime.now(), "write_date": fields.Datetime.now()}
        rows = []
        for trouble in troubles:
            hours, user = trouble.get("terms") or channel._exception_terms(trouble["category"])
            row = {name: trouble.get(name) or None for name in TOLD} | common
            row |= {"severity": trouble.get("severity") or "1", "user_id": user.id or None}
            rows.append(row | {"deadline": self._deadline(hours) or None})
        self.env.cr.execute(self._insert_query(rows), log_exceptions=False)
        opened = self.sudo().browse([row[0] for row in self.env.cr.fetchall()])
        self.env["sale.order"].invalidate_model(OF_ORDER, flush=False)
        return opened

    @staticmethod
    def _insert_query(rows):
        return SQL(
            """INSERT INTO ecom_exception (%(columns)s) VALUES %(rows)s
               ON CONFLICT (channel_id, dedupe_key) WHERE state = 'open' AND dedupe_key IS NOT NULL
               DO UPDATE SET name = EXCLUDED.name, detail = EXCLUDED.detail
               RETURNING id""",
            columns=SQL(", ").join(SQL.identifier(name) for name in rows[0]),
            rows=SQL(", ").join(SQL("%s", tuple(row.values())) for row in rows),
        )
