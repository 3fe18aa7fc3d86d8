"""Where an edited order goes now, who is billed, and how it is shipped."""

from odoo import models

from ..rules.content import changed
from .edit import Place


class EcomFlowEdit(models.AbstractModel):
    _inherit = "ecom.flow.edit"

    def _places(self, batch, order, placed, standing):
        """Where it goes and who is billed, where the channel says that this changed."""
        if "addresses" not in changed(placed.ecom_content or "", batch.content(order)):
            return ()
        begun = any(line.done for line in standing)
        of_rest = begun and self._can_redirect(placed)
        done = "done" if begun and not of_rest else ""
        invoiced = "invoiced" if any(line.invoiced for line in standing) else ""
        carrier = batch.deliveries.get(order.shipping_method)
        found = (
            Place(
                key="ship_to",
                here=self._address(placed.partner_shipping_id),
                there=self._stated_address(order.ship_to or order.bill_to),
                obstacle=done,
                of_rest=of_rest,
            ),
            Place(
                key="bill_to",
                here=self._address(placed.partner_invoice_id),
                there=self._stated_address(order.bill_to or order.ship_to),
                obstacle=invoiced,
            ),
            Place(
                key="carrier",
                here=placed.carrier_id.name or "",
                there=carrier.name if carrier else placed.carrier_id.name or "",
                obstacle=done,
                of_rest=of_rest,
            ),
        )
        return tuple(place for place in found if place.there and place.here.casefold() != place.there.casefold())

    @staticmethod
    def _can_redirect(placed):
        """Whether a transfer to the buyer is open that nobody has begun to pack."""
        return any(
            picking.state not in ("done", "cancel")
            and picking._ecom_leaves()
            and not picking.printed
            and not any(picking.move_ids.mapped("picked"))
            for picking in placed.picking_ids
        )

    def _address(self, contact):
        named = contact.name or contact.parent_id.name
        return self._in_words(named, contact.street, contact.street2, contact.zip, contact.city, contact.country_code)

    def _stated_address(self, address):
        named = ", ".join(part for part in (address.company, address.name) if part)
        return self._in_words(
            named, address.street, address.street2, address.postcode, address.city, address.country.upper()
        )

    @staticmethod
    def _in_words(name, street, street2, postcode, city, country):
        town = " ".join(filter(None, (postcode, city)))
        return ", ".join(" ".join(part.split()) for part in (name, street, street2, town, country) if part)
