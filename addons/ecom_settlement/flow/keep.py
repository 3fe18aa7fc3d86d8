import hashlib
import logging
from datetime import timedelta
from io import BytesIO
from itertools import islice

from psycopg2 import OperationalError

from odoo import fields, models
from odoo.addons.ecom_connector.channels.errors import Unreadable
from odoo.addons.ecom_connector.channels.reports.package import reports
from odoo.addons.ecom_connector.channels.storable import storable
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)

LOOK_BACK_DAYS = 45
# Files in one mail or archive: a year of daily reports, and no more.
MOST_FILES = 400


class EcomFlowKeep(models.AbstractModel):
    """What came, from wherever -> `ecom.settlement.report`, kept as it was; then payouts. A file that comes again is
    the report that it was."""

    _name = "ecom.flow.keep"
    _description = "E-commerce: keep reports"

    def _keep(self, channel, name, content, source, key=""):
        """The report, waiting to be read if it is new or could not be read before."""
        key = storable(key) or hashlib.sha256(content).hexdigest()
        Report = self.env["ecom.settlement.report"]
        known = Report.search([("channel_id", "=", channel.id), ("key", "=", key)], limit=1)
        if known:
            return known
        attachment = self.env["ir.attachment"].create({"name": storable(name) or key[:12], "raw": content})
        report = Report.create(
            {
                "channel_id": channel.id,
                "name": attachment.name,
                "source": source,
                "key": key,
                "attachment_id": attachment.id,
            }
        )
        # Who may read the report may read the file.
        attachment.write({"res_model": Report._name, "res_id": report.id})
        return report

    def _keep_file(self, channel, name, content, source):
        """The reports of one file; an archive holds several. What cannot be unpacked is kept as one that cannot be
        read."""
        try:
            with self.env.cr.savepoint():
                parts = islice(reports(BytesIO(content), name), MOST_FILES)
                return self.env["ecom.settlement.report"].union(
                    *(self._keep(channel, part, body, source) for part, body in parts)
                )
        except Unreadable as error:
            report = self._keep(channel, name, content, source)
            report.write({"state": "unreadable", "problem": str(error)})
            return report

    def _keep_mail(self, channel, message):
        """The reports of a mail, read at once: its sender waits for nothing. What hangs on it for show is left out."""
        Report = self.env["ecom.settlement.report"]
        found = Report
        for part in message.get("attachments") or ():
            content = part.content.encode() if isinstance(part.content, str) else part.content
            if content and not (part.info or {}).get("cid"):
                found |= self._keep_file(channel, part.fname, content, "mail")
        if not found:
            body = str(message.get("body") or "").encode() or b"-"
            found = self._keep(channel, message.get("subject") or "Mail", body, "mail")
            found.write({"state": "unreadable", "problem": self.env._("No report hangs on this mail.")})
        for report in found.filtered(lambda report: report.state == "waiting"):
            self._understand(report)
        return found

    # -------------------------------------------------------------- understand
    def _understand_next(self, channel):
        """Read one of the reports that wait. Whether there was one."""
        report = self.env["ecom.settlement.report"].search(
            [("channel_id", "=", channel.id), ("state", "=", "waiting")], order="id", limit=1
        )
        if report:
            self._understand(report)
        return bool(report)

    def _understand(self, report):
        """Its payouts; where it cannot be read it says why, and a person hears of it."""
        channel = report.channel_id
        try:
            # Half a report is none.
            with self.env.cr.savepoint():
                made, (known, waiting) = self.env["ecom.flow.read"]._read(
                    channel, report.name, report.attachment_id.raw or b""
                )
        except OperationalError:
            raise
        except Unreadable as error:
            return self._leave(report, str(error))
        except Exception:
            # One report that nobody foresaw keeps no other one waiting.
            _logger.exception("The payout report %s was not read", report.id)
            return self._leave(report, self.env._("It could not be read: an internal error."))
        made.report_id = report
        report.write({"state": "read", "problem": False, "known_count": known, "waiting_count": waiting})
        self.env["ecom.exception"]._solve(channel, {self._trouble(report)})
        for settlement in made:
            self.env["ecom.flow.explain"]._explain(settlement)
            self.env["ecom.flow.dispute"]._follow(settlement)
            self._post_plain(settlement)
        return made

    def _leave(self, report, problem):
        report.write({"state": "unreadable", "problem": problem})
        self._tell(report)
        return self.env["ecom.settlement"]

    def _look_again(self, channel):
        """Payouts of the last weeks that lack orders: they may have come meanwhile."""
        since = fields.Datetime.now() - timedelta(days=LOOK_BACK_DAYS)
        domain = [("channel_id", "=", channel.id), ("state", "=", "new"), ("open_count", ">", 0)]
        for settlement in self.env["ecom.settlement"].search([*domain, ("create_date", ">=", since)]):
            self.env["ecom.flow.explain"]._explain(settlement)
            self._post_plain(settlement)

    def _post_plain(self, settlement):
        """Where the account says so: into the books, if nothing is left for a person to say."""
        unknown = settlement.line_ids.filtered(lambda line: line.family == "unknown" or line.match_state == "ambiguous")
        doubtful = settlement.flaws or unknown or settlement.open_count or settlement.payout_state != "paid"
        if doubtful or not settlement.channel_id.auto_post_payouts or settlement.state != "new":
            return
        try:
            with self.env.cr.savepoint():
                self.env["ecom.flow.book"]._post(settlement)
                self.env["ecom.flow.deposit"]._take_sure(settlement)
        except UserError as error:
            # A missing account or a closed month: it waits for whoever looks at the payout.
            self.env["ecom.flow.read"]._tell(
                settlement,
                f"settlement:{settlement.external_id}:post",
                self.env._("The payout %(number)s was not posted by itself", number=settlement.external_id),
                str(error),
            )

    @staticmethod
    def _trouble(report):
        return f"report:{report.key}"

    def _tell(self, report):
        """Whoever uploads sees it at once; of what came by itself somebody must be told."""
        if report.source == "upload":
            return
        exception = self.env["ecom.exception"]._open(
            report.channel_id,
            category="payout",
            severity="2",
            name=self.env._("The payout report %(name)s cannot be read", name=report.name),
            detail=report.problem,
            dedupe_key=self._trouble(report),
        )
        exception.sudo().settlement_report_id = report
