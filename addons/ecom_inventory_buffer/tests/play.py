"""Anything, in any order: sales, cancellations, receipts, shipments, returns, lost answers, late ones and dead workers.

Hypothesis plays them against the add-ons and real tables; beside it counts `law.Law`, who keeps a list of what
came and went and asks the orders. After each decision the terms must be those of a recount from scratch. Whatever is
written to a shop must be a decrease, or stay within what law 5 allows. And when the dust settles, each shop shows what
may be sold, to the unit.
"""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from .law import Wish
from .world import World

SHOPS = st.sampled_from(["market", "web"])
GOODS = st.integers(0, 1)  # one of the two that are sold, or that lie on the shelf
FEW = st.integers(1, 4)
ANY = st.integers(0, 9)
WISHES = st.builds(
    Wish,
    keep_back=st.integers(0, 3),
    percent=st.sampled_from([100, 100, 50, 10]),
    zero_at=st.sampled_from([0, 0, 2, 5]),
    cap=st.sampled_from([None, None, 1, 6]),
)
FAULTS = ("cut_before", "cut_after", "broken_after", "stale", "throttled", "wrong_shape", "not_json", "empty")


class Play(RuleBasedStateMachine):
    case = None  # the test, set by `play`
    made_of = World

    def __init__(self):
        super().__init__()
        self.savepoint = self.case.env.cr.savepoint()
        self.world = self.made_of(self.case)
        self.settle_down()

    def teardown(self):
        try:
            self.settle_down()
            for name, product in self.world.levels:
                shown, right = self.world.shown(name, product), self.world.should_show(name, product)
                assert shown == right, f"{name} shows {shown} of {product} instead of {right}"
        finally:
            self.world.close()
            self.savepoint.close(rollback=True)
            self.case.env.invalidate_all()

    # -------------------------------------------------------------------- shops
    @rule(name=SHOPS, product=GOODS, quantity=FEW)
    def a_buyer_takes_some(self, name, product, quantity):
        self.world.sell(name, self.world.sold[product], quantity)

    @rule(name=SHOPS, choice=ANY)
    def a_buyer_changes_his_mind(self, name, choice):
        self.world.cancel_there(name, choice)

    @rule(name=SHOPS, product=GOODS, quantity=ANY)
    def somebody_types_another_figure_over_there(self, name, product, quantity):
        self.world.edit_by_hand(name, self.world.sold[product], quantity)

    @rule(name=SHOPS, fault=st.sampled_from(FAULTS))
    def the_next_write_goes_wrong(self, name, fault):
        self.world.shops[name].misbehave("stock.write", fault, times=1, seconds=1)

    # --------------------------------------------------------------- the engine
    @rule(name=SHOPS)
    def orders_are_asked_for(self, name):
        self.world.poll(name)

    @rule(name=SHOPS)
    def orders_are_placed(self, name):
        self.world.place(name)

    @rule(name=SHOPS)
    def news_comes_twice(self, name):
        self.world.deliver_again(name)

    @rule()
    def stock_is_decided(self):
        self.world.decide()
        self.check_terms()

    @rule()
    def a_decider_dies(self):
        self.world.die_deciding()

    @rule(name=SHOPS)
    def a_worker_dies_placing_orders(self, name):
        self.world.die_placing(name)

    @rule(name=SHOPS, twice=st.booleans())
    def a_worker_publishes(self, name, twice):
        if self.world.intend(name):
            self.call_and_settle(name, len(self.world.calls[name]) - 1, twice=twice)

    @rule(name=SHOPS)
    def a_slow_worker_intends(self, name):
        self.world.intend(name)

    @precondition(lambda self: any(self.world.calls.values()))
    @rule(name=SHOPS, choice=ANY, dies=st.booleans())
    def a_slow_worker_calls_at_last(self, name, choice, dies):
        if self.world.calls[name]:
            self.call_and_settle(name, choice % len(self.world.calls[name]), dies=dies)

    @precondition(lambda self: any(self.world.calls.values()))
    @rule(name=SHOPS)
    def a_worker_dies_before_its_call(self, name):
        if self.world.calls[name]:
            self.world.calls[name].pop()

    @rule(minutes=st.sampled_from([0, 1, 30]))
    def time_passes(self, minutes):
        self.world.wait(minutes)

    # ---------------------------------------------------------------- the house
    @rule(name=SHOPS, wish=WISHES)
    def the_merchant_writes_a_rule(self, name, wish):
        self.world.wish(name, wish)

    @rule(product=GOODS, change=st.sampled_from([-4, -2, -1, 1, 3, 8]))
    def goods_arrive_or_are_missing(self, product, change):
        self.world.count(self.stocked(product), change)

    @rule(product=GOODS, quantity=FEW, method=st.sampled_from(["at_confirm", "manual"]))
    def the_sales_team_sells_some(self, product, quantity, method):
        self.world.reserve(method)
        self.world.order(self.world.sold[product], quantity)

    @rule(choice=ANY)
    def an_order_is_cancelled_here(self, choice):
        self.world.cancel_here(choice)

    @rule(choice=ANY)
    def an_order_is_reserved(self, choice):
        self.world.reserve_one(choice)

    @rule(choice=ANY, part=st.booleans())
    def an_order_is_shipped(self, choice, part):
        self.world.ship(choice, part)

    @rule(product=GOODS, quantity=FEW)
    def units_are_held_for_a_while(self, product, quantity):
        self.world.hold(self.world.sold[product], quantity)

    @rule(choice=ANY, by_time=st.booleans())
    def a_hold_ends(self, choice, by_time):
        self.world.end_hold(choice, by_time)

    @rule(product=GOODS)
    def a_unit_is_sent_back(self, product):
        self.world.send_back(self.stocked(product))

    @rule(product=GOODS)
    def a_returned_unit_is_released(self, product):
        self.world.release(self.stocked(product))

    def stocked(self, number):
        return list(self.world.stocked)[number]

    # -------------------------------------------------------------- what must hold
    def call_and_settle(self, name, position, dies=False, twice=False):
        changed, answered = self.world.call(name, position, twice)
        for key, before, after, allowed in changed:
            assert after <= max(before, allowed), f"{key}: {after} was written over {before}, {allowed} were allowed"
        if not dies:
            self.world.settle(name, *answered)

    def check_terms(self):
        for (name, product), level in self.world.levels.items():
            right = self.world.terms(product)
            kept = {field: level[field] for field in right[0]}
            assert kept in right, f"{name}, {product}: {kept} was kept, a recount says {right}"
            # What is taken off for sales that are not here yet, nobody but the engine can know.
            free = kept["on_hand"] - kept["reserved"] - kept["waiting"] - kept["held"] - level.unimported
            assert level.unimported >= 0 and level.free_quantity == free
            assert level.decided == self.world.should_show(name, product, free)

    def settle_down(self):
        """Nothing goes wrong any more, and the engine has all the time it needs."""
        for shop in self.world.shops.values():
            shop.behave()
        for turn in range(8):
            self.world.wait(0)
            if turn == 0:
                self.world.hear_of_all()
            for name in self.world.assortment:
                self.world.calls[name].clear()
                self.world.poll(name)
                self.world.place(name)
            self.world.decide()
            if not sum(self.publish_all(name) for name in self.world.assortment) and turn:
                break
        self.check_terms()
        assert not any(self.world.levels[key].unimported for key in self.world.levels)

    def publish_all(self, name):
        for calls in range(10):
            if not self.world.intend(name):
                return calls
            self.call_and_settle(name, 0)
        raise AssertionError(f"{name} publishes for ever")
