"""What WooCommerce charges: lines, taxes and totals of an order, rounded as the real one was recorded rounding them.

Each tax of each line has up to six digits; its sums by rate are made of the taxes rounded line by line.
"""

from decimal import ROUND_HALF_UP, Decimal

from tests.sandbox.woo_shape import like

CENT, FINE = Decimal("0.01"), Decimal("0.000001")
# The recorded shop's rates: the county's is raised on the state's, and not on shipping.
RATES = {
    1: {"rate_code": "US-CA-CA STATE TAX-1", "label": "CA state tax", "percent": Decimal("7.25"), "compound": False},
    2: {"rate_code": "US-CA-CA COUNTY-2", "label": "CA county", "percent": Decimal(1), "compound": True},
}


def cents(amount):
    return amount.quantize(CENT, ROUND_HALF_UP)


def taxes_of(net, rates=(1, 2)):
    """{rate: amount with six digits} of a net amount, the compound one on top of the other."""
    found, base = {}, net
    for rate in rates:
        found[rate] = (base * RATES[rate]["percent"] / 100).quantize(FINE, ROUND_HALF_UP).normalize()
        base += found[rate]
    return found


def charge(pattern, order, goods, shipping):
    """Fill in lines and totals. `goods`: (line id, product row, quantity); `shipping`: (line id, amount)."""
    item, line, rate = pattern["line_items"][0], pattern["shipping_lines"][0], pattern["tax_lines"][0]
    taxed = {number: taxes_of(Decimal(row["price"]) * count) for number, row, count in goods}
    order["line_items"] = [_item(item, number, row, count, taxed[number]) for number, row, count in goods]
    number, cost = shipping
    of_shipping = taxes_of(cost, rates=(1,))
    order["shipping_lines"] = [
        like(line, id=number, total=str(cost), total_tax=_total(of_shipping), taxes=_rows(of_shipping, subtotal=""))
    ]
    order["tax_lines"] = [_rate(rate, code, taxed.values(), of_shipping) for code in RATES]
    _sum_up(order)


def _item(pattern, number, row, count, taxes):
    net = Decimal(row["price"]) * count
    return like(
        pattern,
        id=number,
        name=row["name"],
        product_id=row["id"],
        sku=row["sku"],
        quantity=count,
        price=float(row["price"]),
        subtotal=str(net),
        total=str(net),
        subtotal_tax=_total(taxes),
        total_tax=_total(taxes),
        taxes=_rows(taxes),
        meta_data=[],
    )


def _rows(taxes, subtotal=None):
    return [
        {"id": code, "total": format(amount, "f"), "subtotal": format(amount, "f") if subtotal is None else subtotal}
        for code, amount in taxes.items()
    ]


def _total(taxes):
    return str(sum(map(cents, taxes.values()), Decimal("0.00")))


def _rate(pattern, code, taxed, of_shipping):
    goods = sum((cents(taxes[code]) for taxes in taxed), Decimal("0.00"))
    shipping = cents(of_shipping.get(code, Decimal(0)))
    known = RATES[code]
    return like(
        pattern,
        id=9000 + code,
        rate_id=code,
        rate_code=known["rate_code"],
        label=known["label"],
        compound=known["compound"],
        rate_percent=float(known["percent"]),
        tax_total=str(goods),
        shipping_tax_total=str(shipping),
    )


def _sum_up(order):
    goods = sum(Decimal(item["total"]) for item in order["line_items"])
    cart_tax = sum(Decimal(rate["tax_total"]) for rate in order["tax_lines"])
    shipping = sum(Decimal(line["total"]) for line in order["shipping_lines"])
    shipping_tax = sum(Decimal(rate["shipping_tax_total"]) for rate in order["tax_lines"])
    order.update(
        shipping_total=str(shipping),
        shipping_tax=str(shipping_tax),
        cart_tax=str(cart_tax),
        total_tax=str(cart_tax + shipping_tax),
        total=str(goods + shipping + cart_tax + shipping_tax),
    )


def pay_back(pattern, number, line, count, moment, reason, kind="line_items"):
    """A refund of some units of a line: (the refund's row, its amount). Its line says what it gives back."""
    share = Decimal(count) / line["quantity"]
    net = cents(Decimal(line["total"]) * share)
    taxes = {tax["id"]: (Decimal(tax["total"]) * share).quantize(FINE, ROUND_HALF_UP) for tax in line["taxes"]}
    back = {code: -amount.normalize() for code, amount in taxes.items()}
    amount = net + cents(sum(taxes.values(), Decimal(0)))
    item = like(
        pattern[kind][0],
        id=number + 1,
        name=line["name"],
        product_id=line["product_id"],
        sku=line["sku"],
        quantity=-count,
        subtotal=str(-net),
        total=str(-net),
        subtotal_tax=_total(back),
        total_tax=_total(back),
        taxes=_rows(back),
        meta_data=[_refunded(pattern, line)],
    )
    row = like(
        pattern, id=number, amount=str(amount), reason=reason, line_items=[item], tax_lines=[], date_created=moment
    )
    return {**row, "date_created_gmt": moment}, amount


def _refunded(pattern, line):
    known = pattern["line_items"][0]["meta_data"][0]
    return {**known, "value": str(line["id"]), "display_value": str(line["id"])}
