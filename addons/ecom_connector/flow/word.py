from odoo import models


class EcomFlowWord(models.AbstractModel):
    """What the plain rules found -> sentences that a person reads. A rule of a customer adds its own sentences here."""

    _name = "ecom.flow.word"
    _description = "E-commerce: words for findings"

    def _title(self, finding):
        """What stands in a list."""
        titles = dict(self.env["ecom.check.policy"]._fields["rule"]._description_selection(self.env))
        first = finding.reasons[0]
        if first.code == "score":
            return self.env._("%(rule)s, score %(score)s", rule=titles[finding.rule], score=first.values["score"])
        if len(finding.reasons) == 1 and finding.rule != "channel_risk":
            return self._sentence(first).rstrip(".")
        return titles.get(finding.rule, finding.rule)

    def _text(self, finding):
        """All reasons, one a line, each with the points it adds to the score."""
        return "\n".join(self._line(reason) for reason in finding.reasons)

    def _line(self, reason):
        if not reason.points:
            return self._sentence(reason)
        return self.env._("%(sentence)s (%(points)s points)", sentence=self._sentence(reason), points=reason.points)

    def _sentence(self, reason):
        return self._sentences().get(reason.code, reason.code) % dict(reason.values)

    def _sentences(self):
        """{code of a reason: sentence, with its values named in it}; a hook."""
        return {
            **self._sentences_of_buyer(),
            **self._sentences_of_money(),
            **self._sentences_of_goods(),
            **self._sentences_of_address(),
        }

    def _sentences_of_buyer(self):
        return {
            "blocked_email": self.env._("The mail address %(value)s is on the block list: %(why)s"),
            "blocked_domain": self.env._("Mail addresses of %(value)s are on the block list: %(why)s"),
            "blocked_phone": self.env._("The phone number %(value)s is on the block list: %(why)s"),
            "blocked_address": self.env._("The address %(value)s is on the block list: %(why)s"),
            "channel_risk_low": self.env._("The channel sees a low risk."),
            "channel_risk_medium": self.env._("The channel sees a medium risk."),
            "channel_risk_high": self.env._("The channel sees a high risk."),
            "channel_says": self.env._("The channel says: %(words)s"),
            "score": self.env._("The signs add up to %(score)s points; from %(limit)s on somebody looks."),
            "other_country": self.env._("Billed to %(bill)s, shipped to %(ship)s."),
            "other_person": self.env._("Shipped to somebody else, at another address than the bill."),
            "velocity": self.env._("%(count)s other orders of this buyer or to this address within %(hours)s hours."),
            "large": self.env._("An unusually large order: %(total)s."),
            "disposable_mail": self.env._("A mail box that is thrown away after use: %(domain)s."),
            "duplicate": self.env._("The same things were ordered a moment ago with order %(number)s."),
        }

    def _sentences_of_money(self):
        return {
            "payment_unpaid": self.env._("Not paid, and no payment is authorised."),
            "payment_authorized": self.env._("Authorised, not paid yet."),
            "payment_partial": self.env._("Paid in part only."),
            "paid_back": self.env._("The money was paid back already."),
            "total_off": self.env._(
                "The lines do not add up to the channel's total %(total)s. Missing on the lines: %(difference)s, in "
                "tax: %(tax)s. Correct the quotation, then release it."
            ),
            "price_low": self.env._("%(item)s was sold for %(asked)s; the pricelist says %(listed)s."),
            "price_high": self.env._("%(item)s was sold for %(asked)s; the pricelist says only %(listed)s."),
            "credit_exceeded": self.env._(
                "The customer owes %(owed)s already; with this order of %(added)s he would exceed his limit of "
                "%(limit)s."
            ),
            "unknown_payment": self.env._("Nobody said what the payment method %(name)s means here."),
        }

    def _sentences_of_goods(self):
        return {
            "stock_short": self.env._("%(item)s: %(wanted)s ordered, %(free)s free."),
            "restricted_place": self.env._("%(where)s: %(name)s"),
            "restricted_item": self.env._("%(item)s must not go there: %(name)s"),
            "unknown_delivery": self.env._("Nobody said which delivery method %(name)s is here."),
        }

    def _sentences_of_address(self):
        return {
            "no_address": self.env._("There is no address to ship to."),
            "no_country": self.env._("The country is missing or unknown: %(country)s"),
            "no_name": self.env._("Neither a person nor a company is named."),
            "no_street": self.env._("The street is missing."),
            "no_city": self.env._("The town is missing."),
            "no_postcode": self.env._("The postcode is missing."),
            "no_state": self.env._("The state is missing, which %(country)s needs."),
            "no_phone": self.env._("The phone number is missing."),
            "odd_postcode": self.env._("%(postcode)s is no postcode of %(country)s."),
            "placeholder": self.env._("A name, street or town looks made up."),
        }

    def _explanations(self):
        """{rule: what it looks at}, for who sets it."""
        return {
            "blocked": self.env._(
                "The buyer's mail address, its domain, phone number or address is on the block list."
            ),
            "channel_risk": self.env._("The channel's own opinion of the order, where it has one."),
            "fraud": self.env._(
                "Signs that add up to a score: billed and shipped to different places, many orders in a short time, an "
                "unusual value, a mail box that is thrown away. Each is shown with its points."
            ),
            "payment": self.env._(
                "The money is not as safe as you want it. Payment methods marked as paid later are left in peace."
            ),
            "total": self.env._("The channel's lines do not add up to its total, beyond the tolerance of the channel."),
            "price": self.env._(
                "A price on the channel is far from the pricelist chosen for the channel or its site. Without one, "
                "nothing is compared."
            ),
            "credit": self.env._(
                "The customer would owe more than his credit limit. What is paid on the channel is not owed."
            ),
            "duplicate": self.env._("The same buyer or address ordered the same things a moment ago."),
            "restricted": self.env._("A destination or a product stands among the restrictions."),
            "address": self.env._("A parcel to this address would come back: something is missing, or looks wrong."),
            "stock": self.env._("More was ordered than is free in the warehouse that ships it."),
            "unknown": self.env._("A payment or shipping method of the channel has no meaning here yet."),
        }
