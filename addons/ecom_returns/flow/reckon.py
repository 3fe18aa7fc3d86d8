from dataclasses import dataclass, replace
from decimal import Decimal

from odoo import models
from odoo.exceptions import UserError

from ..policy.amounts import Back, Refund, refund
from ..policy.shares import ZERO, spread
from ..policy.shipping import Shipping
from ..policy.sold import Sold, split_kit, with_discounts
from .allot import exact


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """What one invoice gives back. `backs`: [(return line, invoice line, units)] in the order of `refund.shares`."""

    invoice: object
    backs: tuple
    refund: Refund


class EcomFlowReturnReckon(models.AbstractModel):
    """Return lines and the invoices that charged them -> what is given back, by `policy/amounts.py`.

    From what was charged, never from what a product costs today: price, discount, taxes and rate of the invoice.
    """

    _name = "ecom.flow.return.reckon"
    _description = "E-commerce: reckon what is given back"

    def _reckon(self, lines):
        """[Reckoned], one for each invoice. UserError where a line was not charged, or was credited already."""
        record, found = lines.return_id, []
        articles = {}
        for line in lines:
            for invoice in self._invoices(line):
                if invoice not in articles:
                    articles[invoice] = self._articles(invoice)
        for invoice, backs in self._allot(lines, articles).items():
            found.append(self._refund(record, invoice, articles[invoice], backs))
        return found

    def _invoices(self, line):
        invoices = line.sudo().order_line_id.invoice_lines.move_id
        return invoices.filtered(lambda move: move.move_type == "out_invoice" and move.state == "posted").sorted("id")

    def _allot(self, lines, articles):
        """{invoice: [(return line, key, units)]}: the latest invoice is credited first."""
        left = {key: article.quantity - article.before for found in articles.values() for key, article in found.items()}
        backs = {}
        for line in lines:
            units = exact(line.quantity)
            for invoice in self._invoices(line)[::-1]:
                for key in articles[invoice]:
                    charged, product = key
                    if line.order_line_id not in charged.sale_line_ids or product != line.product_id:
                        continue
                    share = min(units, left[key])
                    if share > 0:
                        backs.setdefault(invoice, []).append((line, key, share))
                        left[key] -= share
                        units -= share
            if units > 0:
                raise UserError(self._uncharged_words(line, units))
        return backs

    def _uncharged_words(self, line, units):
        return self.env._(
            "%(units)s of %(product)s were not invoiced, or are credited already: there is nothing to credit.",
            units=f"{units.normalize():f}",
            product=line.product_id.display_name,
        )

    def _refund(self, record, invoice, articles, backs):
        policy = record.policy_id
        units = self.env["account.tax"]._ecom_unit(invoice.currency_id)
        asked = [
            Back(
                article=self._running(articles, backs, index),
                quantity=share,
                no_fee=self._is_free(line, policy),
                worn=exact(line.worn_percent) if line.goods == "received" else ZERO,
            )
            for index, (line, _key, share) in enumerate(backs)
        ]
        credited = invoice.reversal_move_ids.filtered(lambda move: move.state != "cancel")
        found = refund(
            asked,
            unit=units,
            refundable=exact(invoice.amount_total) - sum((exact(move.amount_total) for move in credited), ZERO),
            shipping=self._shipping(invoice, policy, articles, backs),
            fee=policy._fee(),
        )
        return Reckoned(
            invoice=invoice,
            backs=tuple((line, key[0], share) for line, key, share in backs),
            refund=found,
        )

    @staticmethod
    def _is_free(line, policy):
        """Whether no fee is kept back: our fault, or goods instead of money where the policy says so."""
        exchanged = line.resolution == "exchange" and not policy.exchange_fee
        return exchanged or line.reason_id.is_claim or line.found_reason_id.is_claim or line.goods == "keep"

    @staticmethod
    def _running(articles, backs, index):
        """The article as it is after the lines before this one: two lines of one article round as one."""
        key = backs[index][1]
        earlier = sum((share for _line, other, share in backs[:index] if other == key), ZERO)
        return replace(articles[key], before=articles[key].before + earlier)

    # --------------------------------------------------------------- articles
    def _articles(self, invoice):
        """{(invoice line, product): Sold} of all goods on the invoice, after discounts on the whole of it. A kit is
        there by its components."""
        plain, discounts = [], []
        for line in invoice.invoice_line_ids.filtered(lambda line: line.display_type == "product"):
            if line.is_downpayment or any(line.sale_line_ids.mapped("is_delivery")):
                continue
            booked = self._charged(line)
            quantity = exact(line.product_uom_id._compute_quantity(line.quantity, line.product_id.uom_id))
            sold = Sold(key=line, quantity=quantity or Decimal(1), net=booked.net, taxes=booked.taxes)
            (discounts if booked.net < 0 else plain).append(sold)
        discounts += self._rounded(invoice)
        found = {}
        unit = self.env["account.tax"]._ecom_unit(invoice.currency_id)
        for sold in with_discounts(plain, discounts, unit):
            for part in self._parts(sold, unit):
                found[part.key] = self._with_credits(invoice, part)
        return found

    @staticmethod
    def _rounded(invoice):
        """What cash rounding took off or added: each article has its share of it, as of a discount."""
        lines = invoice.line_ids.filtered(lambda line: line.display_type == "rounding")
        return [Sold(key=line, quantity=Decimal(1), net=exact(-line.amount_currency)) for line in lines]

    def _charged(self, line):
        """`Stated` of an invoice line as it was posted. Its taxes may have got other rates since: what they come to
        stands on the line, their proportion is today's."""
        booked = line._ecom_booked()
        charged = exact(line.price_total) - exact(line.price_subtotal)
        if not booked.taxes or sum(booked.taxes.values(), ZERO) == charged:
            return booked
        unit = self.env["account.tax"]._ecom_unit(line.currency_id)
        shares = spread(charged, list(booked.taxes.values()), unit)
        return replace(booked, net=exact(line.price_subtotal), taxes=dict(zip(booked.taxes, shares, strict=True)))

    def _parts(self, sold, unit):
        order_line, line = sold.key.sale_line_ids[:1], sold.key
        moves = self.env["ecom.flow.return.allot"]._deliveries(order_line)
        if not moves or line.product_id in moves.product_id or not order_line.qty_delivered_method == "stock_move":
            return [replace(sold, key=(line, line.product_id))]
        share = exact(line.quantity) / exact(order_line.product_uom_qty)
        components = [
            ((line, product), share * sum((self._sent(move) for move in sent), ZERO), exact(product.lst_price))
            for product, sent in moves.grouped("product_id").items()
        ]
        return split_kit(sold, components, unit)

    @staticmethod
    def _sent(move):
        return exact(move.product_uom._compute_quantity(move.quantity, move.product_id.uom_id))

    def _with_credits(self, invoice, sold):
        """What was credited of it before: by returns, or by an accountant who reversed the invoice."""
        line, product = sold.key
        credits = invoice.reversal_move_ids.filtered(lambda move: move.state != "cancel").invoice_line_ids
        ours = credits.filtered(
            lambda credit: credit.ecom_credits_id == line and credit.ecom_return_line_id.product_id == product
        )
        others = credits.filtered(lambda credit: not credit.ecom_credits_id and line._ecom_is_same(credit))
        before = sum((exact(credit.ecom_units) for credit in ours), ZERO)
        if line.quantity:
            before += sum((exact(credit.quantity) / exact(line.quantity) for credit in others), ZERO) * sold.quantity
        given = sum((exact(credit.price_total) for credit in ours | others), ZERO)
        goodwill = credits.filtered(lambda credit: credit.ecom_credits_id == line and not credit.ecom_return_line_id)
        if line.price_total:
            # Of a kit each component its share.
            share = sold.gross / exact(line.price_total)
            given += sum((exact(credit.price_total) for credit in goodwill), ZERO) * share
        return replace(sold, before=min(before, sold.quantity), given=given)

    # --------------------------------------------------------------- shipping
    def _shipping(self, invoice, policy, articles, backs):
        """policy.shipping.Shipping of the invoice, None where it charged none."""
        charged = invoice.invoice_line_ids.filtered(lambda line: any(line.sale_line_ids.mapped("is_delivery")))[:1]
        if not charged or policy.shipping == "none":
            return None
        now = dict.fromkeys(articles, ZERO)
        for _line, key, share in backs:
            now[key] += share
        booked = self._charged(charged)
        credits = invoice.reversal_move_ids.filtered(lambda move: move.state != "cancel").invoice_line_ids
        given = credits.filtered(lambda credit: charged in (credit.ecom_credits_id,) or charged._ecom_is_same(credit))
        return Shipping(
            key=charged,
            net=booked.net,
            taxes=booked.taxes,
            mode=policy.shipping,
            standard=exact(policy.standard_rate) if policy.standard_rate else None,
            complete=all(article.before + now[key] >= article.quantity for key, article in articles.items()),
            returned=sum(
                (article.gross * (article.before + now[key]) / article.quantity for key, article in articles.items()),
                ZERO,
            ),
            whole=sum((article.gross for article in articles.values()), ZERO),
            given=sum((exact(credit.price_total) for credit in given), ZERO),
        )

    # ------------------------------------------------------------------ words
    def _explain(self, reckoned):
        """The refund in sentences, one a step, and the sum."""
        currency, found = reckoned.invoice.currency_id, reckoned.refund
        words = [
            f"{self._step_words(step)}: {currency.format(float(step.amount))}"
            if step.code != "limit"
            else self._step_words(step)
            for step in found.steps
        ]
        return [*words, self.env._("To give back: %(amount)s", amount=currency.format(float(found.total)))]

    def _step_words(self, step):
        key = step.key[0] if isinstance(step.key, tuple) else step.key
        name = (key.name or "").split("\n")[0] if key else ""
        if step.code == "article":
            return self.env._("%(units)s × %(name)s", units=f"{step.details['quantity'].normalize():f}", name=name)
        return {
            "limit": self.env._("%(name)s: something was given back before, so no more than the rest", name=name),
            "shipping": self.env._("Delivery"),
            "worn": self.env._("Loss of value of %(name)s", name=name),
            "fee": self.env._("Fee for %(name)s", name=name),
            "cap": self.env._("More than is left on the invoice, not given back"),
        }[step.code]
