"""The chapter of the Amazon story about goods that come back to Amazon's own warehouse."""

import base64
from decimal import Decimal

from channels.amazon import returns

COLUMNS = (*returns.NEEDED, "reason", "status", "license-plate-number", "customer-comments")
PAYOUT = (
    *("settlement-id", "settlement-start-date", "settlement-end-date", "deposit-date", "total-amount", "currency"),
    *("transaction-type", "order-id", "adjustment-id", "amount-type", "amount-description", "amount"),
    *("posted-date-time", "order-item-code", "sku", "quantity-purchased"),
)
NUMBER = "990001"


def damaged_in_amazons_warehouse(seller, sku):
    """Two cups leave Amazon's warehouse and come back to it, one broken by its carrier. The payout lists what the
    buyer got back and what Amazon pays for the broken one."""
    place = open_warehouse(seller, sku)
    open_books(seller)
    number = seller.amazon.sell({sku: 2}, shipped_by_amazon=True)
    delivered = (
        "SELECT 1 FROM stock_picking t JOIN sale_order o ON o.id = t.sale_id WHERE o.id = %s AND t.state = 'done'"
    )
    seller.await_that("the order", lambda: seller.order(number))
    order = seller.order(number)["id"]
    seller.await_that("its delivery", lambda: seller.query(delivered, order))
    assert stocks(seller, place, sku) == {"lot_stock_id": 8}
    invoiced = "SELECT 1 FROM sale_order WHERE id = %s AND invoice_status = 'invoiced'"
    seller.await_that("its invoice", lambda: seller.query(invoiced, order))

    seller.amazon.makes[returns.KIND] = report(number, sku)
    ask(seller)
    seller.await_that("both units", lambda: units(seller, order))
    assert units(seller, order) == [
        ("LPNSTORY1", "received", "restock", 1.0),
        ("LPNSTORY2", "received", "", 1.0),
    ]
    assert stocks(seller, place, sku) == {"lot_stock_id": 9, "ecom_quarantine_id": 1}
    claims = [("return_id.order_ids", "=", order)]
    (claim,) = seller.call("ecom.return.claim", "search_read", claims, ["amount", "state", "against"])
    assert (claim["amount"], claim["state"], claim["against"]) == (14.3, "open", "channel")

    record = seller.call("ecom.return", "search", [("order_ids", "=", order)])
    pay_out(seller, number, sku)
    seller.call("ecom.return", "action_credit", record)
    (claim,) = seller.call("ecom.return.claim", "search_read", claims, ["paid_amount", "state"])
    assert (claim["paid_amount"], claim["state"]) == (14.3, "paid")
    (found,) = seller.call("ecom.return", "read", record, ["state", "disagreement"])
    assert (found["state"], found["disagreement"]) == ("closed", False)
    assert stocks(seller, place, sku) == {"lot_stock_id": 9}
    owed = seller.query("SELECT state, amount FROM ecom_refund WHERE order_id = %s", order)
    assert [(state, Decimal(str(amount))) for state, amount in owed] == [("done", Decimal("28.6"))]


def open_warehouse(seller, sku):
    (place,) = seller.call("stock.warehouse", "create", [{"name": "At Amazon", "code": "AMZN"}])
    seller.stock(place, [seller.products[sku]], 10)
    values = {"channel_id": seller.channel, "code": "AMAZON", "name": "Amazon", "warehouse_id": place}
    seller.call("ecom.location.map", "create", [values])
    return place


def open_books(seller):
    seller.call("ecom.channel", "write", [seller.channel], {"invoice_policy": "delivery"})
    (wizard,) = seller.call("ecom.settlement.setup.wizard", "create", [{"channel_id": seller.channel}])
    seller.call("ecom.settlement.setup.wizard", "action_set_up", [wizard])


def stocks(seller, place, sku):
    """{what the warehouse calls the location: units} where there are any."""
    rows = seller.query(
        """SELECT CASE q.location_id WHEN w.lot_stock_id THEN 'lot_stock_id' ELSE 'ecom_quarantine_id' END,
                  sum(q.quantity)
             FROM stock_quant q JOIN stock_warehouse w ON q.location_id IN (w.lot_stock_id, w.ecom_quarantine_id)
            WHERE w.id = %s AND q.product_id = %s GROUP BY 1 HAVING sum(q.quantity) <> 0""",
        place,
        seller.products[sku],
    )
    return {name: int(quantity) for name, quantity in rows}


def report(number, sku):
    rows = [
        ("2026-03-10T08:00:00+00:00", number, sku, "1", "SELLABLE", "UNWANTED_ITEM", "", "LPNSTORY1", ""),
        ("2026-03-11T08:00:00+00:00", number, sku, "1", "CARRIER_DAMAGED", "DEFECTIVE", "", "LPNSTORY2", "Broken"),
    ]
    return "\n".join("\t".join(cells) for cells in (COLUMNS, *rows)).encode()


def ask(seller):
    """The engine asks every quarter of an hour, and Amazon takes a minute to make its report."""

    def asked_until_it_is_read():
        seller.query(
            "UPDATE ecom_channel_cursor SET next_try = '2020-01-01' WHERE channel_id = %s AND topic = 'returns'",
            seller.channel,
        )
        known = "SELECT 1 FROM ecom_message WHERE channel_id = %s AND topic = 'returns' AND state = 'done'"
        return seller.query(known, seller.channel)

    seller.await_that("Amazon's report", asked_until_it_is_read)


def units(seller, order):
    found = seller.query(
        """SELECT external_id, goods, coalesce(disposition, ''), quantity FROM ecom_return_line
            WHERE order_id = %s AND external_id IS NOT NULL ORDER BY 1""",
        order,
    )
    return [(*row[:3], float(row[3])) for row in found]


def pay_out(seller, number, sku):
    """13.00 a cup and 1.30 of tax: sold, given back, and 14.30 for the one that the carrier broke."""
    at, head = "2026-03-12 08:00:00 UTC", [""] * 5
    rows = [
        [NUMBER, "2026-03-01 00:00:00 UTC", "2026-03-14 23:59:59 UTC", "2026-03-16 00:00:00 UTC", "14.30", "USD"],
        *(
            [NUMBER, *head, kind, number, adjustment, group, what, amount, at, "", sku, "2"]
            for kind, adjustment, group, what, amount in (
                ("Order", "", "ItemPrice", "Principal", "26.00"),
                ("Order", "", "ItemPrice", "Tax", "2.60"),
                ("Refund", "ADJ-1", "ItemPrice", "Principal", "-26.00"),
                ("Refund", "ADJ-1", "ItemPrice", "Tax", "-2.60"),
            )
        ),
        [NUMBER, *head, "other-transaction", number, "", "FBA Inventory Reimbursement", "WAREHOUSE_DAMAGE", "14.30", at]
        + ["", sku, "1"],
    ]
    body = "\n".join("\t".join([*row, *[""] * (len(PAYOUT) - len(row))]) for row in (list(PAYOUT), *rows)).encode()
    file = {"name": "payout.txt", "datas": base64.b64encode(body).decode()}
    attachments = seller.call("ir.attachment", "create", [file])
    values = {"channel_id": seller.channel, "attachment_ids": attachments}
    (wizard,) = seller.call("ecom.settlement.upload.wizard", "create", [values])
    seller.call("ecom.settlement.upload.wizard", "action_upload", [wizard])
    domain = [("channel_id", "=", seller.channel), ("external_id", "=", NUMBER)]
    (payout,) = seller.call("ecom.settlement", "search_read", domain, ["flaws", "amount"])
    assert not payout["flaws"] and payout["amount"] == 14.3
    seller.call("ecom.settlement", "action_post", [payout["id"]])
