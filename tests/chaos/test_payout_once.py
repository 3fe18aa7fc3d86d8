"""No sequence of uploads, retries and power cuts books a payout twice, or half.

Reports are uploaded and posted over HTTP by several people at once, while Odoo is killed (SIGKILL) at each named point.
At the end each payout stands once in the books, balanced and equal to what the bank received, and what was undone is
taken back whole.
"""

import base64
import http.client
import random
import threading
import urllib.error
from collections import Counter

import pytest

from tools import database as databases
from tools import odoo_command
from tools.odoo_server import OdooServer, RemoteError, free_port
from tools.places import ADDONS, PROJECT

READING = ("report read, not committed",)
POSTING = (
    "planned, nothing booked",
    "entry posted, not paired",
    "booked, bank not reconciled",
    "all done, not committed",
)
UNDOING = ("undo begun", "undone, not committed")
ALL = (*READING, *POSTING, *UNDOING)
# Each start of Odoo takes seconds: the others are for `make test-long`.
WORST = ("report read, not committed", "entry posted, not paired", "all done, not committed", "undone, not committed")
ADDONS_PATH = f"--addons-path={ADDONS},{PROJECT / 'tests' / 'chaos' / 'addons'}"
HEADING = (
    "balance_transaction_id,created_utc,currency,gross,fee,net,reporting_category,automatic_payout_id,"
    "automatic_payout_effective_at_utc,payment_intent_id,source_id,description\n"
)
LOST = (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError)


@pytest.fixture
def books(postgres, database):
    odoo_command.run_once(postgres, database, "-i", "ecom_chaos_payout", ADDONS_PATH, log=f"{database}_chaos")
    odoo = OdooServer(postgres, database, ADDONS_PATH, port=free_port(), cron_threads=0)
    try:
        yield Books(odoo)
    finally:
        odoo.kill()


class Books:
    """A provider account, its reports, and what people do with them."""

    def __init__(self, odoo):
        self.odoo, self.channel_id = odoo, None

    def open(self):
        call = self.odoo.call
        journal = call("account.journal", "create", [{"name": "Clearing", "code": "CLRX", "type": "bank"}])[0]
        self.bank = call("account.journal", "create", [{"name": "Bank", "code": "BNKX", "type": "bank"}])[0]
        values = {"name": "Provider", "code": "uploaded", "clearing_journal_id": journal}
        self.channel_id = call("ecom.channel", "create", [values])[0]
        wizard = call("ecom.settlement.setup.wizard", "create", [{"channel_id": self.channel_id}])
        call("ecom.settlement.setup.wizard", "action_set_up", wizard)
        # Odoo shows bank statements to nobody by itself.
        group = self.query("SELECT res_id FROM ir_model_data WHERE module = 'account' AND name = 'group_account_basic'")
        call(
            "res.users",
            "write",
            [call("res.users", "search", [("login", "=", "admin")])[0]],
            {"group_ids": [(4, group[0][0])]},
        )

    def upload(self, number, amount):
        report = HEADING + (
            f"a{number},2026-03-02 10:00:00,usd,{amount + 3},1,{amount + 2},charge,{number},2026-03-05,tx{number},,x\n"
            f"b{number},2026-03-03 10:00:00,usd,-2,0,-2,fee,{number},2026-03-05,,,x\n"
            f"c{number},2026-03-05 00:00:00,usd,{-amount},0,{-amount},payout,{number},2026-03-05,,,\n"
        )
        call = self.odoo.call
        raw = base64.b64encode(report.encode()).decode()
        attachment = call("ir.attachment", "create", [{"name": f"{number}.csv", "datas": raw}])[0]
        values = {"channel_id": self.channel_id, "attachment_ids": [(6, 0, [attachment])]}
        wizard = call("ecom.settlement.upload.wizard", "create", [values])[0]
        call("ecom.settlement.upload.wizard", "action_upload", [wizard])

    def received(self, number, amount):
        values = {"journal_id": self.bank, "date": "2026-03-06", "payment_ref": number, "amount": amount}
        self.odoo.call("account.bank.statement.line", "create", [values])

    def press(self, button, number):
        found = self.query(
            "SELECT id FROM ecom_settlement WHERE external_id = %s AND state <> 'superseded' ORDER BY revision DESC",
            number,
        )
        if found:
            self.odoo.call("ecom.settlement", button, [found[0][0]])

    def query(self, sql, *values):
        return databases.query(self.odoo.server, self.odoo.database, sql, *values)


def tolerant(work, *args):
    """Whatever a person sees as an error: refused, since it was done already; lost, since nobody answered."""
    try:
        work(*args)
    except (RemoteError, *LOST):
        pass


def at_once(*jobs):
    """All of them at the same time; each may be refused."""
    gate = threading.Barrier(len(jobs))

    def run(work, args):
        gate.wait()
        tolerant(work, *args)

    threads = [threading.Thread(target=run, args=(work, args)) for work, *args in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_payout_is_booked_once_whoever_does_what_and_dies_when(books, long, tmp_path):
    plan = list(ALL * 6 if long else WORST)
    random.Random(3).shuffle(plan)
    with books.odoo:
        books.open()
    hits = tmp_path / "hits"
    for turn, point in enumerate(plan):
        _one_life(books, point, turn, hits)
    with books.odoo:
        for turn, _point in enumerate(plan):
            _finish(books, f"po_{turn}", 100 + turn)
        assert Counter(hits.read_text().splitlines()) == Counter(plan)
        for turn, _point in enumerate(plan):
            _stands_once(books, f"po_{turn}", 100 + turn)
        _the_books_are_whole(books)


def _one_life(books, point, turn, hits):
    """Start, and let two people do the same with the same payout until Odoo dies at that point."""
    number, amount = f"po_{turn}", 100 + turn
    armed = {"ECOM_CHAOS_POINT": point, "ECOM_CHAOS_NTH": "1", "ECOM_CHAOS_HITS": str(hits)}
    books.odoo.start(**armed)
    at_once((books.upload, number, amount), (books.upload, number, amount))
    if point not in READING:
        tolerant(books.received, number, amount)
        at_once((books.press, "action_post", number), (books.press, "action_post", number))
    if point in UNDOING:
        at_once((books.press, "action_undo", number), (books.press, "action_undo", number))
    books.odoo.kill()


def _finish(books, number, amount):
    """Both do all of it again, as people do who do not know how far it came."""
    if not books.query("SELECT 1 FROM account_bank_statement_line WHERE payment_ref = %s", number):
        books.received(number, amount)
    at_once((books.upload, number, amount), (books.upload, number, amount))
    at_once((books.press, "action_post", number), (books.press, "action_post", number))
    tolerant(books.press, "action_find_deposit", number)


# ------------------------------------------------------------------ what must be true
def _stands_once(books, number, amount):
    states = books.query("SELECT state, revision FROM ecom_settlement WHERE external_id = %s", number)
    assert states == [("posted", 1)], number
    moves = books.query(
        """SELECT move.id, sum(item.balance), sum(item.balance) FILTER (WHERE item.ecom_settlement_role = 'deposit'),
                  bool_and(item.reconciled) FILTER (WHERE item.ecom_settlement_role = 'deposit')
             FROM account_move move JOIN account_move_line item ON item.move_id = move.id
             JOIN ecom_settlement settlement ON settlement.id = move.ecom_settlement_id
            WHERE settlement.external_id = %s AND move.ecom_settlement_undone IS NOT TRUE AND move.state = 'posted'
            GROUP BY move.id""",
        number,
    )
    bank = books.query(
        """SELECT line.payment_ref, line.amount, line.is_reconciled, move.date, move.state
             FROM account_bank_statement_line line JOIN account_move move ON move.id = line.move_id"""
    )
    found = [(float(total), float(deposit), received) for _id, total, deposit, received in moves]
    assert found == [(0, amount, True)], f"{number}; the bank: {bank}"


def _the_books_are_whole(books):
    """Nothing of the channel is left on its clearing account; what was undone has its reversal; nothing is in draft."""
    left = books.query(
        """SELECT coalesce(sum(item.balance), 0) FROM account_move_line item
             JOIN account_journal journal ON journal.default_account_id = item.account_id
            WHERE journal.code = 'CLRX' AND item.parent_state = 'posted'"""
    )
    assert float(left[0][0]) == 0
    assert books.query("SELECT count(*) FROM account_move WHERE state = 'draft'") == [(0,)]
    undone = books.query(
        """SELECT count(*) FROM account_move move WHERE move.ecom_settlement_undone
              AND NOT EXISTS (SELECT FROM account_move other WHERE other.reversed_entry_id = move.id)"""
    )
    assert undone == [(0,)]
