"""A channel that answers nonsense about stock: told in clear words, what was known is kept, nobody else is stopped."""

from dataclasses import replace

from odoo.addons.ecom_connector.channels.errors import Unreadable
from odoo.addons.ecom_connector.channels.records import StockResult
from odoo.addons.ecom_connector.flow.clock import now
from odoo.tests import tagged
from odoo.tools import mute_logger

from .stock_case import ShopCase

NO_QUANTITY = "What the channel says it shows is no quantity. What was last known is kept."
SENSELESS = ("seven", float("nan"), float("inf"), [], {}, True, 10**30)


@tagged("post_install", "-at_install")
class TestNonsense(ShopCase):
    def setUp(self):
        super().setUp()
        self.second = self._list(self.other, self.second_item).level_ids
        self._put(5, self.other)
        self._show(10)

    def _turn(self, **functions):
        """Intend, let these functions answer instead of the shop, settle. Returns the answer."""
        self._new_transaction()
        batch = self.env["ecom.flow.publish"]._intend(self.channel)
        stock = type("Stock", (), {name: staticmethod(function) for name, function in functions.items()})
        answer = self.env["ecom.flow.publish"]._call(replace(batch, stock=stock))
        self._new_transaction()
        self.env["ecom.flow.publish"]._settle(self.channel, batch, answer)
        self.env.flush_all()
        return answer

    def _change_both(self):
        self._put(-1)
        self._put(-1, self.other)
        self._decide()

    def test_a_figure_that_is_none_concerns_its_own_listing_only(self):
        for figure in SENSELESS:
            with self.subTest(figure=figure):
                levels = self.level + self.second
                levels.write({"unsure": True, "next_try": False})
                for level in levels:
                    level.sequence += 1
                told = {(self.item, ""): figure, (self.second_item, ""): 4}
                answer = self._turn(read_stock=lambda _client, _levels, told=told: told)
                self.assertIsNone(answer.error)
                self.assertEqual(answer.held.get(self.second.id), 4)
                self.assertEqual((self.second.published, self.second.unsure), (4, False))
                self.assertEqual((self.level.published, self.level.problem), (10, NO_QUANTITY))

    def test_an_answer_for_others_than_were_asked_for_is_no_answer(self):
        self._change_both()
        strangers = [StockResult(variant_id="stranger"), StockResult(variant_id=self.second_item)]
        answer = self._turn(push_stock=lambda _client, _levels: strangers)
        self.assertEqual(set(answer.results), {self.second.id})
        self.assertTrue(self.level.unsure, "it is asked what it shows before anything else is written")
        self.assertEqual(self.second.published, 4)

    def test_an_outcome_nobody_knows_is_a_rejection_with_a_name(self):
        self._change_both()
        results = [
            StockResult(variant_id=self.item, outcome="perhaps"),
            StockResult(variant_id=self.second_item, outcome="applied"),
        ]
        self._turn(push_stock=lambda _client, _levels: results)
        self.assertTrue(self.level.problem)
        self.assertEqual(self.level.published, 10)
        self.assertEqual(self.second.published, 4)

    def test_a_senseless_figure_after_a_write_is_not_believed(self):
        self._change_both()
        results = [
            StockResult(variant_id=self.item, outcome="applied", held="lots"),
            StockResult(variant_id=self.second_item, outcome="applied", held=-2),
        ]
        self._turn(push_stock=lambda _client, _levels: results)
        self.assertTrue(self.level.unsure)
        self.assertEqual(self.second.published, 0)

    @mute_logger("odoo.addons.ecom_connector.flow.publish")
    def test_an_adapter_that_breaks_leaves_everything_as_it_was_and_is_asked_later(self):
        self._change_both()

        def explode(_client, _levels):
            return {}["not there"]

        answer = self._turn(push_stock=explode)
        self.assertIsInstance(answer.error, KeyError)
        self.assertEqual((self.level.published, self.level.unsure), (10, True))
        self.assertGreater(self.level.next_try, now())

    def test_an_answer_that_cannot_be_read_is_asked_for_again(self):
        self._change_both()

        def mumble(_client, _levels):
            raise Unreadable("The shop's answer makes no sense.")

        answer = self._turn(push_stock=mumble)
        self.assertIsInstance(answer.error, Unreadable)
        (self.level + self.second).next_try = False
        self._publish()
        self.assertEqual((self.shop.stock(self.item), self.shop.stock(self.second_item)), (9, 4))
