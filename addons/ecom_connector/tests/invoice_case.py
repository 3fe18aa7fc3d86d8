from .common import ChannelCase


class InvoiceCase(ChannelCase):
    """A channel that invoices when an order is confirmed, and a clearing journal for its money."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.journal = cls.env["account.journal"].create(
            {"name": "Card Clearing", "code": "CARD", "type": "bank", "company_id": cls.company.id}
        )
        cls.channel.write({"invoice_policy": "order", "clearing_journal_id": cls.journal.id})

    def work_off(self, channel=None):
        """What the engine does with the invoices that are due."""
        while self.env["ecom.flow.invoice"]._invoice_due(channel or self.channel):
            pass

    def ship(self, order, **quantities):
        """Ship these quantities ({SKU: quantity}) of the order's open delivery, the rest in a back order."""
        picking = order.picking_ids.filtered(lambda p: p.state not in ("done", "cancel"))
        for move in picking.move_ids:
            move.write({"quantity": quantities.get(move.product_id.default_code, 0), "picked": True})
        picking.with_context(skip_backorder=True).button_validate()
