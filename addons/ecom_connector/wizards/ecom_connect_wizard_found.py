from odoo import Command, api, fields, models
from odoo.exceptions import UserError

STEPS = ["platform", "access", "policy", "mapping", "start"]


class EcomConnectWizard(models.TransientModel):
    """What the channel told of while connecting, to be given its meaning here."""

    _inherit = "ecom.connect.wizard"

    site_ids = fields.One2many("ecom.connect.wizard.site", "wizard_id")
    location_ids = fields.One2many("ecom.connect.wizard.location", "wizard_id")
    tax_ids = fields.One2many("ecom.connect.wizard.tax", "wizard_id")

    def _steps(self):
        found = self.site_ids or self.location_ids or self.tax_ids
        return [step for step in STEPS if step != "mapping" or found]

    def _prepare_found(self, shop):
        """The lines for what the shop told of. The first location gets the channel's own warehouse."""
        places = [place for place in shop.locations if place.active]
        found = {
            "site_ids": [self.site_ids._prepare_site(site) for site in shop.sites],
            "location_ids": [
                self.location_ids._prepare_location(place, self.warehouse_id if not turn else None)
                for turn, place in enumerate(places)
            ],
            "tax_ids": [self.tax_ids._prepare_tax(tax, self.company_id) for tax in shop.taxes],
        }
        return {name: [Command.clear(), *map(Command.create, lines)] for name, lines in found.items()}

    def _make_found(self, channel):
        self.site_ids._make(channel)
        self.location_ids._make(channel)
        self.tax_ids._make(channel)


class EcomConnectWizardSite(models.TransientModel):
    """A site the channel told of while connecting."""

    _name = "ecom.connect.wizard.site"
    _description = "Site Found"

    wizard_id = fields.Many2one("ecom.connect.wizard", required=True, ondelete="cascade")
    external_id = fields.Char(readonly=True)
    name = fields.Char()
    currency_name = fields.Char(string="Currency", readonly=True)
    lang = fields.Char(string="Language", readonly=True)
    wanted = fields.Boolean(string="Take Over", default=True)

    @api.model
    def _prepare_site(self, site):
        return {
            "external_id": site.external_id,
            "name": site.name or site.external_id,
            "currency_name": site.currency,
            "lang": site.language,
        }

    def _make(self, channel):
        currencies = {currency.name: currency.id for currency in self.env["res.currency"].search([])}
        self.env["ecom.channel.site"].create(
            [
                {
                    "channel_id": channel.id,
                    "external_id": site.external_id,
                    "name": site.name,
                    "lang": site.lang,
                    "currency_id": currencies.get(site.currency_name),
                    "active": site.wanted,
                }
                for site in self
            ]
        )


class EcomConnectWizardLocation(models.TransientModel):
    """A stock location the channel told of while connecting."""

    _name = "ecom.connect.wizard.location"
    _description = "Location Found"
    _check_company_auto = True

    wizard_id = fields.Many2one("ecom.connect.wizard", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="wizard_id.company_id")
    external_id = fields.Char(readonly=True)
    name = fields.Char(readonly=True)
    warehouse_id = fields.Many2one("stock.warehouse", check_company=True)
    publish = fields.Boolean(string="Publish Stock")

    @api.model
    def _prepare_location(self, location, warehouse):
        """The first location gets the channel's own warehouse; more of it there would be sold twice."""
        return {
            "external_id": location.external_id,
            "name": location.name or location.external_id,
            "warehouse_id": warehouse.id if warehouse else False,
            "publish": bool(warehouse),
        }

    @api.onchange("warehouse_id")
    def _onchange_warehouse(self):
        self.publish = bool(self.warehouse_id)

    def _check_warehouses(self):
        published = self.filtered("publish")
        nowhere = published.filtered(lambda location: not location.warehouse_id)
        if nowhere:
            raise UserError(
                self.env._("Choose a warehouse for %(locations)s.", locations=", ".join(nowhere.mapped("name")))
            )
        if len(published.warehouse_id) < len(published):
            raise UserError(
                self.env._(
                    "Two locations show the stock of one warehouse: it would be offered twice. Publish only one."
                )
            )

    def _make(self, channel):
        self.env["ecom.location.map"].create(
            [
                {
                    "channel_id": channel.id,
                    "code": location.external_id,
                    "name": location.name,
                    "warehouse_id": location.warehouse_id.id,
                    "publish": location.publish,
                }
                for location in self
            ]
        )
