"""Payout reports that the channel offers by its interface, and those that somebody lays into its folder: kept first,
read afterwards, each in a transaction of its own."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

from odoo import fields, models
from odoo.addons.ecom_connector.channels.errors import Refused
from odoo.addons.ecom_connector.flow.clock import now
from odoo.addons.ecom_connector.flow.receive import LOST_TOKEN_FAILURES, aware, naive
from odoo.tools import config

LOOK_EVERY = timedelta(hours=1)
ASK_EVERY = timedelta(hours=6)
# A payout may change its state for some days after it was issued: paid, and then refused by the bank.
OVERLAP = timedelta(days=4)
# Of odoo.conf: the folder below which each account has one. People choose no path of the server.
OPTION = "ecom_payout_folder"
DONE, LARGEST = "taken", 128 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The next page of payouts since then; `asked_at` by our clock."""

    client: Any
    settlements: ModuleType
    since: datetime
    asked_at: datetime
    token: str = ""


class EcomFlowWork(models.AbstractModel):
    _inherit = "ecom.flow.work"

    def _slice_settlements(self, task):
        """Ask, look into the folder, then read what waits."""
        fetch = "ecom.flow.fetch"
        while time.monotonic() < task.until:
            with self._transaction(task) as (env, channel):
                question = env[fetch]._question(channel)
            if question is None:
                break
            try:
                page = self.env[fetch]._ask(question)
            except Refused as error:
                # Orders go on: who may read them need not be allowed to see the money.
                with self._transaction(task) as (env, channel):
                    env[fetch]._give_up(channel, error)
                break
            with self._transaction(task) as (env, channel):
                env[fetch]._store(channel, question, page)
        with self._transaction(task) as (env, channel):
            found = env[fetch]._look(channel)
        self.env[fetch]._put_away(found)
        while time.monotonic() < task.until:
            with self._transaction(task) as (env, channel):
                if not env["ecom.flow.keep"]._understand_next(channel):
                    break
        else:
            return now()
        with self._transaction(task) as (env, channel):
            env["ecom.flow.keep"]._look_again(channel)
            env["ecom.flow.earn"]._learn(channel)
            env["ecom.flow.earn"]._tell_late(channel)
            env["ecom.flow.earn"]._tell_tiers(channel)
        return self._errand(task, "ecom.flow.missing", every=LOOK_EVERY)


class EcomFlowFetch(models.AbstractModel):
    _name = "ecom.flow.fetch"
    _description = "E-commerce: fetch payouts"

    # --------------------------------------------------------------------- ask
    def _question(self, channel):
        """None where nothing is offered, nobody wants it, or it was asked a while ago."""
        noun, cursor = channel._adapter().noun("settlements"), self._cursor(channel)
        if not hasattr(noun, "fetch_settlements") or not channel.fetch_payouts:
            return None
        if not cursor.position and cursor.fresh_at and cursor.fresh_at + ASK_EVERY > fields.Datetime.now():
            return None
        begin = cursor.read_until or channel.go_live or channel.create_date
        return Question(
            client=channel._connect(),
            settlements=noun,
            since=aware(begin) - OVERLAP,
            asked_at=aware(fields.Datetime.now()),
            token="" if cursor.failures >= LOST_TOKEN_FAILURES else cursor.position or "",
        )

    def _ask(self, question):
        """The outward call. Returns a Page of Raw."""
        return question.settlements.fetch_settlements(question.client, question.since, None, question.token)

    def _store(self, channel, question, page):
        """Keep what came, and how far that is. A payout that changed is another report."""
        keep, cursor = self.env["ecom.flow.keep"], self._cursor(channel)
        seen = cursor.seen_until or cursor.read_until or naive(question.since)
        for raw in page.items:
            keep._keep(channel, f"{raw.external_id}", raw.body, "channel", key=f"{raw.external_id}~{raw.version}")
            seen = max(seen, naive(raw.updated_at)) if raw.updated_at else seen
        if page.next and page.next != question.token:
            cursor.write({"position": page.next, "seen_until": seen})
            return
        cursor.write({"position": False, "seen_until": False, "read_until": seen, "fresh_at": naive(question.asked_at)})

        self.env["ecom.exception"]._solve(channel, {"payouts:refused"})

    def _give_up(self, channel, error):
        """Until the next time; a person hears what is missing."""
        self._cursor(channel).write({"position": False, "seen_until": False, "fresh_at": fields.Datetime.now()})
        self.env["ecom.exception"]._open(
            channel,
            category="connection",
            severity="2",
            name=self.env._("%(channel)s does not show us its payouts", channel=channel.name),
            detail=self.env._("%(reason)s Upload the reports, or switch fetching off.", reason=error),
            dedupe_key="payouts:refused",
        )

    @staticmethod
    def _cursor(channel):
        return channel._cursors("settlements")

    # ------------------------------------------------------------------ folder
    def _folder(self, channel):
        """The folder of this account, None where there is none."""
        root, name = config.get(OPTION), (channel.payout_folder or "").strip()
        if not root or not name or name in (".", "..") or Path(name).name != name:
            return None
        folder = Path(root, name)
        return folder if folder.is_dir() and not folder.is_symlink() else None

    def _look(self, channel):
        """Keep what lies in the folder. Returns the files; they are put away once that is committed."""
        folder = self._folder(channel)
        files = sorted(path for path in folder.iterdir() if self._is_report(path)) if folder else []
        fitting = [path for path in files if path.stat().st_size <= LARGEST]
        for path in fitting:
            self.env["ecom.flow.keep"]._keep_file(channel, path.name, path.read_bytes(), "folder")
        for path in set(files) - set(fitting):
            self._tell_large(channel, path)
        return fitting

    def _tell_large(self, channel, path):
        self.env["ecom.exception"]._open(
            channel,
            category="payout",
            severity="2",
            name=self.env._("%(name)s in the folder of payout reports is too large", name=path.name),
            detail=self.env._("Reports may have up to %(size)s MB. Download it in parts.", size=LARGEST // 2**20),
            dedupe_key=f"report:folder:{path.name}",
        )

    @staticmethod
    def _is_report(path):
        """Files begin with a point, or end on ".part", while they are being written."""
        is_ready = not path.name.startswith(".") and path.suffix not in (".part", ".tmp", ".filepart")
        return is_ready and path.is_file() and not path.is_symlink()

    @staticmethod
    def _put_away(files):
        for path in files:
            place = path.parent / DONE
            place.mkdir(exist_ok=True)
            there = place / path.name
            # Another file of that name may have been taken before.
            if there.exists():
                there = place / f"{path.stem}-{time.time_ns()}{path.suffix}"
            path.rename(there)
