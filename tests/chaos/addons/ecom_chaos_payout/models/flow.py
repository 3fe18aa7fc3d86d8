"""The points at which a power cut hurts most while a payout is read and booked."""

from odoo import models
from odoo.addons.ecom_chaos.death import visit


class Read(models.AbstractModel):
    _inherit = "ecom.flow.read"

    def _read(self, channel, name, content):
        found = super()._read(channel, name, content)
        visit("report read, not committed")
        return found


class Draft(models.AbstractModel):
    _inherit = "ecom.flow.draft"

    def _draft(self, *args):
        values = super()._draft(*args)
        visit("planned, nothing booked")
        return values


class Pair(models.AbstractModel):
    _inherit = "ecom.flow.pair"

    def _pair(self, moves, sides):
        visit("entry posted, not paired")
        return super()._pair(moves, sides)


class Deposit(models.AbstractModel):
    _inherit = "ecom.flow.deposit"

    def _take_sure(self, settlement):
        visit("booked, bank not reconciled")
        taken = super()._take_sure(settlement)
        visit("all done, not committed")
        return taken


class Book(models.AbstractModel):
    _inherit = "ecom.flow.book"

    def _undo(self, settlement):
        visit("undo begun")
        reversals = super()._undo(settlement)
        visit("undone, not committed")
        return reversals
