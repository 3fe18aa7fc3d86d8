"""What the double of WooCommerce answers about goods: products, their variations, and many of them changed by one call.

Nobody recorded a variation by itself: its row is that of a product, with its parent's number in it.
"""

from tests.sandbox.woo_shape import like


class Goods:
    """Part of the answers of `woo_server`; `shop` is the shop that is asked."""

    def get_products(self, number, query, _given):
        if number:
            return 200, {}, self.shop.products[number]
        rows = [self.shop.products[number] for number in sorted(self.shop.products)]
        if "sku" in query:
            rows = [row for row in (*rows, *self.shop.variations.values()) if row["sku"] == query["sku"]]
        return page(_chosen(rows, query), query)

    def get_products_variations(self, number, query, _given):
        rows = [row for row in self.shop.variations.values() if row["parent_id"] == number]
        return page(_chosen(rows, query), query)

    def post_products(self, _number, _query, given):
        return self._make(self.shop.products, given)

    def post_products_variations(self, number, _query, given):
        return self._make(self.shop.variations, {**given, "parent_id": number, "type": "variation"})

    def _make(self, rows, given):
        if any(row["sku"] == given["sku"] for row in (*self.shop.products.values(), *self.shop.variations.values())):
            return 400, {}, problem("product_invalid_sku", "Invalid or duplicated SKU.", 400)
        number = self.shop.next_id()
        said = {"regular_price": "", "sale_price": "", "global_unique_id": "", "categories": [], "tags": [], **given}
        rows[number] = like(self.shop.patterns["product"], id=number, **said)
        return 201, {}, self._priced(rows[number])

    def put_products(self, number, _query, given):
        self.shop.products[number].update(given)
        return 200, {}, self.shop.products[number]

    def post_products_batch(self, _number, _query, given):
        return 200, {}, {"update": [self._update(self.shop.products, row) for row in given["update"]]}

    def post_products_variations_batch(self, _number, _query, given):
        return 200, {}, {"update": [self._update(self.shop.variations, row) for row in given["update"]]}

    def _update(self, rows, row):
        known = rows.get(row["id"])
        if known is None:
            return {"id": row["id"], "error": problem("woocommerce_rest_product_invalid_id", "Invalid ID.", 400)}
        known.update({name: value for name, value in row.items() if name != "id"})
        return self._priced(known)

    @staticmethod
    def _priced(row):
        row["price"] = row["sale_price"] or row["regular_price"]
        return row


def _chosen(rows, query):
    if "include" in query:
        rows = [row for row in rows if str(row["id"]) in query["include"].split(",")]
    if "_fields" in query:
        rows = [{name: row[name] for name in query["_fields"].split(",")} for row in rows]
    return rows


def page(rows, query):
    size, number = int(query.get("per_page", 10)), int(query.get("page", 1))
    headers = {"X-WP-Total": str(len(rows)), "X-WP-TotalPages": str(-(-len(rows) // size))}
    return 200, headers, rows[(number - 1) * size : number * size]


def problem(code, message, status):
    return {"code": code, "message": message, "data": {"status": status}}
