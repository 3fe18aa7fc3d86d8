from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

# What a person turned down is not proposed again so soon.
REST = timedelta(days=14)


class EcomProposalMixin(models.AbstractModel):
    """Something the figures suggest and a person decides: with a name, a time, and what came of it."""

    _name = "ecom.proposal.mixin"
    _description = "Proposal"
    _order = "urgency desc, id"
    _check_company_auto = True

    # What people may have changed since it was proposed.
    _known_better = ()

    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True)
    product_id = fields.Many2one("product.product", required=True, readonly=True, index=True, ondelete="cascade")
    uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    state = fields.Selection(
        [("open", "Proposed"), ("accepted", "Accepted"), ("dismissed", "Dismissed")],
        default="open",
        required=True,
        readonly=True,
        index=True,
    )
    urgency = fields.Float(readonly=True, help="Units a week that are at stake.")
    decided_by = fields.Many2one("res.users", readonly=True, string="By")
    decided_at = fields.Datetime(readonly=True, string="On")

    @api.depends("product_id")
    def _compute_display_name(self):
        for proposal in self:
            proposal.display_name = proposal.product_id.display_name

    # ---------------------------------------------------------------- actions
    def action_dismiss(self):
        """Not wanted; not proposed again for two weeks."""
        self.check_access("write")
        self._decided("dismissed")

    def action_look_again(self):
        """Renew all proposals now, instead of tonight."""
        self.browse().check_access("write")
        for company in self.env.companies:
            self.env["ecom.flow.advise"].sudo()._advise(company)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _decided(self, state, **values):
        if any(proposal.state != "open" for proposal in self):
            raise UserError(self.env._("This was decided already."))
        self.sudo().write({"state": state, "decided_by": self.env.uid, "decided_at": fields.Datetime.now(), **values})

    # ------------------------------------------------------------------ renew
    @api.model
    def _renew_from(self, company, wanted, key_names):
        """Make the open proposals of this company the `wanted` ones: {key: values}, the key being the ids of
        `key_names`. What was decided lately is left alone: a transfer takes time, and a No is a No."""
        mine = self.sudo().search([("company_id", "=", company.id)])
        lately = fields.Datetime.now() - REST

        def key_of(proposal):
            return tuple(proposal[name].id for name in key_names)

        resting = {
            key_of(proposal)
            for proposal in mine
            if proposal.state == "dismissed" and proposal.decided_at and proposal.decided_at > lately
        }
        known = {key_of(proposal): proposal for proposal in mine if proposal.state == "open"}
        gone = [proposal.id for key, proposal in known.items() if key not in wanted]
        self.sudo().browse(gone).unlink()
        fresh = []
        for key, values in wanted.items():
            if key in known:
                known[key].write({name: value for name, value in values.items() if name not in self._known_better})
            elif key not in resting:
                fresh.append({**values, **dict(zip(key_names, key, strict=True)), "company_id": company.id})
        self.sudo().create(fresh)
