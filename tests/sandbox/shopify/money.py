"""Amounts as Shopify writes them: twice, in the shop's currency and in the buyer's."""

from decimal import ROUND_HALF_UP, Decimal

DIGITS = {"JPY": 0}
ZERO = Decimal(0)


def rounded(amount, currency):
    return amount.quantize(Decimal(1).scaleb(-DIGITS.get(currency, 2)), ROUND_HALF_UP)


class Purse:
    """The two currencies of one order. `rate`: units of the buyer's for one of the shop's."""

    def __init__(self, shop_currency, currency, rate):
        self.shop_currency, self.currency, self.rate = shop_currency, currency, Decimal(rate)

    def bag(self, amount):
        """`amount` in the buyer's currency."""
        shop = amount if self.currency == self.shop_currency else rounded(amount / self.rate, self.shop_currency)
        return {"presentmentMoney": money(amount, self.currency), "shopMoney": money(shop, self.shop_currency)}

    def local(self, amount):
        """A price of the shop in the buyer's currency."""
        return rounded(Decimal(amount) * self.rate, self.currency)


def money(amount, currency):
    return {"amount": f"{amount:f}", "currencyCode": currency}


def add(bags):
    """Sum of bags, side by side: what the shop's side comes to is not the sum's own conversion."""
    bags = list(bags)
    return {
        side: money(
            sum((Decimal(bag[side]["amount"]) for bag in bags), ZERO), bags[0][side]["currencyCode"] if bags else "USD"
        )
        for side in ("presentmentMoney", "shopMoney")
    }


def buyers(bag):
    return Decimal(bag["presentmentMoney"]["amount"])


def times(bag, factor, purse):
    return purse.bag(rounded(buyers(bag) * factor, purse.currency))
