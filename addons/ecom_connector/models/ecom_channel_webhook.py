import hmac as stdlib_hmac
import secrets
import time
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.http import db_list
from odoo.tools import hmac

from ..channels.errors import ChannelError
from ..channels.transport import HttpTransport, Request

PING_HEADER = "x-ecom-ping"
PING_SECONDS = 60
COMPLAIN_SECONDS = 600

# When this process last complained of a channel: by (database, channel). A flood of forgeries must not become a flood
# of writing; other processes may complain once more, of the same exception.
_complained = {}


class EcomChannel(models.Model):
    """The public address of a channel, and whether it can be reached."""

    _inherit = "ecom.channel"

    webhook_url = fields.Char(
        string="Webhook Address",
        compute="_compute_webhook_url",
        groups="ecom_connector.ecom_connector_group_channel_manager",
        help="Enter this address in the shop, so that it tells us at once what changed.",
    )

    arm_webhooks = fields.Boolean(
        string="Set Up Webhooks There",
        default=True,
        help="Have the shop tell this address of its changes, and look every hour whether it still does. Off: somebody "
        "enters the address in the shop by hand.",
    )

    @api.depends("webhook_key")
    def _compute_webhook_url(self):
        base = self.env["ir.config_parameter"].sudo().get_param("web.base.url") or ""
        for channel in self:
            takes = channel.code and channel._adapter().can("webhook") and channel.webhook_key
            channel.webhook_url = f"{base.rstrip('/')}/ecom/webhook/{channel.webhook_key}" if takes else False

    # ------------------------------------------------------------------- buttons
    def action_renew_webhook_key(self):
        """The old address is dead from now on, the shop needs the new one."""
        self.check_access("write")
        for channel in self:
            channel.webhook_key = secrets.token_urlsafe(24)
        self._look_after_webhooks()

    def action_check_webhook(self):
        """Call our own public address, the way the shop does, and say what is wrong with it. What the shop has of our
        webhooks is looked after as well."""
        self.ensure_one()
        self.check_access("write")
        self._look_after_webhooks()
        problem = self._webhook_problem()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if problem else "success",
                "sticky": bool(problem),
                "title": self.env._("Webhook Address"),
                "message": problem or self.env._("The address can be reached and leads to this database."),
            },
        }

    def _look_after_webhooks(self):
        cursors = self._cursors("webhooks")
        cursors.filtered(lambda cursor: cursor.channel_id._asks(cursor.topic)).next_try = fields.Datetime.now()
        self.env["ecom.flow.run"]._wake()

    # --------------------------------------------------------------------- check
    def _webhook_problem(self):
        """Why the shop's webhooks would not arrive, in plain words; empty where they would."""
        url = self.sudo().webhook_url
        if not url:
            return self.env._("This platform tells nothing by webhook; the channel is asked regularly instead.")
        parts = urlsplit(url)
        if self.env["ecom.flow.listen"]._is_out_of_reach(self, url):
            return self.env._(
                "This Odoo believes that its address is %(host)s, which means nothing to the shop. Set the system "
                "parameter web.base.url to the public address.",
                host=parts.netloc,
            )
        if db_list(True, parts.netloc) != [self.env.cr.dbname]:
            return self.env._(
                "Several databases are served here, and a webhook does not say which one it is for. Set dbfilter in "
                "odoo.conf so that %(host)s leads to this database only.",
                host=parts.netloc,
            )
        problem = self._ping_problem(url)
        if not problem and parts.scheme != "https":
            return self.env._("The address works, but most shops deliver to https only. Put a proxy with TLS in front.")
        return problem

    def _ping_problem(self, url):
        nonce = f"{int(time.time())}:{secrets.token_urlsafe(12)}"
        headers = {PING_HEADER: f"{nonce}:{self._webhook_mark('ping', nonce)}"}
        try:
            response = HttpTransport().send(Request(method="POST", url=url, headers=headers))
        except ChannelError as error:
            return self.env._("The address does not answer from here. %(error)s", error=error)
        status, location = response.status, response.headers.get("Location")
        if 300 <= status < 400 and location:
            return self.env._(
                "The address sends visitors on to %(location)s, which webhooks do not follow. Set the system parameter "
                "web.base.url to where it leads.",
                location=f"{urlsplit(location).scheme}://{urlsplit(location).netloc}",
            )
        if status == 200 and stdlib_hmac.compare_digest(response.body, self._webhook_mark("pong", nonce).encode()):
            return ""
        return self.env._(
            "Something else answers at this address (status %(status)s): the proxy in front does not lead to this "
            "Odoo, or it changes what it passes on.",
            status=status,
        )

    def _webhook_pong(self, ping):
        """The answer that only this database can give, None to a ping that it did not send a moment ago."""
        nonce, _colon, mark = ping.rpartition(":")
        sent, _colon, _token = nonce.partition(":")
        ours = stdlib_hmac.compare_digest(mark.encode(errors="replace"), self._webhook_mark("ping", nonce).encode())
        if not ours or abs(time.time() - int(sent)) > PING_SECONDS:
            return None
        return self._webhook_mark("pong", nonce)

    def _webhook_mark(self, kind, nonce):
        key = self.sudo().webhook_key
        return hmac(self.env(su=True), f"ecom-webhook-{kind}", f"{key}:{nonce}")

    # -------------------------------------------------------------------- verify
    def _webhook_secret(self):
        """What deliveries may be signed with, one secret a line; empty where none is set. Refused where it may not be
        used here."""
        known = self._credentials()
        return "\n".join(known[name] for name in self._adapter().signed_with if known.get(name))

    def _complain_of_signature(self):
        """A wrong secret would silence the webhooks without a word, so a person is told; a flood is told of once."""
        key, now = (self.env.cr.dbname, self.id), time.monotonic()
        if now - _complained.get(key, -COMPLAIN_SECONDS) < COMPLAIN_SECONDS:
            return
        _complained[key] = now
        self.env["ecom.exception"]._open(
            self,
            category="connection",
            name=self.env._("Webhooks of %(channel)s are not signed as they should be", channel=self.name),
            detail=self.env._(
                "Compare the webhook secret in the shop with the one entered here. Until they agree, changes are found "
                "by asking the shop regularly."
            ),
            dedupe_key="webhook_signature",
        )
