import logging

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..channels.version import is_older

_logger = logging.getLogger(__name__)

TOPICS = [
    ("orders", "Order"),
    ("products", "Product"),
    ("stock", "Stock"),
    ("shipments", "Shipment"),
    ("notes", "Note"),
    ("refunds", "Refund"),
    ("returns", "Return"),
    ("settlements", "Settlement"),
    ("privacy", "Privacy"),
    ("other", "Other"),
]

# From which states a message may come to which: whatever arrives late finds the door shut and changes nothing.
ALLOWED = {
    "waiting": ("failed", "ignored", "superseded"),
    "failed": ("waiting",),
    "done": ("waiting",),
    "superseded": ("waiting", "failed"),
    "ignored": ("waiting", "failed"),
}
# What a failing message of a topic is filed under, for the people who work exceptions off.
CATEGORIES = {
    "products": "product",
    "stock": "stock",
    "shipments": "shipment",
    "refunds": "money",
    "settlements": "money",
}


class EcomMessage(models.Model):
    """One thing that came in or must go out."""

    _name = "ecom.message"
    _description = "Channel Message"
    _order = "id desc"
    _rec_name = "external_id"

    channel_id = fields.Many2one("ecom.channel", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True)
    direction = fields.Selection([("in", "In"), ("out", "Out")], required=True)
    topic = fields.Selection(TOPICS, required=True)
    external_id = fields.Char(string="ID on the Channel", index=True)
    event_key = fields.Char(required=True, help="Delivery id, or id and version: the same event is stored once.")
    version = fields.Char()
    hint = fields.Boolean(help="Only tells that something changed: the thing itself is fetched by its id.")
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("failed", "Needs Attention"),
            ("done", "Done"),
            ("superseded", "Superseded"),
            ("ignored", "Ignored"),
        ],
        default="waiting",
        required=True,
    )
    note = fields.Text(readonly=True, help="What the channel is told in words.")
    attempts = fields.Integer(readonly=True)
    problem = fields.Text(readonly=True, help="What went wrong, in plain words.")
    problem_code = fields.Char(readonly=True)
    next_try = fields.Datetime(default=fields.Datetime.now)
    leased_until = fields.Datetime(readonly=True)
    done_at = fields.Datetime(readonly=True)
    ignore_reason = fields.Char(readonly=True)
    order_id = fields.Many2one("sale.order", readonly=True, index="btree_not_null", ondelete="set null")
    shipment_id = fields.Many2one("ecom.shipment", readonly=True, index="btree_not_null", ondelete="set null")
    payload_ids = fields.One2many(
        "ecom.payload", "message_id", groups="ecom_connector.ecom_connector_group_administrator"
    )

    _event_uniq = models.UniqueIndex("(channel_id, direction, event_key)")
    # The claim reads only what waits: the index stays as small as the backlog.
    _waiting_idx = models.Index("(channel_id, direction, next_try, id) WHERE state = 'waiting'")
    _notice_idx = models.Index(
        "(channel_id, direction, next_try, id) WHERE state = 'waiting' AND topic IN ('stock', 'products')"
    )
    # Hints are looked for with each claim, whatever else waits.
    _hint_idx = models.Index("(channel_id, direction, next_try, id) WHERE state = 'waiting' AND hint")
    _hint_trouble_idx = models.Index("(channel_id) WHERE state = 'waiting' AND hint AND problem IS NOT NULL")
    _attention_idx = models.Index("(channel_id, id) WHERE state = 'failed'")

    # ------------------------------------------------------------------- buttons
    def action_retry(self):
        """Once more from the start. What came in is fetched anew by its id; the raw copy serves where it is gone."""
        self._check_operator()
        again = self.sudo()._move("waiting", problem=False, problem_code=False, next_try=fields.Datetime.now())
        again.filtered(lambda message: message.direction == "in" and message.external_id).write({"hint": True})
        if again:
            self.env["ecom.flow.run"]._wake()

    def action_ignore(self, reason):
        """Give them up, for a reason that stays with them."""
        self._ignore(reason)

    def _check_operator(self):
        """Whoever may read messages is not yet one who works them off."""
        if not self.env.su and not self.env.user.has_group("ecom_connector.ecom_connector_group_operator"):
            raise AccessError(self.env._("Only operators of the sales channels may do this."))
        self.check_access("read")

    # --------------------------------------------------------------- state changes
    def _ignore(self, reason):
        """A person decides that nothing is done with these messages, and says why."""
        self._check_operator()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why these messages are ignored."))
        now = fields.Datetime.now()
        if self.filtered(lambda message: message.state == "waiting" and (message.leased_until or now) > now):
            raise UserError(self.env._("Some of these messages are being worked on right now. Try again in a minute."))
        ignored = self.sudo()._move("ignored", ignore_reason=reason.strip(), done_at=now)
        ignored._close_exceptions("ignored", reason.strip())

    def _done(self, **values):
        """These messages are worked off; older failed ones about the same thing lose their point with them."""
        done = self._move("done", done_at=fields.Datetime.now(), problem=False, problem_code=False, **values)
        outdated = done._older_failed()
        outdated._move("superseded", done_at=fields.Datetime.now())
        (done | outdated)._close_exceptions("solved", self.env._("It worked out after all."))
        return done

    def _fail(self, problem, code="", category=None, severity="1", **links):
        """These messages wait for a person, with `problem` in plain words; one exception for each thing concerned."""
        failed = self._move("failed", problem=problem, problem_code=code or False)
        failed._tell_failure(problem, category, severity, **links)
        return failed

    def _tell_failure(self, problem, category=None, severity="1", **links):
        """One exception for each thing concerned."""
        for message in self:
            message.env["ecom.exception"]._open(
                message.channel_id,
                category=category or CATEGORIES.get(message.topic, "order"),
                severity=severity,
                name=message._failure_name(),
                detail=problem,
                dedupe_key=message._dedupe_key(),
                ecom_message_id=message.id,
                **links,
            )

    def _move(self, target, **values):
        """The only way a message changes its state. Returns those that could."""
        movable = self.filtered(lambda message: message.state in ALLOWED[target])
        for message in self - movable:
            _logger.info("Message %s stays %s and does not become %s", message.id, message.state, target)
        movable.write({"state": target, "leased_until": False, **values})
        return movable

    def _failure_name(self):
        topic = dict(self._fields["topic"]._description_selection(self.env))[self.topic]
        if self.external_id:
            return self.env._("%(topic)s %(id)s could not be worked off", topic=topic, id=self.external_id)
        return self.env._("A message could not be worked off (%(topic)s)", topic=topic)

    def _dedupe_key(self):
        return f"{self.topic}:{self.external_id}" if self.external_id else f"message:{self.id}"

    def _older_failed(self):
        """Failed messages about the same things, no newer than these."""
        incoming = self.filtered(lambda message: message.direction == "in" and message.external_id)
        newest = {}
        for message in incoming:
            key = (message.channel_id, message.topic, message.external_id)
            newest[key] = max(newest.get(key, ""), message.version or "")
        failed = self.search(
            [
                ("state", "=", "failed"),
                ("direction", "=", "in"),
                ("channel_id", "in", incoming.channel_id.ids),
                ("external_id", "in", incoming.mapped("external_id")),
            ]
        )
        return failed.filtered(
            lambda message: not is_older(
                newest.get((message.channel_id, message.topic, message.external_id), ""), than=message.version or ""
            )
        )

    def _close_exceptions(self, state, decision):
        """The trouble these messages made is over; who ended it stands in the exception."""
        exceptions = self.env["ecom.exception"].sudo()
        domain = [("state", "=", "open"), ("ecom_message_id", "in", self.ids)]
        exceptions.search(domain)._close(state, decision)
