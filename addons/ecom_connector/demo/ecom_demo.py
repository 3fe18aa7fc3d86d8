"""A small seller to look at: four shops that sell the same goods from one stock, a fifth one that refuses our key, and
people of every role.

The shops are those of `channels/demo`: they trade on by themselves, so that orders arrive while one looks.
"""

from datetime import timedelta

from odoo import Command, api, fields, models

from ..channels.demo.shop import Habits, Profile, Shop

# `days`: how long it has been selling; `odd`: some of its orders are such as a check holds.
USUAL = {"currency": "USD", "mode": "live", "days": 21}
SHOPS = (
    {**USUAL, "name": "Alpenglow Outdoor", "seed": "1", "color": 4, "order_prefix": "WEB-", "odd": True},
    {**USUAL, "name": "Alpenglow Europe", "seed": "2", "color": 10, "order_prefix": "EU-", "currency": "EUR"},
    {**USUAL, "name": "Riverside Marketplace", "seed": "4", "color": 3, "order_prefix": "RV-", "days": 4},
    {**USUAL, "name": "Peak Auctions", "seed": "5", "color": 8, "order_prefix": "PK-", "days": 4},
    # Its key is wrong on purpose: the engine pauses it within a minute and says why.
    {
        **USUAL,
        "name": "Market Square",
        "seed": "3",
        "color": 2,
        "currency": "GBP",
        "mode": "test",
        "api_key": "expired",
    },
)
RATES = {"USD": (("standard", 8), ("reduced", 3)), "EUR": (("standard", 20), ("reduced", 10)), "GBP": ()}
# The tax that nobody mapped: its orders wait for a decision.
UNMAPPED = ("EUR", "reduced")
PAYMENTS = {
    "gift_card": "Gift card",
    "card": "Card",
    "wallet": "E-wallet",
    "invoice": "Pay by invoice",
    "transfer": "Bank transfer in advance",
}
USERS = (
    ("operator", "Olivia Operator", "ecom_connector_group_operator"),
    ("manager", "Max Manager", "ecom_connector_group_channel_manager"),
    ("connector", "Ada Administrator", "ecom_connector_group_administrator"),
    ("warehouse", "Walter Warehouse", "stock.group_stock_user"),
    ("accountant", "Anna Accountant", "account.group_account_user"),
)
BATCH = 25
SHIPPED, LATE = 6, 3


class EcomDemo(models.AbstractModel):
    """Called while demo data are loaded, in their transaction; never by people."""

    _name = "ecom.demo"
    _description = "E-commerce: demo data"

    @api.model
    def _open_business(self):
        company = self.env.ref("base.main_company")
        self = self.with_company(company).with_context(tracking_disable=True, lang="en_US")
        if self.env["ecom.channel"].search_count([]):
            return
        if not company.chart_template:
            self.env["account.chart.template"].try_loading("generic_coa", company=company, install_demo=False)
        self._hire()
        self._stock_up(company)
        carriers = self._hire_carriers()
        for shop in SHOPS:
            channel = self._connect_shop(company, shop)
            self._map(channel, shop, carriers)
            if "api_key" not in shop:
                self._trade(channel)

    # --------------------------------------------------------------------- people
    def _hire(self):
        """A user of each role; the password is the login."""
        for login, name, group in USERS:
            group = self.env.ref(group if "." in group else f"ecom_connector.{group}")
            self.env["res.users"].with_context(no_reset_password=True).create(
                {
                    "login": login,
                    "password": login,
                    "name": name,
                    "email": f"{login}@example.com",
                    "group_ids": [Command.link(self.env.ref("base.group_user").id), Command.link(group.id)],
                }
            )

    # -------------------------------------------------------------------- channels
    def _connect_shop(self, company, shop):
        currency = self.env["res.currency"].with_context(active_test=False).search([("name", "=", shop["currency"])])
        currency.active = True
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        journal = self.env["account.journal"].create(
            {
                "name": f"{shop['name']}: clearing",
                "code": f"EC{shop['seed']}",
                "type": "bank",
                "company_id": company.id,
                "currency_id": currency.id if currency != company.currency_id else False,
            }
        )
        channel = self.env["ecom.channel"].create(
            {
                **{name: shop[name] for name in ("name", "mode", "color")},
                "code": "demo",
                "order_prefix": shop.get("order_prefix"),
                "company_id": company.id,
                "warehouse_id": warehouse.id,
                "clearing_journal_id": journal.id,
                "voucher_account_id": self._voucher_account(company).id,
                # What is older was shipped by hand; what of it is still open is taken over.
                "go_live": fields.Datetime.now() - timedelta(days=1),
                "responsible_id": self.env.ref("base.user_admin").id,
                "invoice_policy": "delivery",
            }
        )
        self._found(channel, shop)
        credentials = {"api_key": shop.get("api_key", "demo-key"), "seed": shop["seed"], "currency": shop["currency"]}
        channel._set_credentials(credentials)
        return channel

    def _voucher_account(self, company):
        accounts = self.env["account.account"].with_company(company)
        name = "Gift cards and store credit"
        found = accounts.search([("name", "=", name), ("company_ids", "in", company.ids)], limit=1)
        return found or accounts.create(
            {
                "name": name,
                "code": accounts._search_new_account_code("211000"),
                "account_type": "liability_current",
                "company_ids": [Command.set(company.ids)],
            }
        )

    def _found(self, channel, shop):
        """The shop has some days behind it, and about two orders a minute come in all while somebody looks."""
        profile = Profile.of(
            shop["currency"],
            name=shop["name"],
            history_days=shop["days"],
            orders_per_hour=30,
            habits=Habits(elsewhere=0.04),
        )
        founded = Shop(channel._with_own_file({})["file"], seed=shop["seed"], profile=profile)
        if "odd" in shop:
            self._place_odd_orders(founded)
        founded.close()

    def _map(self, channel, shop, carriers):
        rates = [(code, rate) for code, rate in RATES[shop["currency"]] if (shop["currency"], code) != UNMAPPED]
        taxes = {code: self._tax(channel, shop["currency"], rate) for code, rate in rates}
        self.env["ecom.tax.map"].create(
            [
                {"channel_id": channel.id, "code": code, "name": tax.name, "rate": tax.amount, "tax_id": tax.id}
                for code, tax in taxes.items()
            ]
        )
        self.env["ecom.payment.map"].create(
            [
                {"channel_id": channel.id, "code": code, "name": name, "journal_id": channel.clearing_journal_id.id}
                for code, name in PAYMENTS.items()
            ]
        )
        for code, carrier in carriers.items():
            names = {"channel_id": channel.id, "name": carrier.name, "carrier_id": carrier.id}
            self.env["ecom.delivery.map"].create({**names, "code": code})
            self.env["ecom.carrier.map"].create({**names, "code": f"{code}-post"})
        self.env["ecom.location.map"].create(
            [
                {
                    "channel_id": channel.id,
                    "code": "main",
                    "name": "Main warehouse",
                    "warehouse_id": channel.warehouse_id.id,
                },
                {"channel_id": channel.id, "code": "store", "name": "High street store", "publish": False},
            ]
        )

    def _tax(self, channel, currency, rate):
        """Shops of one country charge the same tax."""
        name, taxes = f"{rate}% {currency} web", self.env["account.tax"]
        found = taxes.search([("name", "=", name), ("company_id", "=", channel.company_id.id)], limit=1)
        return found or taxes.create(
            {
                "name": name,
                "amount": rate,
                "type_tax_use": "sale",
                "price_include_override": "tax_excluded",
                "company_id": channel.company_id.id,
            }
        )

    # ------------------------------------------------------------------ first hours
    def _trade(self, channel):
        """What the engine will go on with: read the catalogue and the orders, place them, let some parcels leave."""
        self._read_catalogue(channel)
        self._read_orders(channel)
        orders = self.env["sale.order"].search(
            [("ecom_channel_id", "=", channel.id), ("state", "=", "sale"), ("ecom_fulfilment", "=", "open")],
            order="ecom_placed_at",
        )
        self._ship(orders[:SHIPPED])
        for hours, order in enumerate(orders[SHIPPED : SHIPPED + LATE], start=2):
            order.ecom_ship_by = fields.Datetime.now() - timedelta(hours=hours)

    def _read_catalogue(self, channel):
        catalogue, more = self.env["ecom.flow.catalogue"], True
        while more:
            question = catalogue._question(channel)
            _next_try, more = catalogue._store_page(channel, question, catalogue._ask(question))

    def _read_orders(self, channel):
        receive, next_try = self.env["ecom.flow.receive"], None
        while not next_try:
            question = receive._question(channel)
            next_try = receive._store_page(channel, question, receive._ask(question))
        waiting = self.env["ecom.message"].search(
            [("channel_id", "=", channel.id), ("state", "=", "waiting")], order="id"
        )
        for start in range(0, len(waiting), BATCH):
            readings = self.env["ecom.flow.normalise"]._read(channel, waiting[start : start + BATCH])
            self.env["ecom.flow.place"]._settle(channel, readings)

    def _ship(self, orders):
        """Pack what is in stock; every second order leaves in two boxes."""
        for number, picking in enumerate(orders.picking_ids.filtered(lambda picking: picking.state == "assigned")):
            numbers = [f"TRK{picking.id:06d}{box}" for box in range(1, 2 + number % 2)]
            picking._set_parcels(numbers)
            for move in picking.move_ids:
                move.picked = True
            picking._action_done()
