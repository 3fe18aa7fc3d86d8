"""A merchant with many products, three channels and 20 rules, made by plain SQL: nobody measures how it came about."""

CHANNELS = 3
CATEGORIES = 50


def found(env, products):
    """Make it. Returns {"products": ..., "listings": ...}."""
    warehouse = env["stock.warehouse"].search([], limit=1)
    categories = env["product.category"].create([{"name": f"Category {number}"} for number in range(CATEGORIES)])
    pattern = env["product.product"].create({"name": "Product", "is_storable": True, "list_price": 20})
    env.flush_all()
    templates = _copies(env, "product_template", pattern.product_tmpl_id.id, products)
    _copies(env, "product_product", pattern.id, products, product_tmpl_id=templates)
    pattern.active = False
    env.flush_all()
    env.cr.execute(
        "UPDATE product_template SET categ_id = %s + id %% %s WHERE id >= %s",
        (min(categories.ids), CATEGORIES, templates),
    )
    _stock(env, templates, warehouse)
    _rules(env, categories)
    listings = _listings(env, templates, warehouse)
    return {"products": products, "listings": listings}


def _copies(env, table, pattern, count, **shifted):
    """`count` rows like the pattern's, with new ids. `shifted`: {column: first id of the other table's copies}.
    Returns the first id."""
    env.cr.execute(
        """SELECT column_name FROM information_schema.columns
            WHERE table_name = %s AND column_name <> 'id' AND is_generated = 'NEVER'""",
        (table,),
    )
    names = [row[0] for row in env.cr.fetchall()]
    env.cr.execute(f"SELECT last_value FROM {table}_id_seq")
    first = env.cr.fetchone()[0] + 1
    values = ", ".join(f"{shifted[name]} + number" if name in shifted else f'row."{name}"' for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    env.cr.execute(
        f"""INSERT INTO {table} (id, {columns})
            SELECT {first} + number, {values} FROM {table} row, generate_series(0, %s - 1) number WHERE row.id = %s""",
        (count, pattern),
    )
    env.cr.execute(f"SELECT setval('{table}_id_seq', {first} + %s)", (count,))
    env.invalidate_all()
    return first


def _stock(env, templates, warehouse):
    """Between 0 and 39 units each, every fifth product partly reserved."""
    env.cr.execute(
        """INSERT INTO stock_quant (product_id, location_id, company_id, quantity, reserved_quantity, in_date)
           SELECT id, %s, %s, 1 + id %% 39, CASE WHEN id %% 5 = 0 THEN 1 ELSE 0 END, now()
             FROM product_product WHERE product_tmpl_id >= %s""",
        (warehouse.lot_stock_id.id, warehouse.company_id.id, templates),
    )


def _listings(env, templates, warehouse):
    for number in range(CHANNELS):
        channel = env["ecom.channel"].create(
            {"name": f"Channel {number}", "code": "demo", "mode": "live", "warehouse_id": warehouse.id}
        )
        env.flush_all()
        env.cr.execute(
            """INSERT INTO ecom_listing (channel_id, company_id, external_id, name, product_id, state, units, active,
                                         publish_stock, stock_tracked)
               SELECT %s, %s, id::text, 'Product ' || id, id, 'matched', 1, TRUE, TRUE, TRUE
                 FROM product_product WHERE product_tmpl_id >= %s""",
            (channel.id, channel.company_id.id, templates),
        )
        env["ecom.stock.level"]._fit_to_channels(channel)
    env.cr.flush()
    env.cr.execute("DELETE FROM ecom_stock_change")
    env.cr.execute("SELECT count(*) FROM ecom_stock_level")
    return env.cr.fetchone()[0]


def _rules(env, categories):
    """20: by category, by domain, by price; a tenth of the products risk-sized."""
    risky = categories[: CATEGORIES // 10]
    rules = [
        {"name": f"Risk in {categ.name}", "categ_id": categ.id, "use_risk": True, "risk_percent": 0.5}
        for categ in risky
    ]
    rules += [
        {"name": f"Two back {n}", "categ_id": categories[5 + n].id, "use_keep_back": True, "keep_back": 2}
        for n in range(5)
    ]
    rules += [
        {
            "name": f"Condition {n}",
            "domain": f"[('categ_id', 'in', {categories[10 + 5 * n : 15 + 5 * n].ids}), ('list_price', '>', 5)]",
            "use_percent": True,
            "percent": 80,
            "use_cap": True,
            "cap": 20,
        }
        for n in range(5)
    ]
    rules += [
        {"name": f"Last units {n}", "categ_id": categories[40 + n].id, "use_zero_at": True, "zero_at": 1}
        for n in range(4)
    ]
    rules.append({"name": "Everything else", "use_keep_back": True, "keep_back": 1, "sequence": 99})
    env["ecom.buffer.rule"].create(rules)
