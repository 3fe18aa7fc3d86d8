from odoo import models

SERVICES = {
    "shipping": "product_shipping",
    "fee": "product_fee",
    "tip": "product_tip",
    "gift_card": "product_gift_card",
    "duty": "product_duty",
    "discount": "product_discount",
    "rounding": "product_rounding",
    "placeholder": "product_placeholder",
}


class EcomFlowMap(models.AbstractModel):
    """Words of the channel -> records here. A word first seen is listed, so that a person only has to fill it in."""

    _name = "ecom.flow.map"
    _description = "E-commerce: map"

    def _map(self, batch):
        """Fill in the batch what its orders' words mean: one query a kind of word."""
        self._map_taxes(batch)
        self._map_deliveries(batch)
        self._map_payments(batch)
        self._map_locations(batch)
        batch.currencies = {
            currency.name: currency
            for currency in self.env["res.currency"].search(
                [("name", "in", list({name for o in batch.orders.values() for name in (o.currency, o.other_currency)}))]
            )
        }
        sites = {order.site for order in batch.orders.values() if order.site}
        if sites:
            found = batch.channel.site_ids.filtered(lambda site: site.external_id in sites)
            batch.sites = {site.external_id: site for site in found}
        batch.services = self._services(batch)
        self._map_tags(batch)
        self.env["ecom.flow.clip"]._map_coupons(batch)

    # ------------------------------------------------------------------- words
    def _known(self, model, batch, words):
        """{code: mapping}; the words ({code: name}) that nobody has seen yet are listed without a meaning."""
        if not words:
            return {}
        mappings = self.env[model].with_context(active_test=False)
        found = mappings.search([("channel_id", "=", batch.channel.id), ("code", "in", list(words))])
        known = {mapping.code: mapping for mapping in found}
        new = [
            {
                "channel_id": batch.channel.id,
                "code": code,
                "name": name or code,
                **self._prepare_word(model, batch, code),
            }
            for code, name in words.items()
            if code not in known
        ]
        if new:
            known.update((mapping.code, mapping) for mapping in mappings.create(new))
        return known

    def _prepare_word(self, model, batch, code):
        """Further values of a new mapping of that model; a hook."""
        return {}

    def _map_deliveries(self, batch):
        words = {}
        for order in batch.orders.values():
            if order.shipping_method:
                words[order.shipping_method] = order.shipping_method_name
            words.update((line.method, line.name) for line in order.lines if line.kind == "shipping" and line.method)
        known = self._known("ecom.delivery.map", batch, words)
        batch.deliveries = {code: mapping.carrier_id for code, mapping in known.items() if mapping.carrier_id}

    def _map_payments(self, batch):
        words = {}
        for order in batch.orders.values():
            if order.payment_method:
                words[order.payment_method] = order.payment_method_name
            words.update((payment.method, payment.method_name) for payment in order.payments if payment.method)
        batch.payments = self._known("ecom.payment.map", batch, words)

    def _map_locations(self, batch):
        """Never listed from here: the first location a channel has ends the publishing of its one common stock."""
        codes = {order.location for order in batch.orders.values() if order.location}
        if codes:
            known = self.env["ecom.location.map"].search(
                [("channel_id", "=", batch.channel.id), ("code", "in", list(codes)), ("warehouse_id", "!=", False)]
            )
            batch.warehouses = {mapping.code: mapping.warehouse_id for mapping in known}

    def _map_tags(self, batch):
        """Tags of orders and of customers; those that nobody has used yet are made."""
        orders = batch.orders.values()
        batch.order_tags = self._tags("crm.tag", {tag for order in orders for tag in order.tags})
        batch.buyer_tags = self._tags("res.partner.category", {tag for order in orders for tag in order.buyer.tags})

    def _tags(self, model, names):
        """{name: tag}."""
        if not names:
            return {}
        known = {tag.name: tag for tag in self.env[model].search([("name", "in", list(names))])}
        new = [{"name": name} for name in sorted(names) if name not in known]
        return {**known, **{tag.name: tag for tag in self.env[model].create(new)}} if new else known

    # ------------------------------------------------------------------- taxes
    def _map_taxes(self, batch):
        """Taxes that the marketplace pays itself are no taxes of ours."""
        stated = {}
        for order in batch.orders.values():
            for line in order.lines:
                for tax in line.taxes:
                    if not tax.remitted:
                        stated.setdefault(tax.code, (tax, order.prices_include_tax))
        known = self._known("ecom.tax.map", batch, {code: tax.name for code, (tax, _included) in stated.items()})
        learn = self.env["ecom.flow.tax"]
        for code, (tax, included) in stated.items():
            mapping = known[code]
            if not mapping.tax_id:
                learn._learn(batch, mapping, tax, included)
        batch.taxes = {code: mapping.tax_id for code, mapping in known.items() if mapping.tax_id}

    # ---------------------------------------------------------------- services
    def _services(self, batch):
        """{kind of line: product}; one that was deleted here is made anew when it is needed again."""
        kinds = {line.kind for order in batch.orders.values() for line in order.lines} | {"rounding"}
        if batch.channel.unknown_products == "placeholder":
            kinds.add("placeholder")
        return {kind: self._service(kind) for kind in kinds if kind in SERVICES}

    def _service(self, kind):
        product = self.env.ref(f"ecom_connector.{SERVICES[kind]}", raise_if_not_found=False)
        if product:
            return product
        product = self.env["product.product"].create(self._prepare_service_values(kind))
        self.env["ir.model.data"]._update_xmlids(
            [{"xml_id": f"ecom_connector.{SERVICES[kind]}", "record": product, "noupdate": True}]
        )
        return product

    def _prepare_service_values(self, kind):
        names = {
            "shipping": self.env._("Shipping"),
            "fee": self.env._("Fee"),
            "tip": self.env._("Tip"),
            "gift_card": self.env._("Gift Card"),
            "duty": self.env._("Duty"),
            "discount": self.env._("Discount on the Channel"),
            "rounding": self.env._("Rounding Difference"),
            "placeholder": self.env._("Unknown Item"),
        }
        return {
            "name": names[kind],
            "type": "service",
            "invoice_policy": "order",
            "list_price": 0.0,
            "purchase_ok": False,
            "company_id": False,
            "taxes_id": False,
        }
