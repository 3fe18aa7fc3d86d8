import base64

from odoo import Command, models


class EcomFlowReturnRequest(models.AbstractModel):
    """What a buyer asked for on his page -> a return, judged by the policy at once."""

    _name = "ecom.flow.return.request"
    _description = "E-commerce: a buyer asks for a return"

    def _request(self, articles, **values):
        """`articles`: [(order line, product, units, {reason_id, answer}, [(file name, bytes)])] of one order. UserError
        where that much cannot come back. For whoever runs it: rights were checked by the link."""
        flow = self.env["ecom.flow.return.open"].sudo()
        wanted = [article[:4] for article in articles]
        record = flow.with_company(wanted[0][0].company_id)._open(wanted, by_buyer=True, **values)
        self._attach(record, articles)
        record.action_judge()
        if record.authorisation == "requested":
            record._tell_buyer("requested")
        return record

    def _attach(self, record, articles):
        """Photos belong to the return: whoever may read it sees them."""
        by_article = record.line_ids.grouped(lambda line: (line.order_line_id, line.product_id))
        for order_line, product, _units, _values, photos in articles:
            made = self.env["ir.attachment"].sudo().create([self._prepare_photo(record, *photo) for photo in photos])
            by_article[order_line, product].photo_ids = [Command.link(photo.id) for photo in made]

    def _prepare_photo(self, record, name, body):
        return {
            "name": name,
            "datas": base64.b64encode(body),
            "mimetype": "image/jpeg",
            "res_model": record._name,
            "res_id": record.id,
        }
