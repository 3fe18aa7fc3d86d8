from datetime import timedelta

from odoo import Command, fields, models
from odoo.exceptions import UserError


class EcomFlowDispute(models.AbstractModel):
    """Lines about chargebacks and claims -> disputes with a life of their own: opened by the first line, won by the
    one that gives the money back, lost when somebody says so."""

    _name = "ecom.flow.dispute"
    _description = "E-commerce: disputes"

    def _follow(self, settlement):
        """Gather the lines of this payout under their disputes, and tell of those that are new."""
        lines = settlement.line_ids.filtered(lambda line: line.family == "dispute")
        for name, group in lines.grouped(self._name_of).items():
            dispute = self._find(settlement, name) or self._open(settlement, name, group)
            group.dispute_id = dispute
            self._judge(dispute)

    @staticmethod
    def _name_of(line):
        return line.payment_reference or line.order_number or line.order_reference or line.external_id or line.kind

    def _find(self, settlement, name):
        return self.env["ecom.dispute"].search(
            [("channel_id", "=", settlement.channel_id.id), ("name", "=", name)], limit=1
        )

    def _open(self, settlement, name, lines):
        channel, first = settlement.channel_id, lines[:1]
        day = (first.posted_at or settlement.date_to or fields.Datetime.now()).date()
        return self.env["ecom.dispute"].create(
            {
                "name": name,
                "channel_id": channel.id,
                "order_id": lines.order_id[:1].id,
                "kind": first.kind,
                "reason": first.description or first.detail,
                "currency_id": settlement.currency_id.id,
                "opened_on": day,
                "deadline": day + timedelta(days=channel.dispute_days),
                "user_id": channel.responsible_id.id,
            }
        )

    def _judge(self, dispute):
        """What was given back in full is won. What is still away is told once."""
        away = dispute.currency_id.compare_amounts(dispute.amount, 0) > 0
        if dispute.state == "open" and not away and dispute.disputed:
            dispute._decide("won")
        elif dispute.state == "open" and away:
            self._tell(dispute)

    def _tell(self, dispute):
        exception = self.env["ecom.exception"]._open(
            dispute.channel_id,
            category="dispute",
            severity="2",
            name=self.env._(
                "%(amount)s of %(order)s are disputed",
                amount=dispute.currency_id.format(dispute.amount),
                order=dispute.order_id.name or dispute.name,
            ),
            detail=self.env._("Answer on the channel until %(day)s, then say here how it ended.", day=dispute.deadline),
            dedupe_key=dispute._trouble(),
        )
        exception.sudo().write({"dispute_id": dispute.id, "deadline": fields.Datetime.to_datetime(dispute.deadline)})

    # -------------------------------------------------------------------- lose
    def _lose(self, dispute):
        """From disputed payments to lost ones, today. UserError where an account is missing or the day is closed."""
        channel = dispute.channel_id.with_company(dispute.company_id)
        return self._turn(
            channel,
            dispute.currency_id,
            dispute.amount,
            ("dispute_lost", "dispute"),
            self.env._("Lost dispute %(name)s", name=dispute.name),
            dispute.partner_id.commercial_partner_id,
        )

    def _turn(self, channel, currency, amount, families, words, partner=None):
        """A posted entry that takes `amount` from the place of the second family to that of the first, today."""
        maps = self.env["ecom.settlement.map"].search(
            [*self.env["ecom.settlement.map"]._plain(channel), ("family", "in", families)]
        )
        accounts = {one.family: one.account_id for one in maps}
        if not all(accounts.get(family) for family in families):
            raise UserError(
                self.env._("Let the accounts of payouts be proposed on %(channel)s first.", channel=channel.name)
            )
        journal, day = channel._settlement_journal(), fields.Date.context_today(self)
        self.env["ecom.flow.plan"]._refuse_locked(channel, day)
        balance = currency._convert(amount, channel.company_id.currency_id, channel.company_id, day)
        sides = zip(families, (1, -1), strict=True)
        move = self.env["account.move"].create(
            {
                "move_type": "entry",
                "journal_id": journal.id,
                "date": day,
                "ref": words,
                "company_id": channel.company_id.id,
                "line_ids": [
                    Command.create(
                        {
                            "account_id": accounts[family].id,
                            "name": words,
                            "partner_id": partner.id if partner else False,
                            "currency_id": currency.id,
                            "amount_currency": sign * amount,
                            "balance": sign * balance,
                        }
                    )
                    for family, sign in sides
                ],
            }
        )
        move.action_post()
        return move
