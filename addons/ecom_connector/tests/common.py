"""What tests of the add-on share: a channel, products it lists, orders as a channel states them, and their bodies."""

import itertools
import json
from dataclasses import replace
from datetime import datetime, timezone
from decimal import Decimal

from odoo.fields import Command
from odoo.tests import TransactionCase

from ..channels.records import Address, Buyer, Line, Order, Payment, Tax
from ..flow.normalise import Reading

PLACED = datetime(2026, 3, 2, 10, 0, tzinfo=timezone.utc)
ZERO = Decimal(0)
VIENNA = Address(name="Anna Huber", street="Ring 1", city="Wien", postcode="1010", country="AT", phone="+43 1 5550100")
GRAZ = Address(name="Anna Huber", street="Gasse 2", city="Graz", postcode="8010", country="AT")


def tax(amount, code="vat20", rate=20, **values):
    return Tax(code=code, name=values.pop("name", code), rate=Decimal(str(rate)), amount=Decimal(str(amount)), **values)


def line(external_id, gross, *taxes, discount=0, quantity=1, **values):
    """A line by its amounts: `gross` before discount without tax, then what was charged as tax."""
    return Line(
        external_id=str(external_id),
        gross=Decimal(str(gross)),
        discount=Decimal(str(discount)),
        quantity=Decimal(str(quantity)),
        taxes=taxes,
        **values,
    )


def payment(external_id, amount, **values):
    values = {"currency": "EUR", "method": "card", "method_name": "Card", "paid_at": PLACED, **values}
    return Payment(external_id=external_id, amount=Decimal(str(amount)), **values)


class ChannelCase(TransactionCase):
    """A company in euros with 20 % and 10 % sales taxes, a demo channel, and two storable products in stock."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True, "no_reset_password": True})
        cls.numbers = itertools.count(1001)
        cls.euro = cls.env.ref("base.EUR")
        (cls.euro | cls.env.ref("base.JPY") | cls.env.ref("base.USD")).active = True
        cls.company = cls.make_company("Channel Tests")
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": [cls.company.id]})
        cls.tax20, cls.tax10 = cls.make_tax(20), cls.make_tax(10)
        cls.shirt = cls.make_product("SHIRT", 100)
        cls.cup = cls.make_product("CUP", 100)
        cls.channel = cls.make_channel()
        # The orders of a test come at one moment, to one address, and nobody maps the words of a test shop.
        apart = ("fraud", "duplicate", "unknown")
        cls.channel.check_policy_ids.filtered(lambda policy: policy.rule in apart).effect = "off"

    # ------------------------------------------------------------------ records
    @classmethod
    def make_company(cls, name, currency=None):
        """A company with a chart of accounts of its own, none of whose taxes are in the way."""
        company = cls.env["res.company"].create(
            {"name": name, "country_id": cls.env.ref("base.at").id, "currency_id": (currency or cls.euro).id}
        )
        cls.env.user.write({"company_ids": [Command.link(company.id)], "company_id": company.id})
        cls.env["account.chart.template"].try_loading("generic_coa", company=company, install_demo=False)
        company.write(
            {"currency_id": (currency or cls.euro).id, "account_fiscal_country_id": cls.env.ref("base.at").id}
        )
        cls.env["account.tax"].search([("company_id", "=", company.id)]).active = False
        cls.env["account.tax.group"].create(
            {"name": "VAT", "company_id": company.id, "country_id": company.country_id.id}
        )
        return company

    @classmethod
    def make_tax(cls, rate, **values):
        company = values.pop("company", cls.company)
        values = {"name": f"Test {rate} %", "amount": rate, "price_include_override": "tax_excluded", **values}
        return (
            cls.env["account.tax"]
            .with_company(company)
            .create({"type_tax_use": "sale", "company_id": company.id, "country_id": company.country_id.id, **values})
        )

    @classmethod
    def make_product(cls, sku, stock=0, **values):
        values = {"name": sku.title(), "default_code": sku, "is_storable": True, "invoice_policy": "order", **values}
        product = cls.env["product.product"].create({"taxes_id": [Command.clear()], "list_price": 10, **values})
        if stock:
            warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1)
            cls.env["stock.quant"]._update_available_quantity(product, warehouse.lot_stock_id, stock)
        return product

    @classmethod
    def make_channel(cls, **values):
        values = {"name": "Test Shop", "code": "demo", "company_id": cls.company.id, **values}
        return cls.env["ecom.channel"].create({"mode": "test", "go_live": "2026-01-01 00:00:00", **values})

    @classmethod
    def make_woo_channel(cls, url="https://shop.example", **values):
        """A WooCommerce whose keys are known, as tests need it that never call it."""
        channel = cls.make_channel(code="woocommerce", name="Woo", **values)
        channel._set_credentials({"url": url, "consumer_key": "ck_test", "consumer_secret": "cs_test"})
        return channel

    @classmethod
    def make_listing(cls, product, variant_id=None, **values):
        values = {"channel_id": cls.channel.id, "name": product.name, "sku": product.default_code, **values}
        return cls.env["ecom.listing"].create(
            {
                "external_id": variant_id or f"v-{product.default_code}",
                "product_id": product.id,
                "state": "matched",
                **values,
            }
        )

    # ------------------------------------------------------------------- orders
    def goods(self, product, gross, *taxes, **values):
        """A line that sells a product, by its SKU."""
        sku = product if isinstance(product, str) else product.default_code
        number = next(self.numbers)
        values = {"sku": sku, "variant_id": f"v-{sku}", "name": f"A {sku.lower()}", **values}
        return line(f"l{number}", gross, *taxes, **values)

    def order(self, *lines, **values):
        """An order of these lines that adds up, unless `values` say otherwise; else of one shirt, 20.00 + 4.00."""
        number = str(next(self.numbers))
        lines = lines or (self.goods(self.shirt, 20, tax(4)),)
        tax_total = sum((line.tax_total for line in lines), ZERO)
        values = {
            "external_id": f"o-{number}",
            "number": number,
            "version": "1",
            "created_at": PLACED,
            "currency": "EUR",
            "payment": "paid",
            "buyer": Buyer(email=f"buyer{number}@example.com", name="Anna Huber"),
            "bill_to": VIENNA,
            "ship_to": GRAZ,
            "tax_total": tax_total,
            "total": sum((line.total for line in lines), ZERO) + tax_total,
            "references": (("number", number),),
            **values,
        }
        return Order(lines=tuple(lines), **values)

    def messages(self, *orders, channel=None):
        """A waiting message for each order, as receiving leaves them."""
        channel = channel or self.channel
        return self.env["ecom.message"].create(
            [
                {
                    "channel_id": channel.id,
                    "direction": "in",
                    "topic": "orders",
                    "external_id": order.external_id,
                    "version": order.version,
                    "event_key": f"test:{next(self.numbers)}",
                }
                for order in orders
            ]
        )

    def feed(self, *orders, channel=None):
        """Let these orders travel the road up to being placed. Returns their messages."""
        messages = self.messages(*orders, channel=channel)
        readings = [
            Reading(message_id=message.id, external_id=order.external_id, version=order.version, order=order)
            for message, order in zip(messages, orders, strict=True)
        ]
        self.env["ecom.flow.place"]._settle(channel or self.channel, readings)
        self.env.flush_all()
        return messages

    def place(self, *lines, channel=None, **values):
        """The sale order made from an order of these lines; fails with what its message says."""
        message = self.feed(self.order(*lines, **values), channel=channel)
        self.assertEqual(message.state, "done", message.problem or message.ignore_reason)
        return message.order_id

    # ------------------------------------------------------------------ asserts
    def assertMoney(self, amount, expected, currency=None):
        """Equal to the last digit of the currency, euro unless said."""
        currency = currency or self.euro
        self.assertEqual(currency.compare_amounts(amount, float(expected)), 0, f"{amount} is not {expected}")

    def assertTotals(self, document, untaxed, taxes):
        """`document`: a sale order or an invoice."""
        self.assertMoney(document.amount_untaxed, untaxed, document.currency_id)
        self.assertMoney(document.amount_tax, taxes, document.currency_id)
        self.assertMoney(document.amount_total, Decimal(str(untaxed)) + Decimal(str(taxes)), document.currency_id)


def later(order, version="2", **values):
    """A newer version of the same order."""
    return replace(order, version=version, **values)


def body(order):
    """The order in the demo shop's own words, as `channels/demo/orders.py` reads them; its version must be a number."""
    return json.dumps(
        {
            "object": "order",
            "id": order.external_id,
            "number": order.number,
            "revision": int(order.version),
            "created_at": order.created_at.isoformat(),
            "updated_at": (order.updated_at or order.created_at).isoformat(),
            "currency": order.currency,
            "status": order.status,
            "payment": order.payment,
            "fulfilment": order.fulfilment,
            "test": order.test,
            "prices_include_tax": order.prices_include_tax,
            "buyer": _buyer(order.buyer),
            "bill_to": _address(order.bill_to),
            "ship_to": _address(order.ship_to),
            "lines": [_line(line) for line in order.lines],
            "payments": [_payment(payment) for payment in order.payments],
            "refunds": [],
            "total": str(order.total),
            "tax_total": str(order.tax_total),
            "taxes": _taxes(order.tax_totals),
            "shipping_method": order.shipping_method,
            "shipping_method_name": order.shipping_method_name,
            "payment_method": order.payment_method,
            "payment_method_name": order.payment_method_name,
            "location": order.location,
            "ship_by": (order.ship_by or order.created_at).isoformat(),
            "note": order.note,
            "references": {},
            "coupon": "",
            "gift": False,
        }
    ).encode()


def _buyer(buyer):
    names = ("email", "name", "phone", "company", "vat", "language", "accepts_marketing")
    return {"id": buyer.external_id, **{name: getattr(buyer, name) for name in names}}


def _address(address):
    names = ("name", "company", "vat", "street", "street2", "city", "postcode", "state", "country", "phone")
    return {name: getattr(address, name) for name in names}


def _line(line):
    return {
        "id": line.external_id,
        "kind": line.kind,
        "name": line.name,
        "variant_id": line.variant_id,
        "sku": line.sku,
        "barcode": line.barcode,
        "quantity": int(line.quantity),
        "gross": str(line.gross),
        "discount": str(line.discount),
        "taxes": _taxes(line.taxes),
        "code": line.method,
    }


def _taxes(taxes):
    return [{"code": t.code, "name": t.name, "rate": str(t.rate), "amount": str(t.amount)} for t in taxes]


def _payment(payment):
    names = ("kind", "state", "method", "method_name", "currency")
    return {
        "id": payment.external_id,
        "amount": str(payment.amount),
        "paid_at": payment.paid_at.isoformat(),
        **{name: getattr(payment, name) for name in names},
    }
