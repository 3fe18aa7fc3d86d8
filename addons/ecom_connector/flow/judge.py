from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from odoo import fields, models

from ..rules.checks import ask
from ..rules.checks.finding import Finding
from ..rules.checks.identity import address_key, buyer_key
from ..rules.checks.order_types import ORDINARY, applies, order_types

# What is judged of an order that is confirmed already: what the buyer or the channel may have changed. Its goods are
# reserved and its money is owed by now, so that its own stock and credit would speak against it.
OF_CONFIRMED = frozenset(("blocked", "channel_risk", "fraud", "payment", "total", "restricted", "address"))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule found on one order, with the channel's policy about it."""

    policy: Any
    finding: Finding

    @property
    def is_hold(self):
        return self.policy.effect == "hold"


class EcomFlowJudge(models.AbstractModel):
    """Orders + facts + the channel's policies -> what is odd about them. Writes nothing."""

    _name = "ecom.flow.judge"
    _description = "E-commerce: judge"

    def _judge(self, batch, placed=None):
        """{order external id: [Verdict]} of the orders of which anything is found; fills `batch.types`.

        `placed`: {order external id: sale.order} when orders that are here are judged again.
        """
        policies = batch.channel.sudo().check_policy_ids.filtered(lambda policy: policy.effect != "off")
        always = batch.channel.sudo().order_type_ids.mapped("code") + self._types_of_platform(batch.channel)
        batch.types = {key: order_types(order, always) for key, order in batch.orders.items()}
        if not policies or not batch.orders:
            return {}
        facts = self.env["ecom.flow.gather"]._facts(batch, policies, placed or {})
        asked = [(policy, policy._limits(), *self._scope(policy)) for policy in policies]
        found = defaultdict(list)
        for external_id, known in facts.items():
            order, here = batch.orders[external_id], (placed or {}).get(external_id)
            for policy, limits, only, never in asked:
                if not applies(known.types, only, never) or (here and not self._is_open(here, policy.rule)):
                    continue
                finding = ask(policy.rule, order, known, limits)
                if finding:
                    found[external_id].append(Verdict(policy, finding))
        return dict(found)

    @staticmethod
    def _scope(policy):
        return policy.only_type_ids.mapped("code"), policy.never_type_ids.mapped("code")

    @staticmethod
    def _is_open(order, rule):
        return order.state in ("draft", "sent") or (order.state == "sale" and rule in OF_CONFIRMED)

    @staticmethod
    def _types_of_platform(channel):
        return ["marketplace"] if channel._adapter().kind == "marketplace" else []

    # ------------------------------------------------------------------- keep
    def _prepare_order_values(self, batch, order):
        """What an order remembers, so that it can be judged, searched for and compared later; a hook."""
        kinds = batch.types.get(order.external_id, frozenset()) - {ORDINARY}
        types = self._types() if kinds else {}
        return {
            "ecom_type_ids": [fields.Command.set([types[code] for code in kinds if code in types])] if kinds else [],
            "ecom_risk": order.risk.level if order.risk else False,
            "ecom_shipping_method": order.shipping_method or False,
            "ecom_buyer_key": buyer_key(order) or False,
            "ecom_address_key": address_key(order) or False,
        }

    def _types(self):
        return {found.code: found.id for found in self.env["ecom.order.type"].search([])}
