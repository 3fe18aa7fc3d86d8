from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ...ecom_connector.channels.errors import ChannelError, Refused, Withheld
from ...ecom_connector.channels.version import is_older

# A return whose order is not here is looked at again, so often and with this pause.
PATIENCE, PAUSE = 5, timedelta(minutes=10)
LOOK_EVERY, REFUSED_PAUSE = timedelta(minutes=15), timedelta(hours=12)
REFUSED_KEY = "returns:refused"


class EcomFlowPollReturns(models.AbstractModel):
    _name = "ecom.flow.poll.returns"
    _inherit = ["ecom.flow.poll"]
    _description = "E-commerce: poll returns"
    _poll = ("returns", "returns", "fetch_returns")

    def _store(self, channel, question, page):
        self.env["ecom.exception"]._solve(channel, {REFUSED_KEY})
        return super()._store(channel, question, page)

    def _give_up(self, channel, error):
        """Until the next time; a person hears what is missing."""
        self._poll_cursor(channel).position = False
        self.env["ecom.exception"]._open(
            channel,
            category="connection",
            severity="1",
            name=self.env._("%(channel)s does not show us its returns", channel=channel.name),
            detail=str(error),
            dedupe_key=REFUSED_KEY,
        )


class EcomFlowWork(models.AbstractModel):
    _inherit = "ecom.flow.work"

    def _slice_returns(self, task):
        """Orders go on where our access sees no returns: who may read those need not have goods at the channel."""
        try:
            return self._errand(task, "ecom.flow.poll.returns", every=LOOK_EVERY)
        except Withheld:
            raise
        except Refused as error:
            with self._transaction(task) as (env, channel):
                env["ecom.flow.poll.returns"]._give_up(channel, error)
            return fields.Datetime.now() + REFUSED_PAUSE


class EcomFlowNormalise(models.AbstractModel):
    """A return as the channel tells it -> ours. What it says and what is here may contradict each other: then a person
    hears of both, and neither is overwritten."""

    _inherit = "ecom.flow.normalise"

    def _read_returns(self, channel, messages):
        bodies, noun = self._bodies(messages), channel._adapter().noun("returns")
        for message in messages.sorted("id"):
            if message.id not in bodies:
                message._fail(self.env._("The content was erased and cannot be fetched again."), category="order")
                continue
            try:
                with self.env.cr.savepoint():
                    self._hear(channel, message, noun.parse_return(bodies[message.id]))
            except (ChannelError, UserError) as error:
                message._fail(str(error), getattr(error, "code", ""), category="order")
        return []

    def _hear(self, channel, message, notice):
        """ChannelError or UserError in words where it cannot be taken in; nothing is changed then."""
        known = self.env["ecom.return"].search(
            [("channel_id", "=", channel.id), ("external_id", "=", notice.external_id)], limit=1
        )
        order = known.order_ids[:1] or self._order_of_return(channel, notice)
        if not order:
            self._await_order(message)
            return
        if known and is_older(notice.version, known.version or ""):
            message._move("superseded", done_at=fields.Datetime.now())
            return
        flow = self.env["ecom.flow.return.follow"]
        if notice.returned:
            self.env["ecom.flow.return.there"]._arrived(channel, order, notice, known)
        elif known:
            flow._follow(known, notice)
        else:
            flow._take_in(channel, order, notice)
        message._done(order_id=order.id)

    def _order_of_return(self, channel, notice):
        domain = [("ecom_channel_id", "=", channel.id), ("ecom_external_id", "=", notice.order_id)]
        return self.env["sale.order"].search(domain, limit=1)

    def _await_order(self, message):
        """It may come with the next poll; one from before going live never does."""
        if message.attempts >= PATIENCE:
            reason = self.env._("The order of this return is not here.")
            message._move("ignored", ignore_reason=reason, done_at=fields.Datetime.now())
            return
        message.write({"next_try": fields.Datetime.now() + PAUSE, "leased_until": False})
