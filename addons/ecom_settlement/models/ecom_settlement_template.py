from odoo import fields, models
from odoo.addons.ecom_connector.channels.errors import Unreadable
from odoo.addons.ecom_connector.channels.reports.formats import Format
from odoo.addons.ecom_connector.channels.reports.mapper import Template, read_apart
from odoo.addons.ecom_connector.channels.reports.table import heading, plain


class EcomSettlementTemplate(models.Model):
    """How the columns of a report read that no reader knows, described by a person once."""

    _name = "ecom.settlement.template"
    _description = "Form of a Report"
    _order = "channel_id, name"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    channel_id = fields.Many2one(
        "ecom.channel", string="Account", check_company=True, ondelete="cascade", help="Empty: for all accounts."
    )
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    description = fields.Json(required=True, readonly=True)
    column_names = fields.Char(string="Columns", compute="_compute_column_names")

    _name_uniq = models.UniqueIndex("(company_id, name)", "A form of this name is there already.")

    def _compute_column_names(self):
        for template in self:
            template.column_names = ", ".join((template.description or {}).get("columns", {}).values())

    def _form_of(self, channel, source):
        """The form that has all its columns in this report, that of the account first; None where there is none."""
        domain = [("company_id", "=", channel.company_id.id), ("channel_id", "in", (channel.id, False))]
        for template in self.search(domain).sorted(lambda one: (not one.channel_id, -len(one.description["columns"]))):
            try:
                described = Template.of(template.description)
                if heading(source, *map(plain, described.columns.values())) is not None:
                    return template._form(described)
            except Unreadable:
                continue
        return None

    def _form(self, described):
        return Format(
            code=f"template/{self.id}",
            name=self.name,
            recognises=lambda source: True,
            read=lambda source: read_apart(source, described),
        )
