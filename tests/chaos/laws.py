"""What must be true after all the deaths, read from rows and from what the shop says."""

from collections import Counter
from decimal import Decimal


def hold(business):
    for shop in business.shops():
        each_order_stands_once(shop)
        the_shop_shows_what_may_be_sold(shop)
    each_parcel_was_told_once(business)


def each_order_stands_once(business):
    there = {str(number): total for number, total in business.sold().items()}
    rows = business.query(
        "SELECT ecom_external_id, amount_total, state FROM sale_order WHERE ecom_channel_id = %s", business.channel_id
    )
    assert sorted(row[0] for row in rows) == sorted(there)
    assert {row[0]: Decimal(str(row[1])) for row in rows} == there
    assert {row[2] for row in rows} == {"sale"}


def each_parcel_was_told_once(business):
    told = business.told()
    parcels = business.query(f"SELECT {business.parcel_column}, external_id, told_at FROM ecom_shipment")
    deliveries = business.query(
        """SELECT count(*) FROM stock_picking p JOIN stock_picking_type t ON t.id = p.picking_type_id
            WHERE t.code = 'outgoing' AND p.state = 'done'"""
    )
    assert told == Counter(row[0] for row in parcels)
    assert all(row[1] and row[2] for row in parcels)
    assert set(told.values()) == {1}
    assert deliveries[0][0] == len(parcels) > 0
    # Asked first, not told again: no parcel was even tried twice.
    assert business.tried() == len(parcels)


def the_shop_shows_what_may_be_sold(business):
    """Counted from the quants themselves, not from what the add-on remembers. A quant that Odoo made only to reserve,
    because another transaction held the first one, has no quantity at all."""
    rows = business.query(
        """SELECT v.id, l.external_id, coalesce(m.code, ''),
                  (SELECT coalesce(sum(coalesce(q.quantity, 0) - q.reserved_quantity), 0) FROM stock_quant q
                     JOIN stock_location o ON o.id = q.location_id AND o.usage = 'internal'
                    WHERE q.product_id = l.product_id AND starts_with(o.parent_path, stock.parent_path))
             FROM ecom_stock_level v JOIN ecom_listing l ON l.id = v.listing_id
             LEFT JOIN ecom_location_map m ON m.id = v.location_map_id
             JOIN stock_warehouse w ON w.id = v.warehouse_id JOIN stock_location stock ON stock.id = w.lot_stock_id
            WHERE l.channel_id = %s""",
        business.channel_id,
    )
    assert len(rows) == len(business.goods()) * max(1, len({place for _id, _listing, place, _free in rows}))
    off = {id: (business.shown(listing, place), int(free)) for id, listing, place, free in rows}
    off = {id: found for id, found in off.items() if found[0] != found[1]}
    remembered = business.query(
        """SELECT v.id, l.external_id, v.on_hand, v.reserved, v.waiting, v.decided, v.published, v.in_flight,
                  v.in_flight_at, v.sequence, v.published_sequence, v.held_back, v.unsure, v.measured_at, v.published_at
             FROM ecom_stock_level v JOIN ecom_listing l ON l.id = v.listing_id WHERE v.id = ANY(%s)""",
        list(off),
    )
    assert not off, f"(shown, free): {off}; remembered: {remembered}"
