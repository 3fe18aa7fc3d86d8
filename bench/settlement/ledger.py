"""A shop with many captured payments that wait on a clearing account, made by plain SQL: nobody measures how."""

from odoo.fields import Command

SOLD, SENT, TAXES = 16.0, 4.0, (3.2, 0.8)
COMMISSION, PACKED = -2.88, -3.10
CAPTURED = SOLD + SENT + sum(TAXES)
# Of each order: (kind, detail, family, amount).
LINES = (
    ("Order", "ItemPrice Principal", "sale", SOLD),
    ("Order", "ItemPrice Tax", "tax", TAXES[0]),
    ("Order", "ItemPrice Shipping", "shipping", SENT),
    ("Order", "ItemPrice ShippingTax", "tax", TAXES[1]),
    ("Order", "ItemFees Commission", "commission", COMMISSION),
    ("Order", "ItemFees FBAPerUnitFulfillmentFee", "fulfilment", PACKED),
)
DAY = "2026-03-02"


class Ledger:
    """Remembers ids only, so that it outlives its transaction."""

    def __init__(self, env, orders):
        company = env.ref("base.main_company")
        self.company_id, self.orders = company.id, orders
        if not company.chart_template:
            env["account.chart.template"].try_loading("generic_coa", company=company, install_demo=False)
        journal = env["account.journal"].create({"name": "Clearing", "code": "CLR", "type": "bank"})
        self.clearing_id = journal.default_account_id.id
        channel = env["ecom.channel"].create({"name": "Bench", "code": "demo", "clearing_journal_id": journal.id})
        env["ecom.settlement.map"]._propose(channel)
        self.channel_id = channel.id
        self._multiply(env, *self._pattern(env, channel, journal))

    # ----------------------------------------------------------------- payments
    def _pattern(self, env, channel, journal):
        """One buyer, his order, the payment of it as the channel knows it, and as the books do."""
        buyer = env["res.partner"].create({"name": "Anna Huber"})
        order = env["sale.order"].create(
            {"partner_id": buyer.id, "ecom_channel_id": channel.id, "ecom_external_id": "pattern"}
        )
        booked = env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": buyer.id,
                "amount": CAPTURED,
                "date": DAY,
                "journal_id": journal.id,
            }
        )
        booked.outstanding_account_id = self.clearing_id
        booked.action_post()
        known = env["ecom.order.payment"].create(
            {
                "channel_id": channel.id,
                "order_id": order.id,
                "external_id": "pattern",
                "kind": "capture",
                "state": "done",
                "amount": CAPTURED,
                "currency_id": order.currency_id.id,
                "payment_id": booked.id,
            }
        )
        booked.ecom_order_payment_id = known
        env.flush_all()
        return buyer, order, booked, known

    def _multiply(self, env, buyer, order, booked, known):
        tables = ("res_partner", "sale_order", "account_move", "account_payment", "ecom_order_payment")
        new = {table: f"{self._next(env, table)} + number" for table in tables}
        name = "'BENCH/' || number"
        who = {"partner_id": new["res_partner"], "commercial_partner_id": new["res_partner"]}
        self._copy(env, "res_partner", buyer.id, commercial_partner_id=new["res_partner"])
        ordered = {f"partner_{part}": new["res_partner"] for part in ("id", "invoice_id", "shipping_id")}
        self._copy(env, "sale_order", order.id, name=name, ecom_external_id="'o-' || number", **ordered)
        numbered = {"name": name, "sequence_prefix": "'BENCH/'", "sequence_number": "number"}
        self._copy(env, "account_move", booked.move_id.id, origin_payment_id="NULL", **numbered, **who)
        whole = {"move_id": new["account_move"], "ecom_order_payment_id": "NULL", "name": name}
        self._copy(env, "account_payment", booked.id, partner_id=who["partner_id"], **whole)
        for item in booked.move_id.line_ids:
            paid = {"move_id": new["account_move"], "payment_id": new["account_payment"], "move_name": name}
            self._copy(env, "account_move_line", item.id, partner_id=who["partner_id"], **paid)
        told = {"order_id": new["sale_order"], "payment_id": new["account_payment"]}
        self._copy(env, "ecom_order_payment", known.id, external_id="'t-' || number", **told)
        # The two that name each other.
        env.cr.execute(
            """UPDATE account_move move SET origin_payment_id = payment.id
                 FROM account_payment payment WHERE payment.move_id = move.id AND move.name LIKE 'BENCH/%'"""
        )
        env.cr.execute(
            """UPDATE account_payment payment SET ecom_order_payment_id = told.id
                 FROM ecom_order_payment told WHERE told.payment_id = payment.id AND payment.name LIKE 'BENCH/%'"""
        )
        env.invalidate_all()

    @staticmethod
    def _next(env, table):
        env.cr.execute(f"SELECT last_value + 1 FROM {table}_id_seq")
        return env.cr.fetchone()[0]

    def _copy(self, env, table, pattern, **changed):
        """Rows like that one, with the next ids; `changed`: {column: SQL in which `number` counts from 0}."""
        env.cr.execute(
            """SELECT column_name FROM information_schema.columns
                WHERE table_name = %s AND column_name <> 'id' AND is_generated = 'NEVER'""",
            (table,),
        )
        names = [row[0] for row in env.cr.fetchall()]
        first = self._next(env, table)
        values = ", ".join(changed.get(name, f'row."{name}"') for name in names)
        columns = ", ".join(f'"{name}"' for name in names)
        env.cr.execute(
            f"""INSERT INTO {table} (id, {columns}) SELECT {first} + number, {values}
                  FROM {table} row, generate_series(0, {self.orders} - 1) number WHERE row.id = %s""",
            (pattern,),
        )
        env.cr.execute(f"SELECT setval('{table}_id_seq', {first} + {self.orders})")

    # ------------------------------------------------------------------ payouts
    def settlement(self, env, orders):
        """The report of the first so many orders, read and not matched yet."""
        paid_out = round(orders * (CAPTURED + COMMISSION + PACKED), 2)
        settlement = env["ecom.settlement"].create(
            {
                "channel_id": self.channel_id,
                "external_id": f"P-{orders}",
                "amount": paid_out,
                "deposit_date": DAY,
                "currency_id": env["res.company"].browse(self.company_id).currency_id.id,
            }
        )
        env.flush_all()
        for place, (kind, detail, family, amount) in enumerate(LINES, 1):
            env.cr.execute(
                """INSERT INTO ecom_settlement_line (settlement_id, company_id, number, posted_at, kind, detail, family,
                                                     order_reference, amount, fee, net, tax, match_state, is_remitted)
                   SELECT %s, %s, number * %s + %s, %s, %s, %s, %s, 'o-' || number, %s, 0, %s, 0, 'none', FALSE
                     FROM generate_series(0, %s - 1) number""",
                (settlement.id, self.company_id, len(LINES), place, DAY, kind, detail, family, amount, amount, orders),
            )
        env.invalidate_all()
        return settlement

    def entry(self, env, orders):
        """(values of the payout's entry, journal items that its lines with a partner settle), in one order."""
        env.cr.execute(
            """SELECT item.id, item.partner_id
                 FROM account_move_line item JOIN account_move move ON move.id = item.move_id
                WHERE item.account_id = %s AND item.move_name LIKE 'BENCH/%%' AND move.sequence_number < %s
                ORDER BY item.id""",
            (self.clearing_id, orders),
        )
        waiting = env.cr.fetchall()
        lines = [self._line(self.clearing_id, -CAPTURED, partner_id=partner) for _item, partner in waiting]
        fees = env["ecom.settlement.map"].search(
            [("channel_id", "=", self.channel_id), ("family", "in", ("commission", "fulfilment"))]
        )
        charged = {"commission": -COMMISSION * orders, "fulfilment": -PACKED * orders}
        lines += [self._line(one.account_id.id, round(charged[one.family], 2)) for one in fees]
        lines.append(self._line(self.clearing_id, round(orders * (CAPTURED + COMMISSION + PACKED), 2)))
        journal = env["account.journal"].search([("type", "=", "general")], limit=1)
        values = {
            "move_type": "entry",
            "journal_id": journal.id,
            "date": DAY,
            "line_ids": [Command.create(line) for line in lines],
        }
        return values, [item for item, _partner in waiting]

    @staticmethod
    def _line(account, amount, **values):
        return {"account_id": account, "name": "Payout", "amount_currency": amount, "balance": amount, **values}
