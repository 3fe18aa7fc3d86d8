"""What the channel answered to a stock call -> levels."""

import json
from datetime import timedelta

from odoo import fields, models

from ..channels.errors import Busy, Refused, Unanswered, Unreachable
from ..rules.in_flight import Shown, after_a_lost_answer
from ..rules.quantity import read_quantity
from .clock import now
from .reckon import Sold

# Waiting time of one level after its 1st, 2nd ... failure in a row; a new decision does not wait.
STALE_SECONDS = (0, 1, 5, 15, 60)
REJECTED_SECONDS = (300, 1800, 7200, 21600, 86400)
UNANSWERED_SECONDS = (2, 10, 60, 300)
# So long after a call whose answer never came, a slow channel may still carry it out.
LATE = timedelta(minutes=2)


def pause(seconds, attempts):
    return fields.Datetime.now() + timedelta(seconds=seconds[min(attempts, len(seconds) - 1)])


class EcomFlowAcknowledge(models.AbstractModel):
    _name = "ecom.flow.acknowledge"
    _description = "E-commerce: acknowledge stock"

    def _acknowledge(self, channel, batch, answer):
        """Each level by itself: a refused one keeps nobody else from being settled."""
        levels = self.env["ecom.stock.level"].browse(row.level_id for row in batch.rows).exists()
        rows = {row.level_id: row for row in batch.rows}
        sold = self.env["ecom.flow.reckon"]._sold(levels)
        for level in levels:
            row = rows[level.id]
            if batch.kind == "read":
                self._acknowledge_reading(channel, level, batch, answer, sold)
            elif level.id in answer.results:
                self._acknowledge_row(channel, level, row, answer.results[level.id], sold)
            else:
                self._acknowledge_silence(level, row, answer.error)
        if batch.kind == "push":
            self._record(channel, batch, answer)

    # -------------------------------------------------------------------- push
    def _acknowledge_row(self, channel, level, row, result, sold):
        if level.sent_sequence != row.sequence or not (level.unsure or level.known):
            # Another worker sent a later decision meanwhile, or the listing stands for something else by now. Nobody
            # knows what came last over there.
            level.write({"unsure": True, "sequence": level.sequence + 1, "next_try": False})
        elif result.outcome == "applied":
            self._applied(level, row, result)
        elif result.outcome == "stale":
            self._stale(level, result, sold)
        else:
            self._rejected(channel, level, row, result, sold)

    def _applied(self, level, row, result):
        # Some channels answer with what they show; it may be more or less than asked for, and is the truth.
        shown = row.level.quantity if result.held is None else read_quantity(result.held)
        values = {"published": shown, "published_at": fields.Datetime.now(), "known": True, "unsure": False}
        if not level.unsure:
            # Another worker asked meanwhile what it shows. The units he found missing were overwritten just now.
            values |= {"sequence": level.sequence + 1, "next_try": False, "in_doubt": 0}
        else:
            values |= {
                "counted_from": level.sent_at,
                "in_flight": level.sent_in_flight,
                "in_doubt": min(level.in_doubt, level.sent_in_flight),
                "in_flight_at": level.in_flight_at if level.sent_in_flight else False,
            }
            # What is missing there is given up one day, for the other channels' sake too: until then it is looked at.
            if shown == level.decided and not level.sent_in_flight:
                values["published_sequence"] = row.sequence
        self._forget_problem(level)
        level.write(values)

    def _forget_problem(self, level):
        if level.problem:
            self.env["ecom.exception"]._solve(level.channel_id, [f"stock:{level.listing_id.id}"])
        level.write({"attempts": 0, "problem": False})

    def _stale(self, level, result, sold):
        """Something was sold or changed over there behind our back. Nothing was written; the channel said what it
        shows, and the next intent starts from that."""
        level.write(
            {
                "unsure": False,
                "sequence": level.sequence + 1,
                "attempts": level.attempts + 1,
                "next_try": pause(STALE_SECONDS, level.attempts),
            }
        )
        if result.held is None:
            level.unsure = True
        else:
            self._learn(level, read_quantity(result.held), self.env.cr.now(), sold)

    def _rejected(self, channel, level, row, result, sold):
        """Nothing was written, so an older doubt stays; unless the channel says that it shows something else now."""
        problem = result.problem or self.env._("The channel gave no reason.")
        if result.held is not None:
            self._learn(level, read_quantity(result.held), self.env.cr.now(), sold)
        level.write(
            {
                "unsure": row.was_unsure and level.unsure,
                "sequence": level.sequence + 1,
                "attempts": level.attempts + 1,
                "next_try": pause(REJECTED_SECONDS, level.attempts),
                "problem": problem,
            }
        )
        self._tell(channel, level, problem)

    def _tell(self, channel, level, problem):
        self.env["ecom.exception"]._open(
            channel,
            category="stock",
            severity="2",
            name=self.env._("The stock of %(listing)s is not accepted", listing=level.listing_id.name),
            detail=problem,
            dedupe_key=f"stock:{level.listing_id.id}",
            listing_id=level.listing_id.id,
        )

    def _acknowledge_silence(self, level, row, error):
        """The call ended early, or its answer left this level out."""
        if isinstance(error, (Busy, Refused)) or (isinstance(error, Unreachable) and not isinstance(error, Unanswered)):
            # Nothing was applied: as before the call. The engine says when to try again.
            if level.sent_sequence == row.sequence:
                level.unsure = row.was_unsure and level.unsure
            return
        level.write(
            {
                "sequence": level.sequence if level.unsure else level.sequence + 1,
                "unsure": True,
                "attempts": level.attempts + 1,
                "next_try": pause(UNANSWERED_SECONDS, level.attempts),
                "look_again_at": now() + LATE,
            }
        )

    # ----------------------------------------------------------------- reading
    def _acknowledge_reading(self, channel, level, batch, answer, sold):
        if level.id not in answer.held:
            if answer.error is not None:
                return
            problem = self._missing_problem(level, answer)
            level.write(
                {
                    "known": False,
                    "unsure": False,
                    "attempts": level.attempts + 1,
                    "next_try": pause(REJECTED_SECONDS, level.attempts),
                    "problem": problem,
                }
            )
            self._tell(channel, level, problem)
            return
        self._learn(level, answer.held[level.id], batch.asked_at, sold)

    def _missing_problem(self, level, answer):
        if level.id in answer.senseless:
            return self.env._("What the channel says it shows is no quantity. What was last known is kept.")
        return self.env._("The channel does not list it, or keeps no stock of it, any more.")

    def _learn(self, level, held, moment, sold):
        """The channel showed `held` at that moment: from now on that is what is known of it."""
        units = sold.get(level.id, Sold())
        before = Shown(
            held=level.published if level.known else None,
            in_flight=level.in_flight,
            in_doubt=level.in_doubt,
            sold=units.sold,
            late=units.late,
            either=units.either,
        )
        if level.unsure and level.sent_at:
            sent = Shown(
                held=level.sent,
                in_flight=level.sent_in_flight,
                in_doubt=min(level.in_doubt, level.sent_in_flight),
                sold=units.sold_since_sent,
                late=units.late_since_sent,
                either=units.either_since_sent,
            )
            in_flight, doubt = after_a_lost_answer(before, sent, held)
        else:
            in_flight, doubt = before.after_reading(held)
        grew = in_flight > before.carried
        level.write(
            {
                "published": held,
                "published_at": fields.Datetime.now(),
                "counted_from": moment,
                "in_flight": in_flight,
                "in_doubt": doubt,
                "in_flight_at": (now() if grew else level.in_flight_at) if in_flight else False,
                "known": True,
                "unsure": False,
            }
        )

    # ------------------------------------------------------------------ record
    def _record(self, channel, batch, answer):
        """One message a call, as evidence: what was asked, what was said. Written with the acknowledgement, after the
        wire, so it costs a stock change no time. The intent itself stands in the levels.

        A call that failed has no Retry of its own: the next call says the newest figures. So it is superseded, not
        failed.
        """
        rows = [self._record_row(row, answer.results.get(row.level_id)) for row in batch.rows]
        refused = sum(row.get("outcome") == "rejected" for row in rows)
        problem = str(answer.error) if answer.error else ""
        if not problem and refused:
            problem = self.env._("%(refused)s of %(all)s were not accepted.", refused=refused, all=len(rows))
        message = self.env["ecom.message"].create(
            {
                "channel_id": channel.id,
                "direction": "out",
                "topic": "stock",
                "event_key": f"stock:{batch.rows[0].level.key}:{self.env.cr.now().timestamp():.6f}",
                "state": "superseded" if answer.error else "done",
                "attempts": 1,
                "problem": problem or False,
                "done_at": fields.Datetime.now(),
            }
        )
        body = json.dumps(rows, separators=(",", ":"), ensure_ascii=False).encode()
        self.env["ecom.payload"].create({"message_id": message.id, "body": body, "content_type": "application/json"})

    def _record_row(self, row, result):
        """Without what says nothing, since there are many."""
        level = row.level
        told = {
            "item": level.variant_id,
            "location": level.location_id,
            "quantity": level.quantity,
            "expected": level.expected,
            "key": level.key,
            "outcome": result.outcome if result else "unanswered",
            "held": result.held if result else None,
            "problem": result.problem if result else "",
        }
        return {name: value for name, value in told.items() if value not in (None, "")}
