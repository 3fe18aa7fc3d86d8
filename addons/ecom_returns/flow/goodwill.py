from odoo import Command, models
from odoo.exceptions import UserError

from ..policy.shares import ZERO, quantise
from ..policy.sold import Sold
from .allot import exact


class EcomFlowReturnGoodwill(models.AbstractModel):
    """Money for a buyer who sends nothing back: a part of the price, with the taxes that were charged on it.

    By no product: a storable one would put value into the stock that is not there. A later return of the same article
    brings what is left of its price.
    """

    _name = "ecom.flow.return.goodwill"
    _description = "E-commerce: goodwill refund"

    def _goodwill(self, order_line, amount, reason):
        """The posted credit note. `amount` is with tax, in the order's currency. UserError where less is left of the
        article."""
        reckon = self.env["ecom.flow.return.reckon"]
        for invoice in order_line.invoice_lines.move_id.filtered(self._is_invoice).sorted("id", reverse=True):
            for (charged, _product), article in reckon._articles(invoice).items():
                if order_line in charged.sale_line_ids and article.left >= exact(amount):
                    note = self.env["account.move"].create(self._prepare_note(charged, article, amount, reason))
                    note._post(soft=False)
                    self.env["ecom.flow.return.credit"]._settle(note)
                    return note
        raise UserError(self.env._("Less than that is left of what was charged for it."))

    @staticmethod
    def _is_invoice(move):
        return move.move_type == "out_invoice" and move.state == "posted"

    def _prepare_note(self, charged, article, amount, reason):
        """Values of the credit note; a hook."""
        credit, invoice = self.env["ecom.flow.return.credit"], charged.move_id
        unit = self.env["account.tax"]._ecom_unit(invoice.currency_id)
        share = self._share(article, exact(amount), unit)
        line = credit._prepare_line(charged, share, 1.0) | {"name": f"{charged.name}\n{reason}"}
        return {
            **credit._prepare_head(invoice),
            "ref": reason,
            "invoice_line_ids": [Command.create(line)],
        }

    @staticmethod
    def _share(article, amount, unit):
        """So much of the article, its taxes in proportion, to the cent."""
        taxes = {tax: quantise(charged * amount / article.gross, unit) for tax, charged in article.taxes.items()}
        return Sold(key=article.key, quantity=article.quantity, net=amount - sum(taxes.values(), ZERO), taxes=taxes)
