from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    ecom_final_sale = fields.Boolean(
        string="Final Sale", help="Not taken back, unless the law says so or it is faulty."
    )
    ecom_return_ground = fields.Selection(
        [
            ("made_to_order", "Made to the buyer's specification"),
            ("perishable", "Perishable"),
            ("unsealed_hygiene", "Sealed for hygiene, once opened"),
            ("mixed", "Mixed inseparably with other things"),
            ("unsealed_media", "Sealed recording or software, once opened"),
            ("periodical", "Newspaper or magazine"),
            ("dated_service", "Leisure or transport on a fixed date"),
        ],
        string="Excepted from Withdrawal",
        help="The ground on which EU law excepts it from the right to withdraw (Directive 2011/83/EU, Article 16).",
    )
