"""Scenes for test_meetings.py: people and workers at the same goods in the same moment. `Stage` is that of races.py."""

import threading
from functools import partial

import odoo
from odoo.service.model import retrying


def two_orders_for_the_last_unit(stage):
    stage.move(-9)
    orders = [_order(stage, 1) for _buyer in range(2)]
    _at_once(stage, *(partial(_confirm, order_id=order_id) for order_id in orders))
    stage.decide()
    with stage.transaction() as env:
        orders = env["sale.order"].browse(orders)
        level = env["ecom.stock.level"].browse(stage.level_id)
        # Core may reserve the unit for both: it sees none that is locked, and makes a second quant.
        return {
            "confirmed": len(orders.filtered(lambda order: order.state == "sale")),
            "free": level.free_quantity,
            "decided": level.decided,
        }


def import_beside_delivery(stage):
    with stage.transaction() as env:
        delivery = env["sale.order"].browse(_order(stage, 4))
        delivery.action_confirm()
        picking_id = delivery.picking_ids.id
    imported = _order(stage, 3, ecom_channel_id=stage.channel_id, ecom_external_id="meeting")
    _at_once(stage, partial(_confirm, order_id=imported), partial(_deliver, picking_id=picking_id))
    stage.decide()
    with stage.transaction() as env:
        level = env["ecom.stock.level"].browse(stage.level_id)
        return {"on_hand": level.on_hand, "reserved": level.reserved, "decided": level.decided}


def quants_merged(stage):
    """Merging lifts the negative sum of their reservations, by plain SQL."""
    with stage.transaction() as env:
        for reserved in (2, -3):
            env["stock.quant"].create(
                {
                    "product_id": stage.product_id,
                    "location_id": stage.stock_id,
                    "quantity": 1,
                    "reserved_quantity": reserved,
                }
            )
    stage.decide()
    before, measured = stage.decided(), []

    def merge():
        if not measured:
            measured.append(True)
            with stage.transaction() as env:
                env["stock.quant"]._merge_quants()

    stage.move(-1)
    with stage.deciding(merge):
        stage.decide()
    stage.decide()
    return stage.tell(before=before, decided=stage.decided())


def _confirm(env, order_id):
    env["sale.order"].browse(order_id).action_confirm()


def _deliver(env, picking_id):
    picking = env["stock.picking"].browse(picking_id)
    picking.move_ids.picked = True
    picking._action_done()


def _order(stage, quantity, **values):
    """A quotation. Returns its id."""
    with stage.transaction() as env:
        line = {"product_id": stage.product_id, "product_uom_qty": quantity}
        partner = env["res.partner"].create({"name": "Buyer"})
        order = {"partner_id": partner.id, "order_line": [odoo.fields.Command.create(line)], **values}
        return env["sale.order"].create(order).id


def _at_once(stage, *acts):
    """Each in a thread and a transaction of its own that began before any of them did anything; what fails to
    serialise is done again, as the server does it."""
    begun, failed = threading.Barrier(len(acts)), []

    def play(act):
        waits = [begun.wait]
        try:
            with stage.transaction() as env:
                retrying(partial(_met, env, act, waits), env)
        except Exception as error:
            failed.append(error)
            raise

    threads = [threading.Thread(target=play, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failed, failed


def _met(env, act, waits):
    env.cr.execute("SELECT count(*) FROM sale_order")
    while waits:
        waits.pop()(30)
    act(env)
