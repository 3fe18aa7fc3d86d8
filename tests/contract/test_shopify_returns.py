"""Returns of Shopify, answered: each is said once, however often it is tried, in the words of the official schema."""

from decimal import Decimal

import pytest

from tests.contract.shopify_case import ship_all
from tests.sandbox.shopify import people, returning

from channels.errors import Gone, Rejected, Unanswered  # isort: skip
from channels.records import ReturnAnswer, ReturnAnswerLine  # isort: skip
from channels.shopify import returns  # isort: skip


@pytest.fixture
def asked(opened):
    """(shop, desk, client, order, return) of two shirts that somebody wants to send back."""
    shop, desk, client = opened
    number = people.place_order(shop, {"SHIRT": 2, "CUP": 1})
    ship_all(shop, client, number)
    return shop, desk, client, number, people.ask_return(shop, number, "SHIRT", 2)


def answer(number, paper, verb, *lines, **values):
    return ReturnAnswer(
        key="1",
        return_id=str(paper),
        order_id=str(number),
        verb=verb,
        lines=tuple(
            ReturnAnswerLine(line_id=str(line), quantity=Decimal(units), disposition=word)
            for line, units, word in lines
        ),
        **values,
    )


def status(shop, paper):
    return returning.find(shop, f"gid/{paper}")[1]["status"]


def told(desk, name):
    return len([one for one, _variables in desk.asked if one == name])


def test_a_request_is_approved_once_however_often_it_is_said(asked):
    shop, desk, client, number, paper = asked
    for _turn in range(2):
        assert returns.answer_return(client, answer(number, paper, "approve")) == str(paper)
    assert (status(shop, paper), told(desk, "ApproveReturn")) == ("OPEN", 1)


def test_a_request_is_declined_with_the_shops_own_reason_and_what_was_agreed_to_is_cancelled(asked):
    shop, desk, client, number, paper = asked
    returns.answer_return(client, answer(number, paper, "decline", reason="too_late", note="After 14 days"))
    assert status(shop, paper) == "DECLINED"
    said = dict(desk.asked)["DeclineReturn"]["input"]
    assert (said["declineReason"], said["declineNote"]) == ("RETURN_PERIOD_ENDED", "After 14 days")
    second = people.ask_return(shop, number, "CUP", 1)
    returns.answer_return(client, answer(number, second, "approve"))
    returns.answer_return(client, answer(number, second, "decline"))
    assert status(shop, second) == "CANCELED"


def test_what_was_looked_at_is_told_in_parts_and_never_twice(asked):
    shop, desk, client, number, paper = asked
    returns.answer_return(client, answer(number, paper, "approve"))
    line = shop.orders[number]["lines"][0]["id"]
    first = answer(number, paper, "inspect", (line, 1, "restocked"))
    front = next(iter(shop.locations))
    before = shop.available("SHIRT", front)
    for _turn in range(2):
        returns.answer_return(client, first)
    assert shop.available("SHIRT", front) == before + 1 and status(shop, paper) == "OPEN"
    returns.answer_return(client, answer(number, paper, "inspect", (line, 1, "restocked"), (line, 1, "not_restocked")))
    found = returning.find(shop, f"gid/{paper}")[1]
    assert found["dispositions"] == [("SHIRT", 1, "RESTOCKED"), ("SHIRT", 1, "NOT_RESTOCKED")]
    assert (found["status"], shop.available("SHIRT", front)) == ("CLOSED", before + 1)


def test_an_answer_that_was_lost_on_the_way_is_not_given_twice(asked):
    from tests.sandbox.shopify.desk import Trouble

    shop, desk, client, number, paper = asked
    returns.answer_return(client, answer(number, paper, "approve"))
    line = shop.orders[number]["lines"][0]["id"]
    desk.trouble.append(Trouble("cut", "ProcessReturn"))
    looked = answer(number, paper, "inspect", (line, 2, "missing"))
    with pytest.raises(Unanswered):
        returns.answer_return(client, looked)
    returns.answer_return(client, looked)
    assert returning.find(shop, f"gid/{paper}")[1]["dispositions"] == [("SHIRT", 2, "MISSING")]


def test_more_than_the_shop_expects_and_a_return_that_is_gone_are_refused_in_words(asked):
    shop, _desk, client, number, paper = asked
    returns.answer_return(client, answer(number, paper, "approve"))
    line = shop.orders[number]["lines"][0]["id"]
    with pytest.raises(Rejected, match="2 units of this, not 3"):
        returns.answer_return(client, answer(number, paper, "inspect", (line, 3, "restocked")))
    with pytest.raises(Gone):
        returns.answer_return(client, answer(number, 999999, "approve"))
