import json
from datetime import datetime, timezone

from odoo.addons.ecom_connector.channels.records import Page, Raw
from odoo.tests import tagged

from .returns_case import ReturnsCase


@tagged("post_install", "-at_install")
class TestChannelReturns(ReturnsCase):
    """Returns that a channel tells of, and what it is told. Duplicates, contradictions and nonsense change nothing."""

    def setUp(self):
        super().setUp()
        self.order = self.sold((self.shirt, 2, 10), (self.cup, 1, 5))
        self.order.write({"ecom_channel_id": self.channel.id, "ecom_external_id": "o-1"})
        for line, number in zip(self.order.order_line, ("l-1", "l-2"), strict=True):
            line.ecom_external_id = number

    def paper(self, state="requested", moment="10:00", quantity=1, **values):
        """As the demo channel writes it down."""
        line = {"id": "rl-1", "line_id": values.pop("line", "l-1"), "quantity": quantity}
        stamp = f"2026-03-02T{moment}:00Z"
        return {
            "object": "return",
            "id": "R1",
            "order_id": "o-1",
            "number": "R-1",
            "created_at": "2026-03-02T10:00:00Z",
            "updated_at": stamp,
            "revision": int(moment.replace(":", "")),
            "state": state,
            "reason": "Too small",
            "lines": [line],
            **values,
        }

    def tell(self, paper, key=None):
        """The engine files a page and works through it."""
        version = paper.get("updated_at", "1")
        body = json.dumps(paper).encode() if isinstance(paper, dict) else paper
        message = self.env["ecom.message"].create(
            {
                "channel_id": self.channel.id,
                "direction": "in",
                "topic": "returns",
                "external_id": "R1",
                "event_key": key or f"returns:R1:{version}:{paper['state']}",
                "version": version,
                "payload_ids": [(0, 0, {"body": body})],
                "attempts": 1,
            }
        )
        self.env["ecom.flow.normalise"]._read(self.channel, message)
        return message

    def known(self):
        return self.env["ecom.return"].search([("channel_id", "=", self.channel.id)])

    # -------------------------------------------------------------------- heard
    def test_a_return_asked_for_there_is_judged_here(self):
        self.tell(self.paper())
        record = self.known()
        self.assertEqual((record.external_id, record.line_ids.quantity, record.reason), ("R1", 1, "Too small"))
        self.assertEqual(record.authorisation, "approved", "by the policy")

    def test_what_is_told_twice_is_one_return(self):
        self.tell(self.paper())
        again = self.tell(self.paper(), key="again")
        self.assertEqual((len(self.known()), again.state), (1, "done"))

    def test_an_older_state_that_comes_late_is_superseded(self):
        self.tell(self.paper("approved", "12:00"))
        late = self.tell(self.paper("declined", "11:00"))
        self.assertEqual((late.state, self.known().authorisation), ("superseded", "approved"))

    def test_a_return_of_an_order_that_is_not_here_waits_and_is_given_up(self):
        message = self.tell(self.paper(order_id="o-unknown"))
        self.assertEqual((message.state, self.known().ids), ("waiting", []))
        message.attempts = 5
        self.env["ecom.flow.normalise"]._read(self.channel, message)
        self.assertEqual((message.state, message.ignore_reason), ("ignored", "The order of this return is not here."))

    def test_more_than_was_delivered_is_an_exception_and_changes_nothing(self):
        message = self.tell(self.paper(quantity=5))
        self.assertEqual((message.state, self.known().ids), ("failed", []))
        self.assertRegex(message.problem, "5 of .* cannot come back: 2")
        domain = [("channel_id", "=", self.channel.id), ("detail", "like", "cannot come back")]
        self.assertTrue(self.env["ecom.exception"].search(domain))

    def test_hostile_payloads_are_exceptions_and_change_nothing(self):
        strange = self.paper(line="l-999")
        for number, paper in enumerate(
            (strange, self.paper("paid"), self.paper(quantity=-1), self.paper(quantity="1; DROP"), self.paper(lines=[]))
        ):
            with self.subTest(number=number):
                message = self.tell(paper, key=f"hostile-{number}")
                self.assertEqual((message.state, self.known().ids), ("failed", []))
        self.assertEqual(self.order.order_line[0].qty_delivered, 2)

    def test_a_refund_told_before_its_return_is_that_return(self):
        line = {"order_line_id": self.order.order_line[0].id, "quantity": 1, "external_id": "1"}
        values = {"channel_id": self.channel.id, "order_id": self.order.id, "external_id": "r-1", "amount": 12}
        self.env["ecom.refund"].create(values | {"currency_id": self.euro.id, "line_ids": [(0, 0, line)]})
        self.env["ecom.refund"]._open_returns()
        self.tell(self.paper("approved"))
        self.assertEqual((len(self.known()), self.known().external_id), (1, "R1"))

    def test_declined_there_before_anything_came_is_cancelled_here(self):
        self.tell(self.paper("approved"))
        self.tell(self.paper("declined", "11:00"))
        self.assertEqual((self.known().authorisation, self.known().picking_ids.state), ("cancelled", "cancel"))

    def contradiction(self):
        return self.env["ecom.exception"].search([("dedupe_key", "=like", "return:R1:%")])

    def test_return_closed_or_declined_on_the_channel_after_receipt(self):
        self.tell(self.paper("approved"))
        record = self.known()
        self.receive(record)
        self.tell(self.paper("declined", "11:00"))
        self.assertEqual((record.authorisation, record.line_ids.goods), ("approved", "received"))
        self.assertRegex(self.contradiction().detail, "its goods are here")

    def test_closed_there_while_goods_are_awaited_is_an_exception(self):
        self.tell(self.paper("approved"))
        self.tell(self.paper("closed", "11:00"))
        self.assertEqual((len(self.contradiction()), self.known().line_ids.goods), (1, "awaiting"))

    def test_closed_there_before_it_was_heard_of_is_opened_and_somebody_hears_that_its_goods_are_awaited(self):
        self.tell(self.paper("closed"))
        self.assertEqual((self.known().authorisation, self.known().line_ids.goods), ("approved", "awaiting"))
        self.assertRegex(self.contradiction().detail, "goods are still awaited")

    # --------------------------------------------------------------------- told
    def test_what_is_decided_here_is_told_there_and_what_was_heard_is_not_told_back(self):
        told = []
        noun = self.channel._adapter().noun("returns")
        # The demo shop answers no returns: as a platform that does.
        self.patch_answers(noun, told)
        self.channel.write({"mode": "live", "publish_stock": False})
        self.tell(self.paper())
        record = self.known()
        self.receive(record)
        self.decide(record)
        verbs = self.env["ecom.message"].search([("return_id", "=", record.id)], order="id")
        self.assertEqual(verbs.mapped("return_verb"), ["approve", "inspect"])
        send = self.env["ecom.flow.send"]
        answer = send._prepare_returns(self.channel, verbs[1]).record
        lines = [(line.line_id, line.quantity, line.disposition) for line in answer.lines]
        self.assertEqual((answer.return_id, lines), ("R1", [("rl-1", 1, "restocked")]))
        self.channel.publish_stock = True
        answer = send._prepare_returns(self.channel, verbs[1]).record
        self.assertEqual(answer.lines[0].disposition, "not_restocked", "our stock says how many there are")

    def patch_answers(self, noun, told):
        noun.answer_return = lambda client, answer: told.append(answer)
        self.addCleanup(delattr, noun, "answer_return")

    def test_what_the_channel_said_itself_is_not_told_back(self):
        self.patch_answers(self.channel._adapter().noun("returns"), [])
        self.channel.mode = "live"
        self.tell(self.paper("approved"))
        self.tell(self.paper("declined", "11:00"))
        self.assertFalse(self.env["ecom.message"].search([("return_id", "=", self.known().id)]))

    def test_a_page_of_a_poll_is_filed_once_and_read_until_is_when_it_was_asked(self):
        poll = self.env["ecom.flow.poll.returns"]
        cursor = self.channel.cursor_ids.filtered(lambda found: found.topic == "returns")
        self.assertTrue(cursor.next_try, "a channel that lists returns is asked for them")
        question = poll._question(self.channel)
        body = json.dumps(self.paper()).encode()
        raw = Raw(external_id="R1", version="1", body=body, updated_at=datetime.now(timezone.utc))
        for page in (Page(items=(raw,), next="2"), Page(items=(raw,))):
            poll._store(self.channel, question, page)
        self.assertEqual(self.env["ecom.message"].search_count([("topic", "=", "returns")]), 1)
        self.assertEqual(cursor.read_until, question.asked_at.replace(tzinfo=None))
        self.assertIsNone(poll._question(self.channel), "all pages were read")
