"""Orders that a payout names and that are not here: what happens to their money, by the account's policy."""

from dataclasses import dataclass
from datetime import datetime, timezone
from types import ModuleType
from typing import Any

from odoo import fields, models
from odoo.addons.ecom_connector.channels.errors import Rejected, Unreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    client: Any
    orders: ModuleType
    number: str
    line_id: int


class EcomFlowMissing(models.AbstractModel):
    """Ask the shop for orders by the numbers that its payouts name, one after the other."""

    _name = "ecom.flow.missing"
    _description = "E-commerce: orders that payouts name"

    def _question(self, channel):
        """None where nothing is missing, or nobody wants it here."""
        orders = channel._adapter().noun("orders")
        line = self._next(channel) if hasattr(orders, "find_order") else None
        if not line:
            return None
        number = line.order_number or line.order_reference
        return Question(client=channel._connect(), orders=orders, number=number, line_id=line.id)

    def _next(self, channel):
        """A line whose order nobody asked for yet."""
        maps = self.env["ecom.payment.map"].search([("channel_id", "=", channel.id)])
        accounts = (channel | maps.provider_id).filtered(lambda account: account.missing_order_policy == "import")
        if not accounts:
            return None
        return self.env["ecom.settlement.line"].search(
            [
                ("settlement_id.channel_id", "in", accounts.ids),
                ("settlement_id.state", "=", "new"),
                ("match_state", "=", "open"),
                ("asked_at", "=", False),
                "|",
                ("order_number", "!=", False),
                ("order_reference", "!=", False),
            ],
            limit=1,
        )

    def _ask(self, question):
        """The outward call. Returns a Raw, None where the shop knows no such order."""
        try:
            return question.orders.find_order(question.client, question.number)
        except (Rejected, Unreadable):
            return None

    def _store(self, channel, question, raw):
        """The order comes in like any other; its lines are not asked for again."""
        line = self.env["ecom.settlement.line"].browse(question.line_id)
        line._alike().write({"asked_at": fields.Datetime.now()})
        if raw:
            receive = self.env["ecom.flow.receive"]
            wish = datetime.now(timezone.utc).isoformat()
            receive._store(channel, [receive._order_item(raw, wish=wish)])


class EcomFlowPlan(models.AbstractModel):
    _inherit = "ecom.flow.plan"

    def _family_elsewhere(self, settlement, family):
        """Money of orders that are kept elsewhere is income here, where the policy says so."""
        if settlement.channel_id.missing_order_policy == "summary":
            return family
        return super()._family_elsewhere(settlement, family)


class EcomFlowBook(models.AbstractModel):
    _inherit = "ecom.flow.book"

    def _tell_unclear(self, settlement):
        """Nothing is to be clarified of what is booked as sums."""
        if settlement.channel_id.missing_order_policy != "summary":
            return super()._tell_unclear(settlement)
        if settlement.line_ids.filtered(lambda line: line.family == "unknown"):
            return super()._tell_unclear(settlement)
        self.env["ecom.exception"]._solve(settlement.channel_id, {f"settlement:{settlement.external_id}:unclear"})
