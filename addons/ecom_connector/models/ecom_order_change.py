from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules.content import content


class EcomOrderChange(models.Model):
    """What the channel changed on an order that is here, side by side, until a person says what becomes of it."""

    _name = "ecom.order.change"
    _description = "Change on the Channel"
    _order = "id desc"
    _rec_name = "order_id"

    channel_id = fields.Many2one("ecom.channel", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True)
    order_id = fields.Many2one("sale.order", required=True, ondelete="cascade", index=True)
    ecom_message_id = fields.Many2one("ecom.message", ondelete="set null", index="btree_not_null", string="Message")
    kind = fields.Selection([("edit", "Changed"), ("cancel", "Cancelled")], required=True, default="edit")
    content = fields.Char(help="Tells whether the channel changed it once more.")
    state = fields.Selection(
        [
            ("open", "To Decide"),
            ("applied", "Applied"),
            ("partial", "Applied in Part"),
            ("kept", "Ours Kept"),
            ("superseded", "Superseded"),
        ],
        default="open",
        required=True,
    )
    line_ids = fields.One2many("ecom.order.change.line", "change_id", string="Differences")
    can_apply = fields.Boolean(compute="_compute_can_apply")
    is_whole = fields.Boolean(compute="_compute_can_apply", help="All of it can be applied.")

    _open_uniq = models.UniqueIndex("(order_id) WHERE state = 'open'")

    @api.depends("state", "line_ids.obstacle")
    def _compute_can_apply(self):
        for change in self:
            possible = change.line_ids.filtered(lambda line: not line.obstacle)
            change.can_apply = change.state == "open" and bool(possible)
            change.is_whole = bool(possible) and possible == change.line_ids

    # ------------------------------------------------------------------ asking
    @api.model
    def _ask(self, placed, message, order, rows, kind="edit"):
        """Open the change of that order, or bring the open one up to date, and its exception. `rows`: values of the
        lines."""
        change = self.search([("order_id", "=", placed.id), ("state", "=", "open")])
        values = {"ecom_message_id": message.id, "content": content(order), "kind": kind}
        if not change:
            change = self.create({"channel_id": placed.ecom_channel_id.id, "order_id": placed.id, **values})
        elif any(change[name] != value for name, value in values.items() if name != "ecom_message_id"):
            change.write(values)
        elif message:
            change.ecom_message_id = message
        change._write_lines(rows)
        change._tell()
        return change

    def _write_lines(self, rows):
        wanted = [{"credit": False, **row} for row in rows]
        if [line._row() for line in self.line_ids] != wanted:
            self.line_ids.unlink()
            self.env["ecom.order.change.line"].create([{"change_id": self.id, **row} for row in wanted])

    def _tell(self):
        number = self.order_id.ecom_number or self.order_id.name
        if self.kind == "cancel":
            name = self.env._("%(number)s was cancelled on the channel", number=number)
        else:
            name = self.env._("%(number)s was changed on the channel", number=number)
        exception = self.env["ecom.exception"]._open(
            self.channel_id,
            category="change",
            severity="2",
            name=name,
            detail=self._detail(),
            dedupe_key=self._key(self.order_id),
            order_id=self.order_id.id,
        )
        if exception.change_id != self:
            exception.change_id = self

    def _detail(self):
        """Also what differs, in words: another difference asks anew, whatever was decided about this one."""
        if self.kind == "cancel":
            said = self.env._("It is not cancelled here by itself. Look at both sides below and decide.")
        else:
            said = self.env._("It is not changed here by itself. Look at both sides below and decide.")
        return "\n".join([said, *(line._words() for line in self.line_ids)])

    @api.model
    def _key(self, placed):
        return f"change:{placed.ecom_external_id}"

    # ---------------------------------------------------------------- deciding
    def _apply(self):
        """Follow what can be followed now; what has changed since it was asked is looked at anew. Returns the words of
        the decision."""
        self.ensure_one()
        self = self.sudo().with_company(self.company_id)
        batch, order = self._read()
        done, left = self.env["ecom.flow.amend"]._follow_by_hand(batch, order, self.order_id, self)
        if not done:
            raise UserError(self.env._("Nothing of it can be applied any more."))
        self.state = "partial" if left else "applied"
        self.order_id.ecom_content = self.content
        if left:
            return self.env._("Applied: %(done)s. Ours kept: %(left)s.", done=", ".join(done), left=", ".join(left))
        return self.env._("Applied: %(done)s.", done=", ".join(done))

    def _keep(self):
        """What stands here stays, and is not asked about again until the channel changes something else."""
        for change in self.sudo().filtered(lambda change: change.state == "open"):
            change.state = "kept"
            change.order_id.ecom_content = change.content

    def _look_again(self):
        """Compare anew: something here was put right meanwhile. Returns whether there is still something to decide."""
        self = self.sudo().with_company(self.company_id)
        batch, order = self._read()
        self.env["ecom.flow.amend"]._look_again(batch, order, self.order_id, self.ecom_message_id)
        return self.state == "open"

    def _read(self):
        """(batch, records.Order) of the version that is asked about, from its message."""
        payload = self.env["ecom.payload"].search([("message_id", "=", self.ecom_message_id.id)], limit=1)
        if not payload.body:
            raise UserError(
                self.env._("What the channel said was erased here. Fetch the order by its number, then decide.")
            )
        order = self.env["ecom.flow.normalise"]._parsed(self.channel_id, bytes(payload.body))
        return self.env["ecom.flow.place"]._batch(self.channel_id, {order.external_id: order}), order


class EcomOrderChangeLine(models.Model):
    """One difference: as it is here, as it is on the channel, and why it cannot be followed, if so."""

    _name = "ecom.order.change.line"
    _description = "Difference to the Channel"
    _order = "id"

    change_id = fields.Many2one("ecom.order.change", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="change_id.company_id", store=True, index=True)
    name = fields.Char(string="What", required=True)
    here = fields.Char()
    there = fields.Char(string="On the Channel")
    obstacle = fields.Char(string="Why Not")
    credit = fields.Boolean(string="Credit Note", help="Applying it writes a credit note: more is invoiced than stays.")

    def _words(self):
        sides = " → ".join(filter(None, (self.here, self.there)))
        words = f"{self.name}: {sides}" if sides else self.name
        return f"{words} ({self.obstacle})" if self.obstacle else words

    def _row(self):
        names = ("name", "here", "there", "obstacle", "credit")
        return {name: self[name] if name == "credit" else self[name] or "" for name in names}
