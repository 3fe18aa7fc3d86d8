from odoo import Command, fields, models
from odoo.exceptions import UserError


class EcomFlowReturnCredit(models.AbstractModel):
    """Credit notes of lines that are settled by store credit -> an entry that moves what we owe to the store credit's
    own account, and points on the customer's card. In one transaction: never the one without the other."""

    _inherit = "ecom.flow.return.credit"

    def _credit(self, lines):
        """Lines that are settled by store credit have credit notes of their own."""
        credited = lines.filtered(lambda line: line.resolution == "store_credit")
        notes = super()._credit(lines - credited) if lines - credited else self.env["account.move"]
        for record, group in credited.grouped("return_id").items():
            self._check_wallet(record)
            own = super()._credit(group)
            for note in own:
                self._fill(record, note)
            notes |= own
        return notes

    def _check_wallet(self, record):
        policy, wallet = record.policy_id, record.policy_id.wallet_id
        if not wallet:
            raise UserError(self.env._("The policy of %(record)s has no store credit.", record=record.name))
        # The policy may be of all companies, the wallet of another one.
        if wallet.company_id and wallet.company_id != record.company_id:
            raise UserError(self.env._("The store credit %(name)s is of another company.", name=wallet.name))
        if not self._wallet_account(policy):
            raise UserError(self.env._("Give the product of %(name)s an income account.", name=wallet.name))
        if policy.wallet_bonus and not policy.bonus_account_id:
            raise UserError(self.env._("Say on the policy on which account the bonus is booked."))

    @staticmethod
    def _wallet_account(policy):
        """What is owed on store credit stands where its use is booked: on the account of the reward's product."""
        product = policy.wallet_id.reward_ids.discount_line_product_id[:1]
        return product.product_tmpl_id.get_product_accounts()["income"] if product else None

    def _to_pay_back(self, record, reckoned, note, order):
        """Nothing of what becomes store credit."""
        lines = {line.resolution for line, _charged, _units in reckoned.backs}
        return 0.0 if lines == {"store_credit"} else super()._to_pay_back(record, reckoned, note, order)

    # -------------------------------------------------------------------- fill
    def _fill(self, record, note):
        """What an unpaid invoice did not take of the credit note, and the bonus."""
        amount = note.amount_residual
        if note.currency_id.compare_amounts(amount, 0.0) <= 0:
            return
        policy, wallet = record.policy_id, record.policy_id.wallet_id
        if wallet.currency_id != note.currency_id:
            raise UserError(self.env._("This store credit is of another currency than the credit note."))
        bonus = note.currency_id.round(amount * policy.wallet_bonus / 100)
        entry = self.env["account.move"].create(self._prepare_entry(record, note, amount, bonus))
        entry._post(soft=False)
        lines = (note | entry).line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        lines.filtered(lambda line: not line.reconciled).reconcile()
        card = self._card(wallet, record.partner_id)
        card.points += amount + bonus
        values = {"card_id": card.id, "issued": amount + bonus, "used": 0.0, "description": record.name}
        self.env["loyalty.history"].sudo().create(values)

    def _card(self, wallet, partner):
        cards = self.env["loyalty.card"].sudo()
        known = cards.search([("program_id", "=", wallet.id), ("partner_id", "=", partner.id)], limit=1)
        return known or cards.create({"program_id": wallet.id, "partner_id": partner.id, "points": 0.0})

    def _prepare_entry(self, record, note, amount, bonus):
        """Values of the entry; a hook."""
        owed = note.line_ids.filtered(lambda line: line.account_type == "asset_receivable")[:1]
        rate = note.ecom_rate or note.invoice_currency_rate or 1.0
        company = note.company_id.currency_id

        def line(account, value):
            return Command.create(
                {
                    "account_id": account.id,
                    "partner_id": note.commercial_partner_id.id,
                    "currency_id": note.currency_id.id,
                    "amount_currency": value,
                    "balance": company.round(value / rate),
                    "name": self.env._("Store credit of %(record)s", record=record.name),
                }
            )

        lines = [line(owed.account_id, amount)]
        if bonus:
            lines.append(line(record.policy_id.bonus_account_id, bonus))
        lines.append(line(self._wallet_account(record.policy_id), -(amount + bonus)))
        return {
            "move_type": "entry",
            "journal_id": self._wallet_journal(note).id,
            "company_id": note.company_id.id,
            "date": fields.Date.context_today(self),
            "ref": record.name,
            "line_ids": lines,
        }

    def _wallet_journal(self, note):
        domain = [("type", "=", "general"), ("company_id", "=", note.company_id.id)]
        return self.env["account.journal"].search(domain, limit=1)
