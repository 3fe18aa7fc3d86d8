from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..rules.apportion import split_evenly

# Set by the road only: what the channel knows of the parcel, and by which name.
TOLD = {"channel_id", "order_id", "picking_id", "parcel", "key", "external_id", "shipped_at", "version"}
TOLD |= {"tried", "told_at", "told_as", "elsewhere"}
# What the channel was told of a parcel; when one of these changes it is told again.
LABEL = {"carrier_id", "carrier_name", "tracking_number", "tracking_url"}


class EcomShipment(models.Model):
    """One parcel of a delivery: core knows one tracking number a transfer, channels want each.

    A parcel may be entered before its transfer is done; it leaves (`shipped_at`) and is told with the transfer.
    """

    _name = "ecom.shipment"
    _description = "Parcel"
    _order = "picking_id desc, parcel, id"
    _rec_name = "tracking_number"

    channel_id = fields.Many2one("ecom.channel", required=True, ondelete="cascade", index=True, readonly=True)
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True)
    order_id = fields.Many2one("sale.order", required=True, ondelete="cascade", index=True, readonly=True)
    picking_id = fields.Many2one("stock.picking", ondelete="set null", index="btree_not_null", string="Transfer")
    package_id = fields.Many2one("stock.package", ondelete="set null", index="btree_not_null")
    parcel = fields.Integer(
        string="No.", default=1, required=True, readonly=True, help="Number of the parcel within its transfer."
    )
    key = fields.Char(required=True, readonly=True, help="Stays the same over every retry.")
    external_id = fields.Char(string="ID on the Channel", readonly=True)
    carrier_id = fields.Many2one("delivery.carrier", string="Delivery Method")
    carrier_name = fields.Char(string="Carrier", help="Where it differs from the delivery method.")
    tracking_number = fields.Char()
    tracking_url = fields.Char(
        string="Tracking Link", compute="_compute_tracking_url", store=True, readonly=False, compute_sudo=True
    )
    shipped_at = fields.Datetime(string="Shipped", readonly=True)
    elsewhere = fields.Boolean(
        string="Left Elsewhere", readonly=True, help="Somebody else shipped it, and the channel knew before we did."
    )
    cost = fields.Monetary(
        string="Shipping Cost",
        compute="_compute_cost",
        store=True,
        readonly=False,
        help="What the carrier charges us for this parcel: its share of the transfer's price until you know better.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    line_ids = fields.One2many("ecom.shipment.line", "shipment_id", string="Content")
    # What the channel knows
    version = fields.Integer(readonly=True, help="How often there was something to tell: each correction counts.")
    tried = fields.Integer(
        readonly=True, help="The last version that was on its way; written before the call, whatever comes back."
    )
    told_at = fields.Datetime(string="Channel Told", readonly=True)
    told_as = fields.Char(readonly=True, help="Carrier and number as the channel was told last.")
    ecom_message_ids = fields.One2many(
        "ecom.message", "shipment_id", groups="ecom_connector.ecom_connector_group_operator", string="Messages"
    )
    told_state = fields.Selection(
        [
            ("packing", "Not Shipped Yet"),
            ("quiet", "Not Told"),
            ("waiting", "Waiting"),
            ("failed", "Needs Attention"),
            ("told", "Told"),
            ("elsewhere", "Left Elsewhere"),
        ],
        string="Told",
        compute="_compute_told_state",
        compute_sudo=True,
    )

    _key_uniq = models.UniqueIndex("(channel_id, key)")
    _external_uniq = models.UniqueIndex("(channel_id, external_id) WHERE external_id IS NOT NULL")
    _parcel_uniq = models.UniqueIndex("(picking_id, parcel) WHERE picking_id IS NOT NULL")

    @api.depends("carrier_id", "tracking_number")
    def _compute_tracking_url(self):
        """Each parcel has a link of its own; core's one shows the transfer's number only."""
        for parcel in self:
            link = parcel.carrier_id.tracking_url
            number = parcel.tracking_number
            parcel.tracking_url = link.replace("<shipmenttrackingnumber>", number) if link and number else False

    @api.depends("picking_id.carrier_price", "picking_id.ecom_shipment_ids")
    def _compute_cost(self):
        """The parcels of a transfer share its price, to the cent."""
        for picking, parcels in self.grouped("picking_id").items():
            every = picking.ecom_shipment_ids.sorted("parcel")
            digits = picking.company_id.currency_id.decimal_places
            costs = dict(zip(every, split_evenly(picking.carrier_price, len(every), digits), strict=True))
            for parcel in parcels:
                parcel.cost = costs.get(parcel, 0.0)

    @api.depends("shipped_at", "elsewhere", "ecom_message_ids.state")
    def _compute_told_state(self):
        """By the newest message: what a person may have to do about it."""
        for parcel in self:
            newest = parcel.ecom_message_ids.sorted("id")[-1:]
            if parcel.elsewhere:
                parcel.told_state = "elsewhere"
            elif not parcel.shipped_at:
                parcel.told_state = "packing"
            elif not newest or newest.state == "ignored":
                parcel.told_state = "quiet"
            else:
                parcel.told_state = {"waiting": "waiting", "failed": "failed"}.get(newest.state, "told")

    @api.depends("tracking_number", "parcel", "order_id")
    def _compute_display_name(self):
        for parcel in self:
            parcel.display_name = parcel.tracking_number or self.env._(
                "%(order)s, parcel %(number)s",
                order=parcel.order_id.ecom_number or parcel.order_id.name,
                number=parcel.parcel,
            )

    # ------------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        """People enter parcels of a transfer; everything else follows from it."""
        if not self.env.su:
            vals_list = [self._by_hand(vals) for vals in vals_list]
        self._number(vals_list)
        parcels = super().create(vals_list)
        parcels._join_transfer()
        return parcels

    def write(self, vals):
        if not self.env.su and vals.keys() & TOLD:
            raise AccessError(self.env._("A parcel belongs to its transfer, and what the channel was told stays."))
        before = {parcel: parcel._label() for parcel in self} if vals.keys() & LABEL else {}
        result = super().write(vals)
        changed = self.browse([parcel.id for parcel, label in before.items() if parcel._label() != label])
        self.env["ecom.flow.ship"]._relabelled(changed)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_while_packing(self):
        if any(parcel.shipped_at for parcel in self):
            raise UserError(self.env._("This parcel has left. Correct its number instead: the channel hears of it."))

    def _by_hand(self, vals):
        """Only what a person may say of a parcel. UserError where the transfer goes to no buyer of a channel."""
        picking = self.env["stock.picking"].browse(vals.get("picking_id"))
        picking.check_access("write")
        if not picking or not picking._ecom_leaves():
            raise UserError(self.env._("Parcels are entered on a delivery to the buyer of a channel's order."))
        return {name: value for name, value in vals.items() if name not in TOLD or name == "picking_id"}

    def _number(self, vals_list):
        """Parcel number, key, order and channel from the transfer, where they were not given."""
        last = {}
        for vals in vals_list:
            picking = self.env["stock.picking"].sudo().browse(vals.get("picking_id"))
            if not picking or vals.get("key"):
                continue
            order = self.env["sale.order"].sudo().browse(vals.get("order_id")) or picking.sale_id
            known = last.get(picking) or max(picking.ecom_shipment_ids.mapped("parcel"), default=0)
            last[picking] = vals["parcel"] = known + 1
            # The same transfer restored from a backup names its parcels the same: the channel recognises them.
            vals["key"] = f"{picking.id}-{vals['parcel']}"
            vals["order_id"] = order.id
            vals["channel_id"] = order.ecom_channel_id.id
            vals.setdefault("carrier_id", picking.carrier_id.id)

    def _join_transfer(self):
        """A parcel entered after its transfer left has left too."""
        late = self.filtered(lambda parcel: not parcel.shipped_at and parcel.picking_id.state == "done")
        self.env["ecom.flow.ship"]._left(late)

    # ------------------------------------------------------------------- told
    def _label(self):
        """Carrier and number in one text, to compare with what the channel was told."""
        self.ensure_one()
        parts = (str(self.carrier_id.id or ""), self.carrier_name, self.tracking_number, self.tracking_url)
        return "|".join(part or "" for part in parts)
