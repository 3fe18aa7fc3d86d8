from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

DAYS = 1
EXPIRED_AT_ONCE = 1000


class EcomStockHold(models.Model):
    """Units that are promised to somebody for a while, before any transfer says so. They are sold to nobody else on
    any channel until the hold is released, is used up by an order, or expires."""

    _name = "ecom.stock.hold"
    _description = "Stock Held for a While"
    _order = "expires_at, id"
    _check_company_auto = True

    name = fields.Char(string="For", required=True, help="Whose, for instance the number of a quotation.")
    kind = fields.Selection(
        [
            ("cart", "Cart"),
            ("payment", "Authorised payment"),
            ("quotation", "Quotation"),
            ("replacement", "Replacement promised"),
            ("other", "Other"),
        ],
        default="other",
        required=True,
    )
    product_id = fields.Many2one(
        "product.product", required=True, check_company=True, index=True, domain="[('type', '=', 'consu')]"
    )
    quantity = fields.Float(digits="Product Unit", required=True, default=1.0, help="In the product's unit.")
    uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    warehouse_id = fields.Many2one(
        "stock.warehouse", check_company=True, help="Empty: it is taken off in each warehouse of the company."
    )
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    channel_id = fields.Many2one("ecom.channel", check_company=True, help="Where the buyer is; for information.")
    sale_order_id = fields.Many2one("sale.order", check_company=True, index="btree_not_null", ondelete="cascade")
    key = fields.Char(readonly=True, copy=False, help="What holds it calls it so.")
    expires_at = fields.Datetime(
        string="Until", required=True, default=lambda self: fields.Datetime.now() + timedelta(days=DAYS)
    )
    state = fields.Selection(
        [("active", "Held"), ("released", "Released"), ("expired", "Expired")],
        default="active",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )

    _active_idx = models.Index("(product_id, expires_at) WHERE state = 'active'")
    _key_uniq = models.UniqueIndex("(company_id, key) WHERE key IS NOT NULL AND state = 'active'")
    _quantity_positive = models.Constraint("CHECK(quantity > 0)", "Hold at least something.")

    @api.constrains("product_id")
    def _check_product(self):
        for hold in self:
            if hold.product_id.type == "service":
                raise ValidationError(self.env._("%(product)s is a service.", product=hold.product_id.display_name))

    # ------------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        holds = super().create(vals_list)
        holds._count_again()
        return holds

    def write(self, vals):
        self._count_again()
        result = super().write(vals)
        self._count_again()
        return result

    def unlink(self):
        self._count_again()
        return super().unlink()

    def _count_again(self):
        self.env["ecom.stock.change"]._mark("product", self.product_id._ids)

    # ---------------------------------------------------------------- actions
    def action_release(self):
        """Whoever may write holds may give the units back before their time."""
        self.check_access("write")
        self._release()

    # ------------------------------------------------------- for other add-ons
    @api.model
    def _hold(self, key, company, units, until, **values):
        """Hold `units`, {product: quantity in its unit}, under `key` until then (naive UTC); what is held under that
        key already is replaced. `values`: name, kind, warehouse_id, channel_id, sale_order_id. Returns the holds.

        The key is unique in the company: prefix it with the name of your add-on.
        """
        self._release_key(key, company)
        name = values.pop("name", key)
        return self.sudo().create(
            [
                {
                    "key": f"{key}:{product.id}",
                    "name": name,
                    "company_id": company.id,
                    "product_id": product.id,
                    "quantity": quantity,
                    "expires_at": until,
                    **values,
                }
                for product, quantity in units.items()
                if quantity > 0
            ]
        )

    @api.model
    def _release_key(self, key, company):
        """Give back what is held under `key`. Returns the holds that were."""
        held = self.sudo().search(
            [("company_id", "=", company.id), ("state", "=", "active"), ("key", "=like", f"{key}:%")]
        )
        held._release()
        # Or the same key, held anew, would meet the old one in the database.
        held.flush_recordset(["state"])
        return held

    def _release(self):
        self.filtered(lambda hold: hold.state == "active").write({"state": "released"})

    @api.model
    def _expire(self):
        """Those whose time is over. It needs no write to end what they hold; this makes it be noticed."""
        over = self.sudo().search(
            [("state", "=", "active"), ("expires_at", "<=", fields.Datetime.now())], limit=EXPIRED_AT_ONCE
        )
        over.write({"state": "expired"})
        return len(over) == EXPIRED_AT_ONCE
