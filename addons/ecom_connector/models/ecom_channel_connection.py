import threading
from dataclasses import replace
from pathlib import Path

from odoo import models
from odoo.tools import config

from .. import sealing
from ..channels.errors import ChannelError, Refused, Withheld
from .ecom_channel_credential import CredentialStore

# Clients of this thread by (database, channel), with what they were made from: a client keeps its connection open,
# and most calls follow one another closely. Lost with the thread, and nothing is lost with it.
_clients = threading.local()


class EcomChannel(models.Model):
    """How a channel is reached: its credentials and its client."""

    _inherit = "ecom.channel"

    # ------------------------------------------------------------------ connecting
    def _connect(self):
        """The channel's client, ready to call. Withheld when it may not be used from this database."""
        self.ensure_one()
        noun = self._adapter().noun("client")
        if noun is None:
            raise Withheld(self.env._("This platform cannot be connected."))
        credentials = self._credentials()
        known = _clients.__dict__.setdefault("by_channel", {})
        kept, client = known.get((self.env.cr.dbname, self.id), (None, None))
        if kept != dict(credentials):
            client = noun.connect(credentials, None)
            known[self.env.cr.dbname, self.id] = (dict(credentials), client)
        return client

    def _try_connection(self, values):
        """Ask the channel who it is, with credentials {name: value} that are not kept yet. Returns (Shop, values):
        the values again, with what the channel handed out meanwhile. Raises ChannelError with the reason."""
        client = self._adapter().noun("client")
        trial = _Trial(self._with_own_file(values))
        reached = client.connect(trial, None)
        shop = self._with_taxes(reached, reached.check())
        return shop, {name: trial[name] for name in trial if name != "file"}

    def _with_taxes(self, client, shop):
        """A channel that does not tell its tax rates can be connected all the same."""
        noun = self._adapter().noun("taxes")
        if noun is None:
            return shop
        try:
            return replace(shop, taxes=noun.fetch_taxes(client))
        except Refused:
            return replace(shop, missing_scopes=(*shop.missing_scopes, self.env._("Read tax rates")))
        except ChannelError:
            return shop

    # ----------------------------------------------------------------- credentials
    def _credentials(self):
        """What the channel needs, by name, in plain text. Withheld with what to do when it cannot be used."""
        self.ensure_one()
        rows = self.env["ecom.channel.credential"].sudo()
        of_channel = [("channel_id", "=", self.id), ("sealed", "!=", False)]
        rows = rows.search_fetch(of_channel, ["name", "sealed", "fingerprint"], order="id")
        if rows._is_from_elsewhere():
            raise Withheld(
                self.env._(
                    "This database looks like a copy: the credentials of %(channel)s were entered in another one, so "
                    "nothing is exchanged with it. If this is the right database, say so on the channel.",
                    channel=self.name,
                ),
                code="other_database",
            )
        try:
            values = {row.name: sealing.unseal(row.sealed) for row in rows}
        except sealing.LostKey:
            raise Withheld(
                self.env._(
                    "The stored credentials of %(channel)s cannot be read with this server's key. "
                    "Enter the credentials again.",
                    channel=self.name,
                ),
                code="lost_key",
            ) from None
        return CredentialStore(self, self._with_own_file(values))

    def _set_credentials(self, values):
        """Keep {name: value}; an empty value forgets it. Who did it is noted, what is not."""
        self.ensure_one()
        self.env["ecom.channel.credential"]._put(self, values)
        labels = {need.name: need.label for need in self._adapter().needs}
        names = ", ".join(labels[name] for name in values if name in labels)
        if "webhook_secret" in values:
            self.env["ecom.exception"]._solve(self, ["webhook_signature"])
        # What the platform handed out by itself nobody entered.
        if names:
            self._message_log(body=self.env._("Credentials entered: %(names)s", names=names))

    def _shown_credentials(self):
        """What may be shown again to a person who may enter credentials: never a secret."""
        kept = self._credentials()
        return {
            need.name: kept.get(need.name, need.default)
            for need in self._adapter().needs
            if not need.secret and need.name != "file"
        }

    def action_confirm_database(self):
        """Button "This is the right database": from now on the credentials belong to this one."""
        credentials = self.env["ecom.channel.credential"].search([("channel_id", "in", self.ids)])
        self.check_access("write")
        credentials.check_access("write")
        credentials.sudo().write({"fingerprint": credentials._present_fingerprint()})
        for channel in self:
            channel._message_log(body=self.env._("This was confirmed to be the right database."))
        self.action_resume()

    # ------------------------------------------------------------------- own file
    def _with_own_file(self, values):
        """A platform that lives beside us gets its file from us. Never a path that somebody typed: it would let him
        write anywhere on the server."""
        if all(need.name != "file" for need in self._adapter().needs):
            return values
        folder = Path(config["data_dir"]) / "ecom" / self.env.cr.dbname
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return {**values, "file": str(folder / f"channel-{self.id or 'new'}.sqlite")}


class _Trial(dict):
    """Credentials that are being tried: what the channel hands out stays here until they are kept."""

    def rotate(self, renew):
        self.update(renew(dict(self)))
        return self
