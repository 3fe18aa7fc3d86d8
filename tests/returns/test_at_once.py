"""Two people at two Odoo processes return the same goods in one moment: never more comes back than was delivered."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tools.odoo_server import OdooServer

ROUNDS = 4


@pytest.fixture
def desks(odoo, postgres, database):
    """Two processes on one database."""
    second = OdooServer(postgres, database, cron_threads=0)
    try:
        yield odoo, second.start()
    finally:
        second.kill()
    second.log.unlink(missing_ok=True)


class Business:
    def __init__(self, odoo):
        self.call = odoo.call
        product = {"name": "The last one", "is_storable": True, "invoice_policy": "order", "taxes_id": [(5,)]}
        (self.product,) = self.call("product.product", "create", [product])
        (self.buyer,) = self.call("res.partner", "create", [{"name": "Anna Huber"}])
        (warehouse, *_others) = self.call("stock.warehouse", "search_read", [], ["lot_stock_id"], order="id")
        place = {"product_id": self.product, "location_id": warehouse["lot_stock_id"][0], "inventory_quantity": 1000}
        quants = self.call("stock.quant", "create", [place], context={"inventory_mode": True})
        self.call("stock.quant", "action_apply_inventory", quants)

    def delivered(self, units):
        """(order, its delivery) of so many units that reached the buyer."""
        line = (0, 0, {"product_id": self.product, "product_uom_qty": units, "price_unit": 10})
        (order,) = self.call("sale.order", "create", [{"partner_id": self.buyer, "order_line": [line]}])
        self.call("sale.order", "action_confirm", [order])
        (picking,) = self.call("stock.picking", "search", [("sale_id", "=", order)])
        moves = self.call("stock.move", "search", [("picking_id", "=", picking)])
        self.call("stock.move", "write", moves, {"quantity": units, "picked": True})
        self.call("stock.picking", "button_validate", [picking], context={"skip_backorder": True})
        (row,) = self.call("stock.picking", "read", [picking], ["state"])
        assert row["state"] == "done"
        return order, picking

    def back(self, order):
        """Units that came back, and units that are announced."""
        moves = self.call(
            "stock.move",
            "search_read",
            [
                ("sale_line_id.order_id", "=", order),
                ("origin_returned_move_id", "!=", False),
                ("state", "!=", "cancel"),
            ],
            ["state", "quantity", "product_uom_qty"],
        )
        done = sum(move["quantity"] for move in moves if move["state"] == "done")
        return done, sum(move["product_uom_qty"] for move in moves if move["state"] != "done")


def at_once(*steps):
    """What became of each: its answer, or the error."""

    def outcome(step):
        try:
            return step()
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(outcome, steps))


def test_the_last_unit_is_agreed_to_once(desks):
    business = Business(desks[0])
    for _round in range(ROUNDS):
        order, _picking = business.delivered(1)
        wizards = [desk.call("sale.order", "action_ecom_return", [order])["res_id"] for desk in desks]
        for wizard in wizards:
            lines = desks[0].call("ecom.return.open.wizard.line", "search", [("wizard_id", "=", wizard)])
            desks[0].call("ecom.return.open.wizard.line", "write", lines, {"quantity": 1})
        said = at_once(
            *(
                lambda desk=desk, wizard=wizard: desk.call("ecom.return.open.wizard", "action_open", [wizard])
                for desk, wizard in zip(desks, wizards, strict=True)
            )
        )
        records = desks[0].call("ecom.return", "search", [("order_ids", "=", order)])
        # No policy fits: a person agrees to each of them.
        said += at_once(
            *(
                lambda desk=desk, record=record: desk.call("ecom.return", "action_approve", [record])
                for desk, record in zip(desks, records, strict=True)
            )
        )
        assert business.back(order) == (0, 1), said
