from collections import Counter

from odoo import models

from .linger import key


class EcomFlowRead(models.AbstractModel):
    """A payout that was reported again: what the second report says otherwise, in words."""

    _inherit = "ecom.flow.read"

    def _words_of_revision(self, before, now):
        name, detail = super()._words_of_revision(before, now)
        gone, come = self._changed(before, now)
        if not gone and not come:
            return name, detail
        more = self.env._(
            "%(gone_count)s lines of %(gone)s are gone, %(come_count)s lines of %(come)s are new.",
            gone_count=gone.total(),
            gone=self._sum(now, gone),
            come_count=come.total(),
            come=self._sum(now, come),
        )
        return name, f"{detail}\n{more}"

    @staticmethod
    def _changed(before, now):
        """(Counter of lines that only the first report has, of those that only the second has)."""
        first, second = (Counter(key(line) for line in one.line_ids) for one in (before, now))
        return first - second, second - first

    @staticmethod
    def _sum(settlement, lines):
        """Amounts less fees, which end the key of a line."""
        return settlement.currency_id.format(sum((one[-2] - one[-1]) * count for one, count in lines.items()))
