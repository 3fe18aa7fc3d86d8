import time
from datetime import timedelta

from psycopg2 import Binary

from odoo import SUPERUSER_ID, fields, models
from odoo.tools import SQL

from ..channels.errors import RETRYABLE, Busy, ChannelError, Refused
from ..channels.records import Raw
from ..channels.version import is_older
from .run import backoff

# No further call is begun after so many seconds: with one time-out (12 s) on top a pass stays below 20.
FOLLOW_SECONDS = 4.0
# Orders asked for in one go, where the platform answers for several: few enough to look at the clock in between.
AT_ONCE = 6


class EcomFlowFollow(models.AbstractModel):
    """Hints -> the things they point at, asked for by id.

    A webhook only says that something changed. What it says of it may be old by now, so the channel is asked.
    """

    _name = "ecom.flow.follow"
    _description = "E-commerce: follow hints"

    def _follow(self, channel, hints):
        """Returns {hint: Raw, or the ChannelError of this one thing}, one hint for each order; the others about the
        same order are superseded.

        First all calls, then all writes. What the channel does not give out now waits on, with the reason on it.
        """
        if not hints:
            return {}
        rest = self._resting(channel, ("problem", "!=", False), ("next_try", ">", fields.Datetime.now()))[:1]
        if rest:
            # The channel did not answer a moment ago: those that came since then wait with the others.
            hints.write({"leased_until": False, "next_try": rest.next_try, "problem": rest.problem})
            return {}
        known = self._known(channel, hints)
        answers, problem = self._ask(channel, self._newest(hints - known))
        told = {hint.external_id for hint in answers}
        twins = hints.filtered(lambda hint: hint.external_id in told and hint not in answers)
        (known | twins)._move("superseded", done_at=fields.Datetime.now())
        self._keep(channel, answers)
        self._let_wait(channel, hints - known - twins - hints.browse([hint.id for hint in answers]), problem)
        return answers

    # ------------------------------------------------------------ nothing to ask
    def _known(self, channel, hints):
        """Hints for a version that is applied, or that is here in full; and for older ones."""
        versioned = hints.filtered("version")
        ids = versioned.mapped("external_id")
        if not ids:
            return versioned
        here = (self._applied(channel, ids), self._stored(channel, ids, hints))

        def is_known(hint):
            versions = [known.get(hint.external_id, "") for known in here]
            return hint.version in versions or any(is_older(hint.version, than=version) for version in versions)

        return versioned.filtered(is_known)

    def _applied(self, channel, external_ids):
        """{external id: version} of the orders that are here."""
        orders = (
            self.env["sale.order"]
            .sudo()
            .search_fetch(
                [("ecom_channel_id", "=", channel.id), ("ecom_external_id", "in", list(external_ids))],
                ["ecom_external_id", "ecom_version"],
            )
        )
        return {order.ecom_external_id: order.ecom_version or "" for order in orders}

    def _stored(self, channel, external_ids, hints):
        """{external id: version} of what waits or was worked off here in full, apart from these."""
        groups = self.env["ecom.message"]._read_group(
            [
                ("channel_id", "=", channel.id),
                ("direction", "=", "in"),
                ("topic", "=", "orders"),
                ("hint", "=", False),
                ("state", "in", ("waiting", "done")),
                ("external_id", "in", external_ids),
                ("id", "not in", hints.ids),
            ],
            ["external_id"],
            ["version:array_agg"],
        )
        # The newest is found here: a database may sort text by the rules of a language.
        return {external_id: max(filter(None, versions), default="") for external_id, versions in groups}

    @staticmethod
    def _newest(hints):
        """One hint an order. Webhooks come in any order: where the channel has it no longer, the newest body counts."""
        ordered = hints.sorted(lambda hint: (hint.version or "", hint.id))
        return list({hint.external_id: hint for hint in ordered}.values())

    # ----------------------------------------------------------------------- ask
    def _ask(self, channel, hints):
        """Returns ({hint: Raw, or what is wrong with this one}, the error that ended it or None). Refused is raised."""
        answers, hints = {}, list(hints)
        client, orders = None, channel._adapter().noun("orders")
        at_once = AT_ONCE if hasattr(orders, "fetch_several") else 1
        end = time.monotonic() + FOLLOW_SECONDS
        for start in range(0, len(hints), at_once):
            if time.monotonic() >= end:
                break
            some = hints[start : start + at_once]
            try:
                client = client or channel._connect()
                answers.update(self._fetch(orders, client, some))
            except Refused:
                raise
            except RETRYABLE as error:
                return answers, error
        return answers, None

    @staticmethod
    def _fetch(orders, client, hints):
        """{hint: Raw, or what is wrong with this one}. Raises what concerns the channel and not an order."""
        if hasattr(orders, "fetch_several"):
            found = orders.fetch_several(client, tuple(hint.external_id for hint in hints))
            return {hint: found[hint.external_id] for hint in hints}
        (hint,) = hints
        try:
            return {hint: orders.fetch_order(client, hint.external_id)}
        except (Refused, *RETRYABLE):
            raise
        except ChannelError as error:
            return {hint: error}

    # --------------------------------------------------------------------- write
    def _keep(self, channel, answers):
        """What was fetched takes the place of what the webhook brought: it is what we work from, and the fallback
        when the channel has it no longer."""
        for hint, answer in answers.items():
            if isinstance(answer, Raw) and answer.version != hint.version:
                hint.version = answer.version
        rows = [
            SQL("(%s, %s, %s::bytea)", hint.id, hint.company_id.id, Binary(answer.body))
            for hint, answer in answers.items()
            if isinstance(answer, Raw)
        ]
        if not rows:
            return
        # One statement, because the ORM knows no ON CONFLICT and this stands in the way of every webhook.
        self.env.cr.execute(
            SQL(
                """INSERT INTO ecom_payload (message_id, company_id, body,
                                             create_uid, create_date, write_uid, write_date)
                   SELECT given.id, given.company, given.body, %(uid)s, %(now)s, %(uid)s, %(now)s
                     FROM (VALUES %(rows)s) AS given (id, company, body)
                   ON CONFLICT (message_id) DO UPDATE
                      SET body = excluded.body, content_type = NULL, write_date = excluded.write_date""",
                rows=SQL(", ").join(rows),
                uid=SUPERUSER_ID,
                now=fields.Datetime.now(),
            )
        )
        self.env["ecom.payload"].invalidate_model(["body", "content_type"])

    def _let_wait(self, channel, hints, error):
        """Not asked for lack of time: at once again. Not answered: all hints of the channel wait as long as the one
        that waited most often, so that what is here in full is worked off meanwhile."""
        hints.write({"leased_until": False})
        if not error:
            return
        hints |= self._resting(channel)
        if isinstance(error, Busy):
            delay = timedelta(seconds=error.retry_after)
        else:
            delay = backoff(max(hints.mapped("attempts")))
        hints.write({"next_try": fields.Datetime.now() + delay, "problem": str(error)})

    def _resting(self, channel, *conditions):
        """Hints that nobody works on now."""
        return self.env["ecom.message"].search(
            [
                ("channel_id", "=", channel.id),
                ("direction", "=", "in"),
                ("state", "=", "waiting"),
                ("hint", "=", True),
                ("leased_until", "=", False),
                *conditions,
            ],
            order="next_try",
        )
