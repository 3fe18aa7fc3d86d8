from collections import defaultdict
from dataclasses import dataclass, field

from odoo import models
from odoo.addons.ecom_connector.flow.array import array
from odoo.tools import SQL

# Role of an order's leg -> whether it is the side on which money is given back.
SIDES = {"order": False, "refund": True}
# Groups whose items are read together, though each is looked at by itself. Odoo looks through all of them for each that
# it has not read yet: not too many.
TOGETHER = 500


@dataclass(slots=True)
class Side:
    """Where the money of one side (sold or given back) of an order waits. `open`: the journal items that its leg
    settles."""

    partner: object
    name: str
    account: object
    open: list = field(default_factory=list)


class EcomFlowPair(models.AbstractModel):
    """Legs of a payout <-> what they settle, order by order; `reconcile` on a heap would pair strangers."""

    _name = "ecom.flow.pair"
    _description = "E-commerce: pair"

    # ------------------------------------------------------------------- sides
    def _sides(self, settlement, clearing, keys):
        """{(order id, is refund): Side} of these, with a few queries for all of them."""
        orders = self.env["sale.order"].browse({order for order, _is_refund in keys})
        orders = orders.with_company(settlement.company_id)
        payments = self._payments(orders)
        policies = self._policies(settlement, orders, payments)
        captured = {order for order, policy in policies.items() if policy == "capture"}
        found = self._waiting_on_clearing(clearing, [one for one in payments if one.order_id.id in captured])
        found |= self._waiting_receivables([order for order in orders.ids if order not in captured])
        by_id = {order.id: order for order in orders}
        sides = {}
        for order, is_refund in keys:
            record, lines = by_id[order], found.get((order, is_refund), [])
            account = clearing
            if order not in captured:
                buyer = record.partner_invoice_id
                account = lines[0].account_id if lines else buyer.property_account_receivable_id
            sides[order, is_refund] = Side(
                partner=record.partner_invoice_id.commercial_partner_id,
                name=record.ecom_number or record.name,
                account=account,
                open=[line for line in lines if line.account_id == account],
            )
        return sides

    def _payments(self, orders):
        wanted = ["order_id", "provider_id", "channel_id", "kind", "payment_id"]
        domain = [("order_id", "in", orders.ids), ("tender", "=", "money")]
        return self.env["ecom.order.payment"].search_fetch(domain, wanted)

    def _policies(self, settlement, orders, payments):
        """{order id: when its receivable is cleared}: as its money was booked; before that as the account says that
        took it. So a policy that was changed since pairs nothing twice."""
        booked, said = set(), defaultdict(set)
        for payment in payments:
            if payment.payment_id:
                booked.add(payment.order_id.id)
            said[payment.order_id.id].add((payment.provider_id or payment.channel_id).receivable_policy)
        own = settlement.channel_id.receivable_policy
        policies = {}
        for order in orders.ids:
            known = said.get(order, ())
            policies[order] = "capture" if order in booked else next(iter(known)) if len(known) == 1 else own
        return policies

    def _waiting_on_clearing(self, clearing, payments):
        """{(order, is refund): journal items} of what was captured or paid back and is not settled yet."""
        by_move = {one.payment_id.move_id.id: one for one in payments if one.payment_id.move_id}
        lines = self.env["account.move.line"].search(
            [("move_id", "in", list(by_move)), ("account_id", "=", clearing.id), ("reconciled", "=", False)]
        )
        found = defaultdict(list)
        for line in lines:
            payment = by_move[line.move_id.id]
            found[payment.order_id.id, payment.kind == "refund"].append(line)
        return found

    def _waiting_receivables(self, orders):
        """{(order, is refund): journal items} of its invoices and credit notes that are not paid yet."""
        if not orders:
            return {}
        self.env["account.move.line"].flush_model()
        # The ORM would read every line of every order and of every invoice to get from the ones to the others.
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT sold.order_id, move.move_type = 'out_refund', item.id
                     FROM sale_order_line sold
                     JOIN sale_order_line_invoice_rel rel ON rel.order_line_id = sold.id
                     JOIN account_move_line billed ON billed.id = rel.invoice_line_id
                     JOIN account_move move ON move.id = billed.move_id
                     JOIN account_move_line item ON item.move_id = move.id
                     JOIN account_account account ON account.id = item.account_id
                    WHERE sold.order_id = ANY(%s) AND move.state = 'posted'
                      AND move.move_type IN ('out_invoice', 'out_refund')
                      AND account.account_type = 'asset_receivable' AND item.reconciled IS NOT TRUE
                    ORDER BY item.id""",
                array(orders),
            )
        )
        lines = {line.id: line for line in self.env["account.move.line"].browse([row[2] for row in rows])}
        found = defaultdict(list)
        for order, is_refund, line in rows:
            found[order, is_refund].append(lines[line])
        return found

    # -------------------------------------------------------------------- pair
    def _pair(self, moves, sides):
        """Reconcile the legs of these entries: with their orders' items, with each other, with their other leg."""
        together = defaultdict(list)
        for line in moves.line_ids:
            if line.ecom_settlement_role in ("carried", "share") and self._is_paired(line.account_id):
                together[line.ecom_settlement_role, line.account_id].append(line.id)
        legs, bills = (
            moves.line_ids.filtered(lambda line: line.ecom_settlement_role in SIDES),
            self.env["ecom.flow.bill"],
        )
        groups = [
            *self._groups(legs, sides),
            *together.values(),
            *self._other_legs(moves),
            *bills._groups(moves.line_ids),
        ]
        self._reconcile(groups)

    @staticmethod
    def _is_paired(account):
        return account.reconcile or account.account_type in ("asset_cash", "liability_credit_card")

    def _groups(self, legs, sides):
        """Ids of what belongs together, an order and side a group. Where neither side has anything open, for an
        invoice was settled by its credit note, what was sold and given back are one."""
        own, alone = defaultdict(list), defaultdict(list)
        for line in legs:
            own[line.ecom_order_id.id, SIDES[line.ecom_settlement_role]].append(line.id)
        for key, ids in own.items():
            waiting = sides[key].open
            if waiting and legs.browse(ids).currency_id != self._currency_of(waiting):
                # Worth too little or too much for what waits: a person decides.
                continue
            if waiting:
                yield [*ids, *(line.id for line in waiting)]
            else:
                alone[key[0], sides[key].account].append(ids)
        for both in alone.values():
            if len(both) == 2:
                yield [line for ids in both for line in ids]

    @staticmethod
    def _currency_of(items):
        return items[0].currency_id.union(*(item.currency_id for item in items))

    def _reconcile(self, groups):
        items, groups, plan = self.env["account.move.line"], list(groups), []
        for start in range(0, len(groups), TOGETHER):
            part = groups[start : start + TOGETHER]
            near = [line for group in part for line in group]
            plan += [items.browse(group).with_prefetch(near) for group in part]
        if len(plan) > TOGETHER:
            # How PostgreSQL checks a reference is decided once a connection; where that was when a ledger was small it
            # reads the whole table for each of ten thousand pairs. This lets it decide anew.
            self.env.cr.execute("DISCARD PLANS")
        if plan:
            items._reconcile_plan(plan)

    def _other_legs(self, moves):
        """Both legs of a change of currency, once both are booked."""
        plan = []
        for line in moves.line_ids.filtered(
            lambda line: line.ecom_settlement_pair and self._is_paired(line.account_id)
        ):
            other = self._other_leg(moves.ecom_settlement_id, line.account_id, line.ecom_settlement_pair, line)
            if len(other) == 1:
                plan.append([line.id, other.id])
        return plan

    def _other_leg(self, settlement, account, pair, line=None):
        """The booked leg of that movement that is still open; `line`: the one that looks for it."""
        found = self.env["account.move.line"].search(
            [
                ("account_id", "=", account.id),
                ("company_id", "=", settlement.company_id.id),
                ("ecom_settlement_pair", "=", pair),
                ("reconciled", "=", False),
                ("parent_state", "=", "posted"),
                ("move_id.ecom_settlement_undone", "=", False),
            ]
        )
        return found.filtered(lambda one: one != line and (not line or one.balance * line.balance < 0))

    # ------------------------------------------------------------------- later
    def _pair_later(self, orders):
        """An order may be paid out before it is invoiced: its leg waits until the other side is booked."""
        legs = self.env["account.move.line"].search(
            [
                ("ecom_order_id", "in", orders.ids),
                ("reconciled", "=", False),
                ("parent_state", "=", "posted"),
                ("ecom_settlement_role", "in", ("order", "refund")),
                ("move_id.ecom_settlement_undone", "=", False),
            ]
        )
        groups = []
        for settlement, moves in legs.move_id.grouped("ecom_settlement_id").items():
            own = legs.filtered(lambda line, moves=moves: line.move_id in moves)
            clearing = settlement.channel_id._clearing_journal(settlement.currency_id).default_account_id
            keys = {(line.ecom_order_id.id, SIDES[line.ecom_settlement_role]) for line in own}
            groups += self._groups(own, self._sides(settlement, clearing, keys))
        self._reconcile(groups)
