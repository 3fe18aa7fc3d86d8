from markupsafe import Markup

from odoo import fields, models


class SaleOrder(models.Model):
    """What becomes of an order when the channel changes it."""

    _inherit = "sale.order"

    ecom_change_ids = fields.One2many(
        "ecom.order.change",
        "order_id",
        string="Changes on the Channel",
        groups="ecom_connector.ecom_connector_group_operator,sales_team.group_sale_salesman",
    )

    def action_confirm(self):
        """What left elsewhere before it was confirmed here is delivered at once; a channel that waits for our word gets
        it."""
        result = super().action_confirm()
        orders = self.filtered("ecom_channel_id").sudo()
        self.env["ecom.flow.elsewhere"].sudo()._book(orders)
        self.env["ecom.flow.accept"].sudo()._tell(orders)
        return result

    def _action_cancel(self):
        """The channel hears of what people cancel here; money taken in for it is owed to the buyer."""
        orders = self.filtered(lambda order: order.ecom_channel_id and order.state != "cancel")
        result = super()._action_cancel()
        if orders and not self.env.context.get("ecom_following"):
            self.env["ecom.flow.withdraw"].sudo()._tell(orders.sudo())
            self.env["ecom.flow.refund"].sudo()._reckon(orders.sudo())
        return result

    def _ecom_note(self, title, rows=()):
        """A note for the team, with a list below it."""
        items = Markup("").join(Markup("<li>%s</li>") % row for row in rows)
        body = Markup("%s<ul>%s</ul>") % (title, items) if rows else title
        self.message_post(body=body, subtype_xmlid="mail.mt_note")

    def _ecom_close_changes(self):
        """Nothing is left to decide about these orders: both sides say the same."""
        changes = self.env["ecom.order.change"].sudo().search([("order_id", "in", self.ids), ("state", "=", "open")])
        changes.state = "superseded"
        for channel, orders in self.grouped("ecom_channel_id").items():
            self.env["ecom.exception"]._solve(
                channel,
                [self.env["ecom.order.change"]._key(order) for order in orders],
                self.env._("The channel and we say the same again."),
            )


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def write(self, vals):
        """The channel hears of what people take off a confirmed order."""
        if "product_uom_qty" not in vals or self.env.context.get("ecom_following"):
            return super().write(vals)
        sold = self.filtered(lambda line: line.ecom_external_id and line.state == "sale")
        before = {line: line.product_uom_qty for line in sold}
        result = super().write(vals)
        less = sold.filtered(lambda line: line.product_uom_id.compare(line.product_uom_qty, before[line]) < 0)
        if less:
            self.env["ecom.flow.withdraw"].sudo()._tell(less.order_id.sudo())
        return result

    def _ecom_reduced_values(self, quantity):
        """Values of this line for fewer units, its stated amounts shared out in proportion, to the cent."""
        values = {"product_uom_qty": quantity, "price_unit": self.price_unit, "discount": self.discount}
        if not self._prepare_base_line_for_taxes_computation()["manual_tax_amounts"]:
            return values
        engine = self.env["account.tax"]
        return {
            **values,
            "extra_tax_data": engine._ecom_at_quantity(self.extra_tax_data, quantity, self.currency_id),
        }
