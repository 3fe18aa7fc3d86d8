from odoo import models

from ..rules.checks.finding import digest

# Of a problem that is no check's: an order that came in and waits for more than a release.
CONTENT = "content"
# What the people who work exceptions off file a finding under.
CATEGORIES = {
    "blocked": "risk",
    "channel_risk": "risk",
    "fraud": "risk",
    "payment": "money",
    "total": "money",
    "price": "money",
    "credit": "money",
    "duplicate": "order",
    "restricted": "order",
    "address": "order",
    "stock": "stock",
    "unknown": "mapping",
}


class EcomFlowHold(models.AbstractModel):
    """Verdicts -> exceptions with owner and deadline. An order with an open hold stays a quotation; if it is confirmed
    already, its goods stay here."""

    _name = "ecom.flow.hold"
    _description = "E-commerce: hold"

    def _hold(self, batch, placed, verdicts, problems=None):
        """External ids of the new orders that must not be confirmed. `problems`: of flow/check.py, that refuse
        nothing."""
        troubles, shared = [], {}
        for external_id, order in placed.items():
            found = verdicts.get(external_id, ())
            troubles += [self._prepare_hold(order, verdict) for verdict in found if self._is_own(verdict)]
            troubles += self._prepare_problem(order, (problems or {}).get(external_id, ()))
            for verdict in found:
                shared.update(self._prepare_shared(verdict))
        if troubles or shared:
            self.env["ecom.exception"]._open_many(batch.channel, [*troubles, *shared.values()])
        held = {trouble["order_id"] for trouble in troubles if trouble["is_hold"]}
        self._keep_units(self.env["sale.order"].browse(held))
        return {external_id for external_id, order in placed.items() if order.id in held}

    @staticmethod
    def _is_own(verdict):
        """An unknown word that only is to be told is told once, not for each order."""
        return verdict.is_hold or verdict.policy.rule != "unknown"

    def _keep_units(self, orders):
        """What a quotation of a channel wants is sold over there: it is not offered again anywhere."""
        products = orders.order_line.product_id
        if products:
            self.env["ecom.stock.change"]._mark("product", products.ids)

    # ------------------------------------------------------------------- again
    def _state(self, batch, placed):
        """{external id: what a check may have judged} of orders that are here, as it is kept now."""
        return {
            external_id: (order.ecom_content, order.ecom_payment, order.ecom_risk)
            for external_id, order in placed.items()
            if external_id in batch.orders
        }

    def _recheck(self, batch, placed, before):
        """Judge again what a newer version of an order may have changed: quotations always, confirmed orders while all
        of their goods are here and only what differs from `before` (see `_state`) makes a difference.

        A release stands unless what was released has changed. What is not so any more is over by itself.
        """
        after = {key: self._facts_of(batch, batch.orders[key]) for key in before}
        again = {
            key: placed[key]
            for key in before
            if placed[key].state in ("draft", "sent")
            or (placed[key].state == "sale" and before[key] != after[key] and not self._has_left(placed[key]))
        }
        if not again:
            return
        everything = batch.orders
        batch.orders = {key: everything[key] for key in again}
        verdicts = self.env["ecom.flow.judge"]._judge(batch, again)
        batch.orders = everything
        known = self._known(again)
        for key, order in again.items():
            self._follow(batch, order, verdicts.get(key, ()), known.get(order, self.env["ecom.exception"]))
        self.env["ecom.flow.release"]._go_on(self.env["sale.order"].concat(*again.values()))

    @staticmethod
    def _facts_of(batch, order):
        return batch.content(order), order.payment, order.risk.level if order.risk else False

    @staticmethod
    def _has_left(order):
        return any(picking.state == "done" for picking in order.picking_ids)

    def _known(self, placed):
        """{order: its exceptions of checks, open or not}."""
        orders = self.env["sale.order"].concat(*placed.values())
        exceptions = self.env["ecom.exception"].sudo()
        found = exceptions.search([("order_id", "in", orders.ids), ("check_rule", "not in", (False, CONTENT))])
        return found.grouped("order_id")

    def _follow(self, batch, order, verdicts, known):
        found = {verdict.policy.rule: verdict for verdict in verdicts if self._is_own(verdict)}
        over = known.filtered(lambda exception: exception.state == "open" and exception.check_rule not in found)
        over._close_quietly(self.env._("It is not so any more."))
        new = [v for v in found.values() if not self._is_released(v, known)]
        for verdict in new:
            self._of(verdict, known)._forget_approval(verdict.finding)
        self.env["ecom.exception"]._open_many(batch.channel, [self._prepare_hold(order, v) for v in new])
        shared = {key: trouble for verdict in verdicts for key, trouble in self._prepare_shared(verdict).items()}
        if shared:
            self.env["ecom.exception"]._open_many(batch.channel, list(shared.values()))

    @staticmethod
    def _of(verdict, known):
        return known.filtered(lambda exception: exception.check_rule == verdict.policy.rule)

    def _is_released(self, verdict, known):
        """Whether a person has looked at all that is found now."""
        marks = self._of(verdict, known).mapped("released_marks")
        return verdict.finding.is_released(mark for text in marks for mark in (text or "").split())

    # ----------------------------------------------------------------- prepare
    def _prepare_hold(self, order, verdict):
        """Arguments of an exception; a hook."""
        policy, word = verdict.policy, self.env["ecom.flow.word"]
        return {
            "category": CATEGORIES[policy.rule],
            "name": self.env._(
                "Order %(number)s: %(title)s", number=order.ecom_number, title=word._title(verdict.finding)
            ),
            "detail": word._text(verdict.finding),
            "severity": "2" if verdict.is_hold else "1",
            "dedupe_key": f"check:{order.ecom_external_id}:{policy.rule}",
            "order_id": order.id,
            "is_hold": verdict.is_hold,
            "check_rule": policy.rule,
            "check_marks": " ".join(sorted(verdict.finding.marks)),
            "terms": (policy.hours, policy.user_id.filtered("active") or order.ecom_channel_id._responsible()),
        }

    def _prepare_problem(self, order, problems):
        """One exception for all that flow/check.py says of the order."""
        if not problems:
            return []
        words = "\n".join(f"{problem.name} {problem.detail}".strip() for problem in problems)
        return [
            {
                "category": problems[0].category,
                "name": self.env._("Order %(number)s: %(title)s", number=order.ecom_number, title=problems[0].name),
                "detail": words,
                "severity": max(problem.severity for problem in problems),
                "dedupe_key": f"check:{order.ecom_external_id}:{CONTENT}",
                "order_id": order.id,
                "is_hold": any(problem.effect == "hold" for problem in problems),
                "check_rule": CONTENT,
                "check_marks": f"{CONTENT}:{digest(words)}",
            }
        ]

    def _prepare_shared(self, verdict):
        """{dedupe key: trouble} of the words that nobody gave a meaning: one exception for all orders with them."""
        found = {}
        for reason in verdict.finding.reasons if verdict.policy.rule == "unknown" else ():
            kind, code, name = reason.code.removeprefix("unknown_"), reason.about[0], reason.values["name"]
            names = {
                "payment": self.env._("Where does money paid by %(method)s wait?", method=name),
                "delivery": self.env._("Which delivery method is %(method)s of the channel?", method=name),
            }
            found[f"{kind}:{code}"] = {
                "category": "mapping",
                "name": names[kind],
                "detail": self.env._("Press Choose: the orders that use it go on with it."),
                "severity": "2" if verdict.is_hold else "1",
                "dedupe_key": f"{kind}:{code}",
            }
        return found
