from odoo import fields, models

from .batch import naive


class EcomFlowRemember(models.AbstractModel):
    """What channels say of buyers -> their contacts: whether they want advertising, and the shop's own tags.

    An order writes nothing else on a contact that exists: name, address and telephone are the merchant's. (Changes of
    an account are another matter: flow/acquaint.py.)
    """

    _name = "ecom.flow.remember"
    _description = "E-commerce: remember"

    def _remember(self, batch):
        """Write what is new to contacts that were here before."""
        said, tagged = {}, {}
        for order in sorted(batch.orders.values(), key=lambda order: order.created_at):
            customer = batch.contacts[order.external_id].customer
            values = self._prepare_consent(batch, order)
            if values:
                said[customer] = values
            tagged.setdefault(customer, set()).update(order.buyer.tags)
        partners = self.env["res.partner"].browse({*said, *(customer for customer, tags in tagged.items() if tags)})
        for partner in partners:
            self._write_consent(partner, said.get(partner.id))
            tags = {batch.buyer_tags[tag].id for tag in tagged[partner.id]}
            missing = tags and tags - set(partner.category_id.ids)
            if missing:
                partner.category_id = [fields.Command.link(tag_id) for tag_id in missing]

    def _prepare_said(self, batch, order):
        """What a new contact carries from the start."""
        tags = [batch.buyer_tags[tag].id for tag in order.buyer.tags]
        return {**self._prepare_consent(batch, order), **({"category_id": [fields.Command.set(tags)]} if tags else {})}

    def _prepare_consent(self, batch, order):
        """{} where the channel does not say."""
        if order.buyer.accepts_marketing is None:
            return {}
        return {
            "ecom_marketing": "accepted" if order.buyer.accepts_marketing else "declined",
            "ecom_marketing_at": naive(order.created_at),
            "ecom_marketing_channel_id": batch.channel.id,
        }

    def _write_consent(self, partner, values):
        """An older order does not take back what the buyer said since."""
        if not values or partner.ecom_marketing == values["ecom_marketing"]:
            return
        if not partner.ecom_marketing_at or partner.ecom_marketing_at < values["ecom_marketing_at"]:
            partner.write(values)
