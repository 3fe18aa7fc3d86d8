"""Anything that happens to returns, in any order: Hypothesis plays it against the add-on and real tables.

Two orders of a channel: one in euros of pieces, one in dollars of dozens; and a kit, where mrp is installed. After each
step the books are counted anew by `ledger.py`, which knows what came and went and nothing of our code.
"""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from odoo.exceptions import AccessError, UserError

ORDER = st.integers(0, 2)
ANY = st.integers(0, 9)
FEW = st.integers(0, 4)
WANTED = st.sampled_from(["restock", "restock", "refurbish", "liquidate", "scrap", "vendor", "give_back"])


class Play(RuleBasedStateMachine):
    case = None  # the test, set by `play`

    def __init__(self):
        super().__init__()
        self.savepoint = self.case.env.cr.savepoint()
        self.refunds = 0

    @initialize()
    def goods_were_sold(self):
        self.orders = self.case.sell_for_play()

    def teardown(self):
        self.savepoint.close(rollback=True)
        self.case.env.invalidate_all()

    def attempt(self, step, *args, **values):
        """What people try and are refused changes nothing."""
        try:
            with self.case.env.cr.savepoint():
                step(*args, **values)
        except (UserError, AccessError):
            self.case.env.invalidate_all()
        self.case.count_anew(self.orders)

    def some(self, choice, *states):
        records = self.case.env["ecom.return"].search([("order_ids", "in", self.orders.ids)], order="id")
        records = records.filtered(lambda record: not states or record.authorisation in states)
        return records[choice % len(records)] if records else records

    # ------------------------------------------------------------------- people
    @rule(order=ORDER, units=st.tuples(FEW, FEW))
    def a_buyer_asks(self, order, units):
        self.attempt(self.case.opened, self.orders[order % len(self.orders)], *units)

    @rule(order=ORDER, part=ANY, units=FEW)
    def a_buyer_asks_for_pieces(self, order, part, units):
        self.attempt(self.case.open_part, self.orders[order % len(self.orders)], part, units)

    @rule(choice=ANY)
    def it_is_agreed_to(self, choice):
        self.attempt(self.some(choice, "requested", "expired").action_approve)

    @rule(choice=ANY)
    def it_is_refused(self, choice):
        self.attempt(self.some(choice, "requested").action_refuse, "No")

    @rule(choice=ANY)
    def it_is_cancelled(self, choice):
        self.attempt(self.some(choice, "requested", "approved").action_cancel)

    @rule(choice=ANY)
    def the_goods_stay_with_the_buyer(self, choice):
        self.attempt(self.some(choice, "requested", "approved").action_keep)

    @rule(choice=ANY, counted=st.tuples(FEW, FEW))
    def a_box_arrives(self, choice, counted):
        if record := self.some(choice, "approved"):
            self.attempt(self.case.receive, record, SHIRT=counted[0], CUP=counted[1])

    @rule(choice=ANY, wanted=WANTED)
    def goods_are_decided_about(self, choice, wanted):
        if record := self.some(choice):
            self.attempt(self.case.carry_out, record, wanted)

    @rule(choice=ANY)
    def it_is_credited(self, choice):
        if record := self.some(choice):
            self.attempt(self.case.credited, record)

    @rule(choice=ANY)
    def it_is_written_off(self, choice):
        self.attempt(self.some(choice, "approved").action_write_off)

    @rule(choice=ANY, units=st.integers(1, 2))
    def it_is_exchanged(self, choice, units):
        if record := self.some(choice, "requested", "approved"):
            flow = self.case.env["ecom.flow.return.exchange"]
            self.attempt(flow._exchange, record, [(self.case.shirt, units)])

    @rule(choice=ANY)
    def an_exchange_is_cancelled(self, choice):
        if record := self.some(choice):
            self.attempt(record.replacement_ids.filtered(lambda order: order.state == "draft").action_cancel)

    @rule()
    def time_passes_and_nothing_comes(self):
        records = self.case.env["ecom.return"].search([("order_ids", "in", self.orders.ids)])
        records.filtered(lambda record: record.authorisation == "approved")[:1].authorised_at = "2020-01-01"
        self.attempt(records._cron_expire)

    # ------------------------------------------------------------------ channel
    @rule(order=ORDER, part=ANY, units=st.integers(1, 5), again=st.booleans())
    def the_channel_refunds(self, order, part, units, again):
        """`again`: it tells of the last one once more."""
        self.refunds += not again
        self.attempt(self.case.refund_there, self.orders[order % len(self.orders)], part, units, self.refunds)

    @rule(order=ORDER, part=ANY, units=FEW, state=st.sampled_from(["requested", "approved", "declined", "closed"]))
    def the_channel_tells_of_a_return(self, order, part, units, state):
        self.attempt(self.case.hear_of, self.orders[order % len(self.orders)], part, units, state)
