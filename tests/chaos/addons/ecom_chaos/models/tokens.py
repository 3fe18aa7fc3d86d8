"""Tokens are kept by a plain class, so its method is wrapped."""

from odoo.addons.ecom_connector.models.ecom_channel_credential import CredentialStore

from ..death import visit

_keep = CredentialStore._keep


def _keep_or_die(self, fresh):
    visit("token renewed, not kept")
    _keep(self, fresh)
    visit("token kept, not used")


CredentialStore._keep = _keep_or_die
