import logging
from collections import defaultdict
from dataclasses import dataclass

from psycopg2 import OperationalError
from psycopg2.errors import SerializationFailure, UniqueViolation

from odoo import fields, models
from odoo.exceptions import UserError

from ..channels.version import is_in_doubt, is_older, moment
from .batch import Batch
from .receive import ASKED

_logger = logging.getLogger(__name__)

# Nobody is told, followed or logged about orders that come in by the hundred; the order's own road is its messages.
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "mail_auto_subscribe_no_notify": True,
    "mail_activity_automation_skip": True,
    "sale_no_log_for_new_lines": True,
}
# Two workers may do the same thing at the same moment; the database lets one of them win, the other looks again.
RACES = (
    "sale_order_ecom_external_uniq",
    "ecom_buyer_external_uniq",
    "ecom_listing_external_uniq",
    "_map_code_uniq",
    "crm_tag_name_uniq",
    "ecom_coupon_key_uniq",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one message. `state` "waiting": the channel must be asked for this order. `category`: of the
    exception to open; empty where others were opened already."""

    state: str = "done"
    order_id: int | None = None
    reason: str = ""
    problem: str = ""
    code: str = ""
    category: str = ""
    severity: str = "1"


class EcomFlowPlace(models.AbstractModel):
    """Order -> contact, sale order with exact taxes, confirmed and reserved."""

    _name = "ecom.flow.place"
    _description = "E-commerce: place"

    def _settle(self, channel, readings):
        """Apply a batch: newest version of each order once, older ones superseded, the bad ones halved out.

        A savepoint a batch; writes the state of every message. Raises only database errors worth a retry. Returns how
        many of the orders were new.
        """
        self = self.with_company(channel.company_id).with_context(**QUIET)
        channel = channel.with_env(self.env)
        outcomes, newest = self._newest(readings)
        placed = self._placed(channel, [reading.external_id for reading in newest])
        fresh, known = [], []
        for reading in newest:
            order = placed.get(reading.external_id)
            if order is None:
                fresh.append(reading)
            elif is_older(reading.version, than=order.ecom_version or ""):
                outcomes[reading.message_id] = Outcome(state="superseded", order_id=order.id)
            elif is_in_doubt(reading.version, order.ecom_version or "") and not reading.asked:
                outcomes[reading.message_id] = Outcome(state="waiting", order_id=order.id)
            else:
                known.append(reading)
        outcomes.update(self._halved(channel, fresh, self._place))
        outcomes.update(self._halved(channel, known, self.env["ecom.flow.amend"]._amend))
        self._write(readings, outcomes)
        return len(fresh)

    # ----------------------------------------------------------------- sorting
    def _newest(self, readings):
        """({message id: Outcome} of those that are settled already, the newest reading of each order)."""
        outcomes, newest = {}, {}
        for reading in sorted(readings, key=self._age):
            if reading.error is not None:
                outcomes[reading.message_id] = self._failed(reading, reading.error)
                continue
            older = newest.get(reading.external_id)
            if older:
                outcomes[older.message_id] = Outcome(state="superseded")
            newest[reading.external_id] = reading
        return outcomes, list(newest.values())

    @staticmethod
    def _age(reading):
        return moment(reading.version), reading.asked, reading.version, reading.message_id

    def _placed(self, channel, external_ids):
        """{external id: sale.order} of those that are here already."""
        orders = self.env["sale.order"].search(
            [("ecom_channel_id", "=", channel.id), ("ecom_external_id", "in", external_ids)]
        )
        return {order.ecom_external_id: order for order in orders}

    def _halved(self, channel, readings, step):
        """{message id: Outcome} of `step(channel, readings)`, in a savepoint. When it fails it is tried in halves, down
        to the one record that is to blame."""
        if not readings:
            return {}
        try:
            with self.env.cr.savepoint():
                return step(channel, readings)
        except OperationalError:
            raise
        except Exception as error:
            self._raise_if_race(error)
            if len(readings) == 1:
                return {readings[0].message_id: self._failed(readings[0], error)}
        middle = len(readings) // 2
        return {**self._halved(channel, readings[:middle], step), **self._halved(channel, readings[middle:], step)}

    def _raise_if_race(self, error):
        """Another worker did it meanwhile, behind our snapshot: look again in a fresh transaction."""
        if isinstance(error, UniqueViolation) and (error.diag.constraint_name or "").endswith(RACES):
            raise SerializationFailure("Another worker placed it at the same moment")

    # ----------------------------------------------------------------- placing
    def _place(self, channel, readings):
        """{message id: Outcome} of new orders. Raises whatever Odoo raises; nothing of the batch is kept then."""
        outcomes, batch = self._admit(channel, readings)
        problems = self.env["ecom.flow.check"]._problems(batch)
        refused = {key for key, found in problems.items() if any(problem.effect == "refuse" for problem in found)}
        for reading in readings:
            if reading.external_id in refused:
                outcomes[reading.message_id] = self._refused(channel, problems[reading.external_id])
        batch.orders = {key: order for key, order in batch.orders.items() if key not in refused}
        placed, held = self._create(batch, problems) if batch.orders else ({}, set())
        self._solve(batch)
        self._confirm(channel, placed, held)
        for reading in readings:
            if reading.external_id in placed:
                outcomes[reading.message_id] = Outcome(order_id=placed[reading.external_id].id)
        return outcomes

    def _admit(self, channel, readings):
        """Leave out what the channel's policy keeps outside; learn what the others need to know."""
        outcomes, orders = {}, {}
        messages = self.env["ecom.message"].browse([reading.message_id for reading in readings])
        asked = {message.id for message in messages if message.event_key.startswith(ASKED)}
        for reading in readings:
            wanted = reading.message_id in asked
            reason = self.env["ecom.flow.check"]._reason_to_wait(channel, reading.order, wanted)
            if reason:
                outcomes[reading.message_id] = Outcome(state="ignored", reason=reason)
            else:
                orders[reading.external_id] = reading.order
        return outcomes, self._batch(channel, orders)

    def _batch(self, channel, orders):
        batch = Batch(channel, orders)
        if orders:
            self.env["ecom.flow.match"]._match(batch)
            batch.unfold_bundles()
            self.env["ecom.flow.map"]._map(batch)
        return batch

    def _create(self, batch, problems):
        """({external id: new sale.order} of the whole batch, ids of those that must not be confirmed)."""
        self.env["ecom.flow.recognise"]._recognise(batch)
        verdicts = self.env["ecom.flow.judge"]._judge(batch)
        self.env["ecom.flow.remember"]._remember(batch)
        compose = self.env["ecom.flow.compose"]
        values = [compose._prepare_order_values(batch, order) for order in batch.orders.values()]
        placed = dict(zip(batch.orders, self.env["sale.order"].create(values), strict=True))
        self.env["ecom.flow.attach"]._attach(batch, placed)
        return placed, self.env["ecom.flow.hold"]._hold(batch, placed, verdicts, problems)

    def _confirm(self, channel, placed, held):
        """`held`: ids of those that wait for a person."""
        if not channel.confirm_orders:
            return
        ready = [order for key, order in placed.items() if key not in held and not self._stays_quotation(order)]
        orders = self.env["sale.order"].concat(*ready)
        if orders:
            orders.action_confirm()
            self.env["ecom.flow.invoice"]._mark_due(orders, "order")
            if channel.mail_buyer:
                # By the queue of mails: nobody waits for a mail server here.
                orders.with_context(mail_notify_force_send=False)._send_order_confirmation_mail()

    def _stays_quotation(self, order):
        """Nobody ships what was ordered to try the checkout."""
        return order.ecom_test and order.ecom_channel_id.test_orders == "quotation"

    # ---------------------------------------------------------------- problems
    def _failed(self, reading, error):
        """A record that cannot be read or placed waits for a person."""
        if reading.error is not None or isinstance(error, UserError):
            said = str(error)
        else:
            _logger.error("Order %s could not be placed", reading.external_id, exc_info=error)
            said = self.env._("Something went wrong here: %(error)s", error=type(error).__name__)
        code = getattr(error, "code", "") or type(error).__name__
        return Outcome(state="failed", problem=said, code=code, category="order")

    def _refused(self, channel, problems):
        """What many orders can share opens one exception for all of them; anything else, one for the order."""
        own = [problem for problem in problems if not problem.dedupe_key]
        for problem in problems:
            if problem.dedupe_key:
                self.env["ecom.exception"]._open(
                    channel,
                    category=problem.category,
                    severity=problem.severity,
                    name=problem.name,
                    detail=problem.detail,
                    dedupe_key=problem.dedupe_key,
                )
        return Outcome(
            state="failed",
            problem=self._words(problems),
            code=problems[0].category,
            category=own[0].category if own else "",
            severity=max(problem.severity for problem in problems),
        )

    def _words(self, problems):
        return "\n".join(f"{self._sentence(problem.name)} {problem.detail}".strip() for problem in problems)

    @staticmethod
    def _sentence(words):
        return words if words.endswith((".", "?", "!")) else f"{words}."

    def _solve(self, batch):
        """What these orders waited for is known now: close the exceptions that asked for it."""
        keys = {f"tax:{code}" for code in batch.taxes} | {f"currency:{code}" for code in batch.currencies}
        keys |= {f"delivery:{code}" for code in batch.deliveries}
        keys |= {f"listing:{key}" for key, listing in batch.listings.items() if listing.state == "matched"}
        self.env["ecom.exception"]._solve(batch.channel, keys, self.env._("It is known now."))

    # ---------------------------------------------------------------- messages
    def _write(self, readings, outcomes):
        """End every message through its guard; alike ones together."""
        orders = {r.external_id: outcomes[r.message_id].order_id for r in readings if outcomes[r.message_id].order_id}
        groups, now = defaultdict(self.env["ecom.message"].browse), fields.Datetime.now()
        for reading in readings:
            outcome, message = outcomes[reading.message_id], self.env["ecom.message"].browse(reading.message_id)
            message.write({"order_id": orders.get(reading.external_id, False), "version": reading.version})
            if outcome.state == "failed":
                self._write_failed(message, outcome)
            else:
                groups[outcome.state, outcome.reason] |= message
        for (state, reason), messages in groups.items():
            if state == "done":
                messages._done()
            elif state == "waiting":
                # Two states of one moment: only the channel knows which of them it holds.
                messages.write({"hint": True, "leased_until": False})
            else:
                messages._move(state, ignore_reason=reason or False, done_at=now)

    def _write_failed(self, message, outcome):
        if outcome.category:
            message._fail(outcome.problem, outcome.code, category=outcome.category, severity=outcome.severity)
        else:
            message._move("failed", problem=outcome.problem, problem_code=outcome.code)
