from odoo import fields, models


class EcomReturnReason(models.Model):
    """Why something comes back: as the buyer says, and as it was found."""

    _name = "ecom.return.reason"
    _description = "Return Reason"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    code = fields.Char(help="The word that channels use for it.")
    is_claim = fields.Boolean(
        string="Not the Buyer's Fault", help="Faulty, wrong, late or not as described: no fee, and no end by a window."
    )
    for_buyers = fields.Boolean(
        string="Offered to Customers", default=True, help="Customers may choose it when they open a return online."
    )
    question = fields.Char(translate=True, help="Asked of whoever chooses it, e.g. which size would have fitted.")
    needs_photo = fields.Boolean(help="Without a photo a person looks at it.")
