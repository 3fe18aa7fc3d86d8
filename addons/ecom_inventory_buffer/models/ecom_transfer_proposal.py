from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import float_compare


class EcomTransferProposal(models.Model):
    """Some units of a product lie in the wrong warehouse."""

    _name = "ecom.transfer.proposal"
    _inherit = "ecom.proposal.mixin"
    _description = "Transfer Proposal"

    source_id = fields.Many2one(
        "stock.warehouse", string="From", required=True, readonly=True, check_company=True, ondelete="cascade"
    )
    target_id = fields.Many2one(
        "stock.warehouse", string="To", required=True, readonly=True, check_company=True, ondelete="cascade"
    )
    quantity = fields.Float(digits="Product Unit", required=True)
    source_free = fields.Float(digits="Product Unit", readonly=True, string="Free at the Source")
    source_weekly = fields.Float(digits=(16, 1), readonly=True, string="Sold a Week at the Source")
    target_free = fields.Float(digits="Product Unit", readonly=True, string="Free at the Target")
    target_weekly = fields.Float(digits=(16, 1), readonly=True, string="Sold a Week at the Target")
    days_left = fields.Integer(readonly=True, help="Until the target is sold out, what is on its way counted.")
    reason = fields.Char(compute="_compute_reason")
    picking_id = fields.Many2one("stock.picking", string="Transfer", readonly=True, ondelete="set null")

    _open_uniq = models.UniqueIndex("(product_id, source_id, target_id) WHERE state = 'open'")
    _quantity_positive = models.Constraint("CHECK(quantity > 0)", "A transfer needs at least one unit.")

    @api.depends("source_free", "source_weekly", "target_free", "target_weekly", "days_left")
    def _compute_reason(self):
        for proposal in self:
            proposal.reason = self.env._(
                "%(taker)s has %(free)g, sells about %(weekly).1f a week and is sold out in %(days)s days; "
                "%(giver)s has %(surplus)g and sells about %(there).1f a week",
                taker=proposal.target_id.name,
                free=proposal.target_free,
                weekly=proposal.target_weekly,
                days=proposal.days_left,
                giver=proposal.source_id.name,
                surplus=proposal.source_free,
                there=proposal.source_weekly,
            )

    # ---------------------------------------------------------------- actions
    def action_accept(self):
        """Make internal transfers of these, one for each pair of warehouses, ready to be picked."""
        self.check_access("write")
        if not self.env.user.has_group("stock.group_stock_user"):
            raise AccessError(self.env._("Goods are moved by people of the warehouse: ask one of them to accept this."))
        if any(proposal.state != "open" for proposal in self):
            raise UserError(self.env._("This was decided already."))
        pickings = self.env["stock.picking"]
        for (source, target), proposals in self.grouped(lambda one: (one.source_id, one.target_id)).items():
            picking = proposals.with_company(source.company_id)._transfer(source, target)
            proposals._decided("accepted", picking_id=picking.id)
            pickings += picking
        return self._show(pickings)

    def _transfer(self, source, target):
        for proposal in self:
            proposal._check_still_there()
        picking = self.env["stock.picking"].create(self._prepare_picking(source, target))
        picking.action_confirm()
        picking.action_assign()
        return picking

    def _check_still_there(self):
        """Proposals are of this morning; the goods may have been sold since."""
        free = self.env["ecom.flow.measure"]._free(self.product_id.ids, self.source_id.ids)
        free = float(free[self.product_id.id, self.source_id.id])
        if float_compare(self.quantity, free, precision_rounding=self.uom_id.rounding) > 0:
            raise UserError(
                self.env._(
                    "Only %(free)g of %(product)s are free in %(warehouse)s by now: lower the quantity, or dismiss the "
                    "proposal.",
                    free=max(0, free),
                    product=self.product_id.display_name,
                    warehouse=self.source_id.name,
                )
            )

    def _prepare_picking(self, source, target):
        """A hook: values of the transfer, one move for each product."""
        places = {"location_id": source.lot_stock_id.id, "location_dest_id": target.lot_stock_id.id}
        return {
            **places,
            "picking_type_id": source.int_type_id.id,
            "company_id": source.company_id.id,
            "origin": self.env._("Transfer proposal"),
            "move_ids": [
                Command.create(
                    {
                        **places,
                        "product_id": proposal.product_id.id,
                        "product_uom": proposal.uom_id.id,
                        "product_uom_qty": proposal.quantity,
                        "company_id": source.company_id.id,
                    }
                )
                for proposal in self
            ],
        }

    def _show(self, pickings):
        action = self.env["ir.actions.act_window"]._for_xml_id("stock.action_picking_tree_all")
        action["context"] = {}
        if len(pickings) == 1:
            return {**action, "views": [(False, "form")], "res_id": pickings.id}
        return {**action, "domain": [("id", "in", pickings.ids)]}

    # ------------------------------------------------------------------ renew
    @api.model
    def _renew(self, company, transfers):
        """`transfers`: {product id: [rebalance.Transfer]}."""
        wanted = {
            (product_id, transfer.source.warehouse, transfer.target.warehouse): self._prepare(transfer)
            for product_id, found in transfers.items()
            for transfer in found
        }
        self._renew_from(company, wanted, ("product_id", "source_id", "target_id"))

    def _prepare(self, transfer):
        source, target = transfer.source, transfer.target
        weekly = target.outlook.units(28) / 4
        return {
            "quantity": transfer.units,
            "source_free": source.free,
            "source_weekly": source.outlook.units(28) / 4,
            "target_free": target.free,
            "target_weekly": weekly,
            "days_left": max(0, int(target.days_left() or 0)),
            "urgency": weekly,
        }
