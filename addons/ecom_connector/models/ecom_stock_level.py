from odoo import api, fields, models
from odoo.tools import SQL, float_repr

from ..channels import CHANNELS


class EcomStockLevel(models.Model):
    """What one listing may sell at one location of its channel: decided here, published there, acknowledged.

    Each figure on its way has its own fields, so that a late answer, a lost one and a newer decision can be told
    apart: `sequence` counts what was decided, `sent_sequence` what was last asked of the channel, `published_sequence`
    what is settled. While `sequence` is ahead of `published_sequence` something still has to go out.
    """

    _name = "ecom.stock.level"
    _description = "Channel Stock Level"
    _order = "listing_id, id"
    _rec_name = "listing_id"

    # Each index costs every decision that is kept, so there are few: `_place_uniq` finds the levels of a listing,
    # `_due_idx` what a channel has to be told.
    listing_id = fields.Many2one("ecom.listing", required=True, ondelete="cascade")
    channel_id = fields.Many2one(related="listing_id.channel_id", store=True)
    company_id = fields.Many2one(related="channel_id.company_id", store=True)
    product_id = fields.Many2one(related="listing_id.product_id", store=True, index=True)
    location_map_id = fields.Many2one("ecom.location.map", ondelete="cascade", index="btree_not_null")
    warehouse_id = fields.Many2one("stock.warehouse")
    # Decided here, and the sum behind it, in the product's unit
    on_hand = fields.Float(digits="Product Unit", help="Ours, in the warehouse's stock location or below.")
    reserved = fields.Float(digits="Product Unit", help="Promised to transfers.")
    waiting = fields.Float(digits="Product Unit", help="Ordered, and not reserved yet.")
    free_quantity = fields.Float(digits="Product Unit", help="Free for sale: on hand, less reserved, less waiting.")
    decided = fields.Integer(help="What the channel should show.")
    decided_at = fields.Datetime(help="When this figure was first decided.")
    measured_at = fields.Datetime(help="When the sum was last looked at.")
    sequence = fields.Integer(help="Counts decisions, the first from 1: a later one always wins over an earlier one.")
    changed_at = fields.Datetime(help="When the stock move was committed that led to this decision.")
    # On its way
    sent = fields.Integer(help="What the last call asked the channel to show.")
    sent_sequence = fields.Integer()
    sent_at = fields.Datetime()
    sent_in_flight = fields.Integer(help="What was believed to be in flight when that call was made.")
    revisions = fields.Integer(help="Changes the channel was asked for on that day: some take only so many.")
    revised_on = fields.Date()
    unsure = fields.Boolean(help="A call was made whose answer never came: the channel is asked first.")
    look_again_at = fields.Datetime(help="By then a call whose answer never came is over: the channel is asked again.")
    # Acknowledged by the channel
    published = fields.Integer(help="What the channel last confirmed to show.")
    published_sequence = fields.Integer()
    published_at = fields.Datetime()
    counted_from = fields.Datetime(help="Orders placed since lower what the channel shows below what it confirmed.")
    known = fields.Boolean(help="Whether the channel has confirmed anything yet.")
    in_flight = fields.Integer(help="Sold there until then and not among our orders at that time, as far as we knew.")
    in_doubt = fields.Integer(help="Of these, how many may only be the work of a write whose answer was lost.")
    in_flight_at = fields.Datetime(help="When units were last found missing there.")
    blind_at = fields.Datetime(
        help="When a zero was last sent. What was sold there before that is unknown until the orders were asked for "
        "after it."
    )
    # What keeps it
    held_back = fields.Selection(
        [
            ("orders", "Orders are read first"),
            ("inbox", "Orders that came in are worked through first"),
            ("in_flight", "Units sold there are not among our orders yet"),
            ("budget", "The channel takes no more increases of this listing today"),
        ],
        help="Why an increase waits. A decrease never does.",
    )
    next_try = fields.Datetime()
    attempts = fields.Integer()
    problem = fields.Char()
    explanation = fields.Char(compute="_compute_explanation")

    # A null location is a place too, and PostgreSQL below 15 holds nulls apart.
    _place_uniq = models.UniqueIndex("(listing_id, coalesce(location_map_id, 0))")
    # Only what still has to go out is in it.
    _due_idx = models.Index("(channel_id, next_try) WHERE sequence > published_sequence")
    _look_again_idx = models.Index("(channel_id, look_again_at) WHERE look_again_at IS NOT NULL")
    # What other channels of a product have to know of; of very few levels.
    _in_flight_idx = models.Index("(product_id) WHERE in_flight > 0")

    def init(self):
        """A level grows when it is decided. Where its page has room for that version, and none of the columns in an
        index changes, the indexes are left alone: half of what it costs. So it is due from the beginning."""
        self.env.cr.execute("ALTER TABLE ecom_stock_level SET (fillfactor = 35)")

    # ------------------------------------------------------------ explanation
    @api.depends(
        "on_hand", "reserved", "waiting", "free_quantity", "decided", "measured_at", "in_flight", "held_back",
        "problem", "unsure", "known", "published", "published_at", "sequence", "published_sequence", "listing_id.units",
        "product_id.active",
    )  # fmt: skip
    @api.depends_context("lang", "tz")
    def _compute_explanation(self):
        """One sentence: how the figure came about, and what the channel knows of it."""
        for level in self:
            if not level.measured_at:
                level.explanation = self.env._("Not counted yet.")
                continue
            parts = [*level._explain_decision(), level._explain_publication()]
            level.explanation = "; ".join(part for part in parts if part)

    def _explain_decision(self):
        """Returns the parts of the sentence that tell the sum; add-ons with other terms put theirs in."""
        if not self.product_id.active:
            return [self.env._("The product is archived here: 0 shown")]
        terms = [
            (self.env._("%s on hand"), self.on_hand),
            (self.env._("− %s reserved"), self.reserved),
            (self.env._("− %s ordered and not reserved yet"), self.waiting),
        ]
        told = " ".join(text % self._units_text(value) for text, value in terms)
        division = self.env._(
            "%(free)s ÷ %(units)s = %(decided)s to show",
            free=self._units_text(self.free_quantity),
            units=self._units_text(self.listing_id.units),
            decided=self.decided,
        )
        return [f"{told} = {self.env._('%s free', self._units_text(self.free_quantity))}", division]

    def _explain_publication(self):
        if self.problem:
            return self.env._("refused: %s", self.problem)
        if self.unsure:
            return self.env._("the channel is asked what it shows, for its last answer never came")
        if self.held_back:
            label = dict(self._fields["held_back"]._description_selection(self.env))[self.held_back]
            shown = self.env._(" (%s)", self.in_flight) if self.held_back == "in_flight" else ""
            return self.env._("%(shown)s shown there, the rest waits: %(why)s", shown=self.published, why=label) + shown
        if self.sequence > self.published_sequence:
            return self.env._("on its way")
        if not self.known:
            return ""
        moment = fields.Datetime.context_timestamp(self, self.published_at)
        return self.env._("acknowledged %s", moment.strftime("%Y-%m-%d %H:%M"))

    def _units_text(self, value):
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        return float_repr(value, digits).rstrip("0").rstrip(".") if digits else float_repr(value, 0)

    # -------------------------------------------------------------- existence
    @api.model
    def _fit_to_products(self, products):
        if products:
            listings = self.env["ecom.listing"].sudo().search([("product_id", "in", products.ids)])
            self._fit_to_listings(listings)

    @api.model
    def _fit_to_listings(self, listings):
        if listings:
            self._fit(SQL("listing.id = ANY(%s)", list(listings._ids)))
            self.env["ecom.stock.change"]._mark("listing", listings._ids)

    @api.model
    def _fit_to_channels(self, channels):
        if channels:
            self._fit(SQL("listing.channel_id = ANY(%s)", list(channels._ids)))
            self.env["ecom.stock.change"]._mark("channel", channels._ids)

    @api.model
    def _forget_channels(self, channels):
        """Nothing is known any more of what these channels show: they are asked before anything is published."""
        self._forget(SQL("channel_id = ANY(%s)", list(channels._ids)))
        self.env["ecom.stock.change"]._mark("channel", channels._ids)

    @api.model
    def _forget_listings(self, listings):
        """They stand for other items of the channel than before."""
        self._forget(SQL("listing_id = ANY(%s)", list(listings._ids)))

    @api.model
    def _ask_again(self, listings):
        """Something happened on the channel that only the channel can tell: it is asked what it shows."""
        levels = self.search([("listing_id", "in", listings.ids), ("known", "=", True), ("unsure", "=", False)])
        levels._doubt()

    def _doubt(self):
        for level in self:
            level.write({"unsure": True, "sequence": level.sequence + 1, "next_try": False})
        if self:
            self.env["ecom.flow.run"]._wake()

    def _forget(self, condition):
        """SQL: all levels of a channel may be concerned."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """UPDATE ecom_stock_level
                      SET known = FALSE, unsure = FALSE, in_flight = 0, in_doubt = 0, in_flight_at = NULL,
                          sent_at = NULL, look_again_at = NULL, blind_at = NULL, held_back = NULL, next_try = NULL,
                          attempts = 0, sequence = sequence + 1
                    WHERE %s""",
                condition,
            )
        )
        self.invalidate_model()

    def _fit(self, condition):
        """Make the levels of these listings the ones there should be: one a publishing location of the channel, or
        one for its warehouse where it knows no locations. `condition` is on the alias `listing`.

        One statement, since a channel may have a hundred thousand listings. A level that stays keeps what the channel
        acknowledged, also when another product stands behind its listing now. What is here is looked at once: of a
        table that was empty a moment ago some plans would read all rows again for each one they add.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """WITH wanted AS MATERIALIZED (%(wanted)s),
                   here AS MATERIALIZED (
                       SELECT level.id, level.listing_id, level.location_map_id FROM ecom_stock_level level
                         JOIN ecom_listing listing ON listing.id = level.listing_id
                        WHERE %(condition)s),
                   gone AS (
                       DELETE FROM ecom_stock_level level USING here
                        WHERE level.id = here.id
                          AND NOT EXISTS (SELECT FROM wanted WHERE wanted.listing_id = here.listing_id
                                             AND wanted.map_id IS NOT DISTINCT FROM here.location_map_id)),
                   changed AS (
                       UPDATE ecom_stock_level level
                          SET warehouse_id = wanted.warehouse_id, product_id = wanted.product_id,
                              company_id = wanted.company_id
                         FROM here
                         JOIN wanted ON wanted.listing_id = here.listing_id
                          AND wanted.map_id IS NOT DISTINCT FROM here.location_map_id
                        WHERE level.id = here.id
                          AND (level.warehouse_id, level.product_id, level.company_id)
                              IS DISTINCT FROM (wanted.warehouse_id, wanted.product_id, wanted.company_id))
                   INSERT INTO ecom_stock_level (listing_id, channel_id, company_id, product_id, location_map_id,
                                                 warehouse_id, decided, sequence, sent_sequence, published,
                                                 published_sequence, in_flight, in_doubt, sent_in_flight, attempts,
                                                 known, unsure, create_uid, create_date, write_uid, write_date)
                   SELECT listing_id, channel_id, company_id, product_id, map_id,
                          warehouse_id, 0, 1, 0, 0, 0, 0, 0, 0, 0,
                          FALSE, FALSE, %(uid)s, %(now)s, %(uid)s, %(now)s
                     FROM wanted
                    WHERE NOT EXISTS (SELECT FROM here WHERE here.listing_id = wanted.listing_id
                                         AND here.location_map_id IS NOT DISTINCT FROM wanted.map_id)
                   ON CONFLICT DO NOTHING""",
                wanted=self._wanted_query(condition),
                condition=condition,
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        self.invalidate_model()

    def _wanted_query(self, condition):
        """The place of a channel without locations is its own warehouse, else its company's first, as for orders. What
        lies in warehouses that the channel itself counts is no stock of ours to publish."""
        return SQL(
            """SELECT listing.id AS listing_id, channel.id AS channel_id, channel.company_id, listing.product_id,
                      place.map_id, place.warehouse_id
                 FROM ecom_listing listing
                 JOIN ecom_channel channel ON channel.id = listing.channel_id
                 JOIN product_product product ON product.id = listing.product_id
                 JOIN product_template template ON template.id = product.product_tmpl_id
                 JOIN LATERAL (
                     SELECT map.id AS map_id, map.warehouse_id FROM ecom_location_map map
                      WHERE map.channel_id = channel.id AND map.active AND map.publish
                      UNION ALL
                     SELECT NULL, coalesce(channel.warehouse_id, (
                                SELECT warehouse.id FROM stock_warehouse warehouse
                                 WHERE warehouse.company_id = channel.company_id AND warehouse.active
                                 ORDER BY warehouse.sequence, warehouse.id LIMIT 1))
                      WHERE NOT EXISTS (SELECT FROM ecom_location_map map
                                         WHERE map.channel_id = channel.id AND map.active AND NOT map.kept)
                 ) place ON place.warehouse_id IS NOT NULL
                WHERE %(condition)s AND listing.active AND listing.publish_stock AND listing.state = 'matched'
                  AND listing.stock_tracked
                  AND channel.code = ANY(%(codes)s) AND %(tracked)s""",
            condition=condition,
            codes=[code for code, channel in CHANNELS.items() if channel.can("stock")],
            tracked=self.env["ecom.flow.measure"]._tracked_condition(),
        )
