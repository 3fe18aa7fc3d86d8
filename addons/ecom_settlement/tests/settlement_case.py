from pathlib import Path

from odoo.addons.ecom_connector import channels
from odoo.addons.ecom_connector.tests.invoice_case import InvoiceCase

HOME = Path(channels.__file__).parent


class SettlementCase(InvoiceCase):
    """A channel that invoices at once, its clearing journal, and the reports of a provider account."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.currency"].with_context(active_test=False).search([("name", "in", ("SEK", "CAD"))]).active = True
        cls.account = cls.make_channel(name="Provider", code="uploaded", clearing_journal_id=cls.journal.id)

    @staticmethod
    def sample(vendor, name):
        return (HOME / vendor / "samples" / name).read_bytes()

    @staticmethod
    def sample_paths(vendor):
        return (HOME / vendor / "samples").glob("settlement*")

    def read(self, content, channel=None, name="report.csv"):  # pylint: disable=method-required-super
        """The settlements that are new."""
        return self.env["ecom.flow.read"]._read(channel or self.account, name, content)[0]

    def exceptions(self, channel=None):
        channel = channel or self.account
        return self.env["ecom.exception"].search([("channel_id", "=", channel.id), ("state", "=", "open")])
