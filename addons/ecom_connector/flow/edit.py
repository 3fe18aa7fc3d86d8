"""An order edited on the channel -> the same edit here while nothing of it was picked or invoiced, else the two side by
side for a person, who may follow what can still be followed.

Lines are composed by the code that composes new orders, so totals and taxes stay the channel's to the cent.
"""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from odoo import models
from odoo.tools import format_amount

from ..rules.difference import Amount, Change, Standing, Wanted, difference, is_untouched

ROUNDING = "rounding"
# What of the order's own fields follows an edit of its content.
FOLLOWED = ("ecom_content", "ecom_total", "ecom_remitted_tax", "ecom_discount", "ecom_coupons", "ecom_coupon_ids")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An address or the way of shipping that differs; `obstacle` as in rules/difference.py. `of_rest`: a part has left,
    it concerns what has not."""

    key: str
    here: str
    there: str
    obstacle: str = ""
    of_rest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What following an edit comes to.

    lines       {key of a line: values composed for it}
    blocked     why nothing of it can be followed, in words; empty: no such reason
    untouched   nothing was picked, sent or invoiced
    """

    changes: tuple[Change, ...] = ()
    places: tuple[Place, ...] = ()
    lines: dict[str, dict[str, Any]] = field(default_factory=dict)
    blocked: tuple[str, ...] = ()
    untouched: bool = True

    @property
    def shown(self):
        """What differs in the eyes of a person."""
        return (*(change for change in self.changes if not change.silent), *self.places)

    @property
    def is_free(self):
        """Nobody needs to be asked."""
        return self.untouched and not self.blocked and not any(entry.obstacle for entry in self.shown)


class EcomFlowEdit(models.AbstractModel):
    _name = "ecom.flow.edit"
    _description = "E-commerce: edit"

    def _edit(self, batch, edited):
        """`edited`: {order external id: (sale.order, message)} of orders whose content the channel changed."""
        batch = replace(batch, orders={external_id: batch.orders[external_id] for external_id in edited})
        problems = self._problems(batch)
        for external_id, (placed, message) in edited.items():
            order = batch.orders[external_id]
            plan = self._plan(batch, order, placed, problems.get(external_id, ()))
            if plan.is_free:
                self._follow(batch, order, placed, plan)
                placed._ecom_close_changes()
            else:
                self.env["ecom.order.change"]._ask(placed, message, order, self._rows(placed, plan))

    def _problems(self, batch):
        """{order external id: words} of what keeps an order from being written here at all."""
        found = self.env["ecom.flow.check"]._problems(batch)
        refused = {
            key: tuple(problem.name for problem in problems if problem.effect == "refuse")
            for key, problems in found.items()
        }
        return {key: words for key, words in refused.items() if words}

    # ------------------------------------------------------------------- plan
    def _plan(self, batch, order, placed, problems=()):
        if batch.currencies.get(order.currency) != placed.currency_id:
            problems = (
                *problems,
                self.env._(
                    "The currency is %(now)s on the channel and %(here)s here.",
                    now=order.currency,
                    here=placed.currency_id.name,
                ),
            )
        if problems:
            return Plan(blocked=problems)
        lines = self._composed(batch, order)
        standing = self._standing(batch, placed)
        untouched = is_untouched(standing)
        return Plan(
            changes=difference(standing, [self._wanted(placed, key, values) for key, values in lines.items()]),
            places=self._places(batch, order, placed, standing),
            lines=lines,
            untouched=untouched,
        )

    def _composed(self, batch, order):
        """{key: values of the line}, as a new order would have them."""
        composed = self.env["ecom.flow.compose"]._prepare_lines(batch, order, batch.amounts(order))
        return {
            values.get("ecom_external_id") or ROUNDING: values for values in composed if not values.get("display_type")
        }

    def _wanted(self, placed, key, values):
        stated = values.get("extra_tax_data")
        if not stated:
            net = Decimal(str(values["product_uom_qty"])) * Decimal(str(values["price_unit"]))
            amount = Amount(Decimal(str(values["product_uom_qty"])), net)
        else:
            amount = self._stated(stated)
        item = values["product_id"] if placed.state == "sale" else 0
        return Wanted(key=key, name=values["name"], amount=amount, item=item)

    @staticmethod
    def _stated(stated):
        """Amount of an `extra_tax_data`."""
        taxes = (tax.get("tax_amount_currency", 0) for tax in stated["manual_tax_amounts"].values())
        return Amount(
            Decimal(str(stated["quantity"])),
            Decimal(str(stated["manual_total_excluded_currency"])),
            sum((Decimal(str(tax)) for tax in taxes), Decimal(0)),
        )

    def _standing(self, batch, placed):
        """The lines that came from the channel, as they stand here; what people added is theirs."""
        return [
            Standing(
                key=line.ecom_external_id or ROUNDING,
                name=line.name,
                item=line.product_id.id,
                now=self._now(line),
                stated=self._stated(line.extra_tax_data) if line.extra_tax_data else None,
                done=self._done(line),
                invoiced=Decimal(str(line.qty_invoiced)),
            )
            for line in self._lines(batch, placed)
        ]

    @staticmethod
    def _lines(batch, placed):
        rounding = batch.services["rounding"]
        return placed.order_line.filtered(
            lambda line: line.ecom_external_id or (line.product_id == rounding and not line.display_type)
        )

    @staticmethod
    def _now(line):
        exact = [line.currency_id.round(amount) for amount in (line.price_subtotal, line.price_tax)]
        return Amount(Decimal(str(line.product_uom_qty)), *(Decimal(str(amount)) for amount in exact))

    @staticmethod
    def _done(line):
        """How much of it was picked, packed or left: the step that got furthest counts. A picker who carries the
        printed list is at it."""
        moves = line.move_ids | line.move_ids.move_orig_ids
        begun = moves.filtered(
            lambda move: move.location_id.usage != "customer"
            and move.state != "cancel"
            and (move.state == "done" or move.picked or move.picking_id.printed)
        )
        if any(move.product_id != line.product_id for move in begun):
            return Decimal(str(line.product_uom_qty))  # parts of a kit: none of it can be spared
        done = [
            sum(move.product_uom._compute_quantity(move.quantity, line.product_uom_id) for move in step)
            for step in begun.grouped("picking_type_id").values()
        ]
        return Decimal(str(round(max([line.qty_delivered, *done]), 6)))

    # ----------------------------------------------------------------- follow
    def _follow(self, batch, order, placed, plan):
        """Write what can be followed of the plan, and say so on the order."""
        rows = self._rows(placed, plan)
        self.env["ecom.flow.rewrite"]._rewrite(batch, order, placed, plan)
        if rows:
            placed._ecom_note(self.env._("Changed on the channel:"), self._told(rows))

    def _followed_values(self, batch, order):
        values = self.env["ecom.flow.compose"]._prepare_channel_values(batch, order, batch.amounts(order))
        return {name: values[name] for name in FOLLOWED if name in values}

    # ------------------------------------------------------------------- words
    def _rows(self, placed, plan):
        """[{name, here, there, obstacle, credit}] in words: the two sides as a person reads them."""
        rows = [
            {"name": self.env._("The whole order"), "here": "", "there": "", "obstacle": words}
            for words in plan.blocked
        ]
        for entry in plan.shown:
            words = self._place_words(entry) if isinstance(entry, Place) else self._line_words(placed, entry)
            rows.append({**words, "obstacle": self._obstacle_words(entry.obstacle)})
        return rows

    def _line_words(self, placed, change):
        return {
            "name": change.name,
            "here": self._amount_words(placed, change.here),
            "there": self._amount_words(placed, change.there),
            "credit": change.credit,
        }

    def _amount_words(self, placed, amount):
        if amount is None or not amount.quantity:
            return self.env._("none")
        total = format_amount(self.env, float(amount.net + amount.tax), placed.currency_id)
        return self.env._("%(quantity)s for %(total)s", quantity=f"{amount.quantity.normalize():f}", total=total)

    def _place_words(self, place):
        names = {
            "ship_to": self.env._("Delivery address"),
            "bill_to": self.env._("Invoice address"),
            "carrier": self.env._("Shipping method"),
        }
        if place.of_rest:
            names["ship_to"] = self.env._("Delivery address of what has not left")
            names["carrier"] = self.env._("Shipping method of what has not left")
        return {"name": names[place.key], "here": place.here, "there": place.there}

    def _obstacle_words(self, obstacle):
        return obstacle and {
            "done": self.env._("Too much of it is picked or has left"),
            "invoiced": self.env._("It is invoiced already"),
            "touched": self.env._("It was changed here, too"),
            "item": self.env._("It became another product"),
        }.get(obstacle, obstacle)

    def _told(self, rows):
        return [
            self.env._("%(what)s: %(here)s → %(there)s", what=row["name"], here=row["here"], there=row["there"])
            for row in rows
            if not row["obstacle"]
        ]
