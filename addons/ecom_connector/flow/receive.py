from odoo import models


class EcomFlowReceive(models.AbstractModel):
    """Channel -> ecom.message: stored raw, not yet understood."""

    _name = "ecom.flow.receive"
    _description = "E-commerce: receive"

    def _store(self, channel, items, topic="orders"):
        """File what came. `items`: dicts with event_key, external_id, version, body (bytes or None), hint (bool).

        One INSERT ... ON CONFLICT DO NOTHING; wakes the workers. Returns how many were new.
        """
        raise NotImplementedError

    def _question(self, channel):
        """Everything the next call needs, so that it can be made outside a transaction: client, since, token."""
        raise NotImplementedError

    def _ask(self, question):
        """The outward call. Returns a records.Page of records.Raw."""
        raise NotImplementedError

    def _store_page(self, channel, question, page):
        """Store the page and move the order cursor. Returns when to ask again, None while pages are left."""
        raise NotImplementedError
