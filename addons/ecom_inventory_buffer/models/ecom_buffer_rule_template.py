"""Ready-made rules to begin with: they fill the form, nothing more."""

from odoo import api, fields, models

TEMPLATES = {
    "risk": {"use_risk": True, "risk_basis": "percent", "risk_percent": 0.5},
    "two_back": {"use_keep_back": True, "keep_back": 2},
    "last_units": {"use_last_units": True, "last_units": 3},
    "throttle": {"use_cap": True, "cap": 10, "use_zero_at": True, "zero_at": 1},
    "campaign": {"use_allocation": True, "allocation": 50},
    "replenished": {"use_constant": True, "constant": 25},
    "pre_order": {"use_pre_order": True, "pre_order_cap": 50, "incoming_percent": 80},
    "back_order": {"use_back_order": True, "back_order": 10},
    "margin": {"use_booking": True},
}


class EcomBufferRule(models.Model):
    _inherit = "ecom.buffer.rule"

    template = fields.Selection(
        [
            ("risk", "As little hidden as is safe"),
            ("two_back", "Two units kept back"),
            ("last_units", "The last units for my best channel"),
            ("throttle", "Never more than ten, nothing of the last one"),
            ("campaign", "A number of units for a campaign"),
            ("replenished", "Goods I can have at any time"),
            ("pre_order", "Sold before it is there"),
            ("back_order", "Ten more than there are"),
            ("margin", "Scarce goods to where they earn most"),
        ],
        string="Start From",
        store=False,
    )

    @api.onchange("template")
    def _onchange_template(self):
        if not self.template:
            return
        switches = [name for name in self._fields if name.startswith("use_")]
        self.update({**dict.fromkeys(switches, False), **TEMPLATES[self.template]})
        names = dict(self._fields["template"]._description_selection(self.env))
        if not self.name or self.name in names.values():
            self.name = names[self.template]
