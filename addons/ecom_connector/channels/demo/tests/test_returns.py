"""Returns as the shop announces them."""

from channels import errors
from channels.demo import returns
from channels.demo.shop import Refusal

from .common import ShopCase, later, sample


class TestReturns(ShopCase):
    def test_the_sample_return_says_what_comes_back_and_why(self):
        notice = returns.parse_return(sample("return.json"))
        self.assertEqual((notice.number, notice.order_id, notice.state), ("RT-501", "881001", "requested"))
        self.assertEqual([(line.line_id, line.quantity) for line in notice.lines], [("881001-2", 1)])
        self.assertEqual(notice.reason, "Does not please")

    def test_a_return_is_seen_again_when_it_was_answered(self):
        order = self.place(("FD-TEA", 2))
        line = order["lines"][0]["id"]
        with self.assertRaises(Refusal):
            self.shop.request_return(order["id"], {line: 1})
        self.shop.send_parcel({"key": "p", "order_id": order["id"]})
        asked = self.shop.request_return(order["id"], {line: 2}, "Too small")
        self.shop.answer_return(asked["id"], "approved", now=later(days=1))
        found = returns.fetch_returns(self.client, later(hours=1)).items
        self.assertEqual([returns.parse_return(raw.body).state for raw in found], ["approved"])

    def test_what_is_no_return_is_unreadable(self):
        for body in (b"[]", sample("refund.json"), sample("return.json").replace(b"requested", b"lost")):
            with self.assertRaises(errors.Unreadable):
                returns.parse_return(body)
