from pathlib import Path

from odoo import models
from odoo.tools import config

from ..channels.errors import Refused


class EcomChannel(models.Model):
    """How a channel is reached: its credentials and its client."""

    _inherit = "ecom.channel"

    def _connect(self):
        """The channel's client, ready to call. Refused when it may not be used from this database."""
        self.ensure_one()
        noun = self._adapter().noun("client")
        if noun is None:
            raise Refused(self.env._("This platform cannot be connected."))
        return noun.connect(self._credentials(), None)

    def _credentials(self):
        """What the channel needs, by name, in plain text."""
        stored = self.env["ecom.channel.credential"].sudo().search([("channel_id", "=", self.id)])
        values = {credential.name: credential.value or "" for credential in stored}
        if any(need.name == "file" for need in self._adapter().needs):
            values["file"] = str(self._own_file())
        return values

    def _set_credentials(self, values):
        """Keep {name: value}; an empty value forgets it."""
        stored = self.env["ecom.channel.credential"].sudo()
        for name, value in values.items():
            credential = stored.search([("channel_id", "=", self.id), ("name", "=", name)])
            if not value:
                credential.unlink()
            elif credential:
                credential.value = value
            else:
                stored.create({"channel_id": self.id, "name": name, "value": value})

    def _own_file(self):
        """A file of this channel inside the data directory, for a platform that lives beside us. Never a path that
        somebody typed: it would let him write anywhere on the server."""
        folder = Path(config["data_dir"]) / "ecom" / self.env.cr.dbname
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder / f"channel-{self.id}.sqlite"
