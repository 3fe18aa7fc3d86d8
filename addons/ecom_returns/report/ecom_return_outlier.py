from odoo import api, fields, models
from odoo.tools import SQL

# So many must have come back before anything is said of an article.
LEAST = 3
# How sure one wants to be: 90 of 100.
Z = 1.645


class EcomReturnOutlier(models.Model):
    """Variants of which more comes back than of the rest of their product (or category, where it has no variants), and
    surely so: the lower end of Wilson's interval for the variant's own rate is above the rate of the others."""

    _name = "ecom.return.outlier"
    _description = "Article That Comes Back Often"
    _auto = False
    _rec_name = "product_id"
    _order = "surplus desc"

    product_id = fields.Many2one("product.product", string="Variant", readonly=True)
    product_tmpl_id = fields.Many2one("product.template", string="Product", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    sold_units = fields.Float(readonly=True)
    returned_units = fields.Float(readonly=True)
    rate = fields.Float(string="Return Rate", readonly=True, aggregator=None, help="In percent of sold units.")
    usual_rate = fields.Float(string="Rate of the Others", readonly=True, aggregator=None)
    surplus = fields.Float(
        string="Surely Too Many", readonly=True, aggregator=None, help="Percentage points above the others, at least."
    )
    reason_id = fields.Many2one("ecom.return.reason", string="Mostly Because", readonly=True)
    reason_share = fields.Float(string="Of All Returns", readonly=True, aggregator=None, help="In percent.")
    words = fields.Char(string="What It Says", compute="_compute_words")

    @api.depends("rate", "usual_rate", "reason_id", "reason_share")
    def _compute_words(self):
        """What a merchant reads out of the figures."""
        guess = {"too_small": self.env._("It runs small"), "too_large": self.env._("It runs large")}
        for article in self:
            reason = article.reason_id
            said = {
                "guess": guess.get(reason.code, self.env._("Look at it")),
                "rate": f"{article.rate:.0f}",
                "usual": f"{article.usual_rate:.0f}",
                "share": f"{article.reason_share:.0f}",
                "reason": reason.name or "",
            }
            words = self.env._("%(guess)s: %(rate)s %% come back, of its like %(usual)s %%", **said)
            if reason:
                words = self.env._("%(words)s; %(share)s %% of them: %(reason)s", words=words, **said)
            article.words = words

    @property
    def _table_query(self):
        return SQL(
            """
            WITH unit AS (
                SELECT product_id, product_tmpl_id, categ_id, company_id,
                       SUM(sold_units) AS sold, SUM(returned_units) AS returned
                FROM (%(report)s) report
                GROUP BY product_id, product_tmpl_id, categ_id, company_id
            ), beside AS (
                SELECT unit.*, product_rest.*, category_rest.*
                FROM unit
                CROSS JOIN LATERAL (
                    SELECT SUM(o.sold) AS other_sold, SUM(o.returned) AS other_returned FROM unit o
                    WHERE o.product_tmpl_id = unit.product_tmpl_id AND o.company_id = unit.company_id
                      AND o.product_id != unit.product_id
                ) product_rest
                CROSS JOIN LATERAL (
                    SELECT SUM(o.sold) AS categ_sold, SUM(o.returned) AS categ_returned FROM unit o
                    WHERE o.categ_id IS NOT DISTINCT FROM unit.categ_id AND o.company_id = unit.company_id
                      AND o.product_tmpl_id != unit.product_tmpl_id
                ) category_rest
                WHERE unit.returned >= %(least)s AND unit.sold > 0
            ), rated AS (
                SELECT beside.*, LEAST(returned / sold, 1.0) AS p,
                       CASE WHEN other_sold > 0 THEN other_returned / other_sold
                            WHEN categ_sold > 0 THEN categ_returned / categ_sold END AS usual
                FROM beside
            ), sure AS (
                SELECT rated.*, (p + %(z2)s / (2 * sold) - %(z)s * SQRT((p * (1 - p) + %(z2)s / (4 * sold)) / sold))
                                / (1 + %(z2)s / sold) AS low
                FROM rated
            )
            SELECT ROW_NUMBER() OVER (ORDER BY sure.product_id, company_id) AS id, sure.product_id, product_tmpl_id,
                   company_id, sold AS sold_units, returned AS returned_units, 100 * p AS rate,
                   100 * usual AS usual_rate, 100 * (low - usual) AS surplus, mostly.reason_id,
                   100 * mostly.units / returned AS reason_share
            FROM sure
            LEFT JOIN LATERAL (
                SELECT reason_id, SUM(l.returned_units) AS units FROM (%(report)s) l
                WHERE l.product_id = sure.product_id AND l.company_id = sure.company_id AND l.reason_id IS NOT NULL
                GROUP BY reason_id ORDER BY 2 DESC, 1 LIMIT 1
            ) mostly ON true
            WHERE low > usual
            """,
            report=self.env["ecom.return.report"]._table_query,
            least=LEAST,
            z=Z,
            z2=Z * Z,
        )
