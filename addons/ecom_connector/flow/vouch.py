"""VAT numbers of buyers -> asked of the Union's register, when no order waits for it.

Odoo asks VIES while a contact is written, and never again, whatever came of it. An order asks nothing
(flow/recognise.py); so the numbers that it brought are asked here, daily, and again while the register does not answer.
Only with Odoo's module base_vat, and where a company has switched "Verify VAT Numbers" on.
"""

import logging
from datetime import timedelta

from stdnum.eu.vat import check_vies
from stdnum.exceptions import ValidationError

from odoo import api, fields, models

_logger = logging.getLogger(__name__)

AT_ONCE = 50
TIMEOUT = 10
# A number may be registered, or given up, later than the first time somebody bought with it.
AGAIN = timedelta(days=90)


class EcomFlowHousekeep(models.AbstractModel):
    _inherit = "ecom.flow.housekeep"

    @api.model
    def _cron_housekeeping(self):
        result = super()._cron_housekeeping()
        self.env["ecom.flow.vouch"]._look_up()
        return result


class EcomFlowVouch(models.AbstractModel):
    _name = "ecom.flow.vouch"
    _description = "E-commerce: VAT numbers"

    @api.model
    def _look_up(self):
        """Nothing is open for writing while the register is asked; when it is silent it is asked again tomorrow."""
        with self.env["ecom.flow.run"]._transaction() as env:
            numbers = env["ecom.flow.vouch"]._numbers()
        answers = self._answers(numbers)
        if answers:
            with self.env["ecom.flow.run"]._transaction() as env:
                env["ecom.flow.vouch"]._store(answers)

    def _numbers(self):
        """VAT numbers of buyers that nobody has asked for, or not for long."""
        partners = self.env["res.partner"]
        if "vies_valid" not in partners._fields or not self.env["res.company"].search_count(
            [("vat_check_vies", "=", True)], limit=1
        ):
            return []
        bought = ("ecom_channel_id", "!=", False)
        domain = [
            ("vat", "!=", False),
            *("|", ("sale_order_ids", "any", [bought]), ("child_ids.sale_order_ids", "any", [bought])),
            *("|", ("ecom_vies_asked_at", "=", False), ("ecom_vies_asked_at", "<", fields.Datetime.now() - AGAIN)),
        ]
        found = partners.search(domain, order="ecom_vies_asked_at asc nulls first, id", limit=AT_ONCE)
        return list(dict.fromkeys(found.mapped("vat")))

    def _answers(self, numbers):
        """The outward calls. {number: whether the register has it}; ends at the first one it does not answer."""
        # Loaded late, as core does: it takes a while.
        from odoo.tools import zeep  # noqa: PLC0415

        answers = {}
        for number in numbers:
            try:
                answers[number] = bool(check_vies(number, timeout=TIMEOUT)["valid"])
            except ValidationError:
                answers[number] = False  # no number of the Union
            except (OSError, zeep.exceptions.Error) as error:
                _logger.info("The register of VAT numbers did not answer: %s", type(error).__name__)
                break
        return answers

    def _store(self, answers):
        """`answers`: {number: whether it is registered}"""
        partners = self.env["res.partner"].with_context(no_vat_validation=True)
        for number, valid in answers.items():
            found = partners.search([("vat", "=", number)])
            found.write({"ecom_vies_asked_at": fields.Datetime.now(), "vies_valid": valid})
