import logging
from datetime import timedelta
from hashlib import sha256

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import email_normalize

_logger = logging.getLogger(__name__)

# How often one address or one computer may declare something.
AN_HOUR, A_DAY = 10, 5


class EcomReturnNotice(models.Model):
    """A declaration of withdrawal as it was received: evidence, whether an order is found for it or not."""

    _name = "ecom.return.notice"
    _description = "Withdrawal"
    _order = "id desc"

    name = fields.Char(string="Customer", required=True, readonly=True)
    number = fields.Char(string="Order Named", required=True, readonly=True)
    email = fields.Char(required=True, readonly=True)
    email_normalized = fields.Char(compute="_compute_email_normalized", store=True, index=True)
    received_at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    address_digest = fields.Char(readonly=True, index=True, groups="base.group_system")
    company_id = fields.Many2one("res.company", required=True, readonly=True, default=lambda self: self.env.company)
    lang = fields.Char(readonly=True)
    kind = fields.Selection(
        [("withdrawal", "Withdrawal"), ("link", "Link Wanted")], default="withdrawal", required=True, readonly=True
    )
    state = fields.Selection(
        [("new", "Received"), ("opened", "Return Opened"), ("person", "To Look At"), ("done", "Looked At")],
        default="new",
        required=True,
        readonly=True,
        index=True,
    )
    order_id = fields.Many2one("sale.order", readonly=True, ondelete="set null", index="btree_not_null")
    return_id = fields.Many2one("ecom.return", readonly=True, ondelete="set null", index="btree_not_null")

    @api.depends("email")
    def _compute_email_normalized(self):
        for notice in self:
            notice.email_normalized = email_normalize(notice.email)

    def action_done(self):
        """Somebody took care of it."""
        self.check_access("read")
        if not self.env.user.has_group("ecom_connector.ecom_connector_group_operator"):
            raise AccessError(self.env._("Only operators may close a withdrawal."))
        self.filtered(lambda notice: notice.state == "person").sudo().state = "done"

    # ---------------------------------------------------------------- receiving
    @api.model
    def _digest(self, address):
        """Tells computers apart without keeping who they are."""
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret") or ""
        return sha256(f"{secret}:{address}".encode()).hexdigest()

    @api.model
    def _is_too_often(self, email, address):
        now = fields.Datetime.now()
        recent = [("address_digest", "=", self._digest(address)), ("received_at", ">", now - timedelta(hours=1))]
        same = [("email_normalized", "=", email_normalize(email)), ("received_at", ">", now - timedelta(days=1))]
        return self.search_count(recent, limit=AN_HOUR) >= AN_HOUR or self.search_count(same, limit=A_DAY) >= A_DAY

    @api.model
    def _receive(self, name, number, email, address):
        """Write it down and acknowledge it. An order is looked for afterwards: who declares must not be able to tell
        by the time it takes whether there is one."""
        notice = self._note(name=name, number=number, email=email, address=address)
        template = self.env.ref("ecom_returns.mail_template_withdrawal")
        template.send_mail(notice.id, force_send=False)
        return notice

    @api.model
    def _ask_for_link(self, number, email, address):
        """Somebody without an account wants to open a return. Whether there is such an order is looked for
        afterwards, and told to the order's own address alone."""
        return self._note(name=email, number=number, email=email, address=address, kind="link")

    def _note(self, address, **values):
        notice = self.create({**values, "address_digest": self._digest(address), "lang": self.env.lang})
        self.env.ref("ecom_returns.ir_cron_match_notices")._trigger()
        return notice

    # ----------------------------------------------------------------- matching
    @api.model
    def _cron_match(self, limit=50):
        """One by one: what is wrong with one keeps no other back."""
        for notice in self.search([("state", "=", "new")], limit=limit, order="id"):
            try:
                with self.env.cr.savepoint():
                    notice._mail_link() if notice.kind == "link" else notice._match()
            except Exception:
                _logger.exception("Withdrawal %s could not be looked at", notice.id)
                notice.state = "person"

    @api.autovacuum
    def _gc_links(self):
        """Who asked for a link is remembered as long as it counts for the limits, not longer."""
        old = fields.Datetime.now() - timedelta(days=7)
        self.sudo().search([("kind", "=", "link"), ("received_at", "<", old)]).unlink()

    def _mail_link(self):
        """To the address of the order, which is the one that was entered; silence where there is none."""
        order = self._find_order()
        channel = order.ecom_channel_id
        if order and (not channel or channel.mail_buyer):
            template = self.env.ref("ecom_returns.mail_template_return_link")
            self.order_id = order
            template.with_context(lang=self.lang).send_mail(self.id, force_send=False)
        self.state = "done"

    def _match(self):
        """Open the return where the named order is that buyer's and came; leave it to a person otherwise."""
        order = self._find_order()
        record = self.env["ecom.return"]
        if order:
            wanted = self._everything(order)
            if wanted:
                flow = self.env["ecom.flow.return.open"].with_company(order.company_id)
                record = flow._open(wanted, reason=self.env._("Withdrawal"))
                record.action_judge()
        self.write({"state": "opened" if record else "person", "return_id": record.id})

    def _find_order(self):
        """The one confirmed order of that number and mail address; empty where there is none or more than one."""
        references = self.env["ecom.order.reference"].search([("value", "=", self.number)], limit=20)
        orders = self.env["sale.order"].search(
            [
                ("state", "=", "sale"),
                "|",
                "|",
                ("name", "=", self.number),
                ("ecom_number", "=", self.number),
                ("id", "in", references.order_id.ids),
            ],
            limit=20,
        )
        mine = orders.filtered(
            lambda order: self.email_normalized
            in (order.partner_id.email_normalized, order.partner_invoice_id.email_normalized)
        )
        return mine if len(mine) == 1 else mine.browse()

    def _everything(self, order):
        """All of it that can still come back: a withdrawal is of the contract unless it says otherwise."""
        left = self.env["ecom.flow.return.allot"]._what_is_left(order)
        return [(line, product, units, {}) for line, product, units in left]
