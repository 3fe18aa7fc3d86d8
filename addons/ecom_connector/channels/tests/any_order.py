"""Orders of any mixture, for property tests (hypothesis): as some channel might state them, and always adding up.

A channel has a character: its currency, how many digits it keeps on a line, and whether it rounds each line, each rate
or only the end. What it states follows from that, so an order here is never off by more than its own rounding.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timezone
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import strategies as st

from ..records import Line, Order, Payment, Tax

PLACED = datetime(2026, 3, 2, 10, 0, tzinfo=timezone.utc)
ZERO = Decimal(0)
DIGITS = {"EUR": 2, "USD": 2, "JPY": 0}
# code: (rate, charged on the taxes before it too)
RATES = {
    "vat20": (Decimal(20), False),
    "vat10": (Decimal(10), False),
    "odd": (Decimal("7.7"), False),
    "federal": (Decimal(5), False),
    "provincial": (Decimal("9.975"), True),
}
EXTRAS = ("shipping", "fee", "tip", "duty", "gift_card")
UNTAXED = ("tip", "gift_card")


@dataclass(frozen=True)
class Character:
    """`places` on a line; `rounding`: "line", "rate" or "end"."""

    currency: str
    places: int
    rounding: str

    @property
    def digits(self) -> int:
        return DIGITS[self.currency]


def characters():
    def of(currency: str):
        digits = DIGITS[currency]
        by_line = st.just(Character(currency, digits, "line"))
        finer = st.builds(Character, st.just(currency), st.just(6), st.sampled_from(("rate", "end")))
        return by_line | finer

    return st.sampled_from(("EUR", "EUR", "JPY", "USD")).flatmap(of)


def rounded(amount: Decimal, digits: int) -> Decimal:
    return amount.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


@st.composite
def orders(draw, external_id: str = "1", skus: tuple[str, ...] = ("SHIRT", "CUP")):
    """Any order of these products."""
    character = draw(characters())
    chosen = draw(st.lists(st.sampled_from(sorted(RATES)), max_size=4, unique=True))
    rates = [code for code in RATES if code in chosen]
    lines = [
        draw(goods(character, rates, f"{external_id}-{number}", skus)) for number in range(draw(st.integers(1, 4)))
    ]
    kinds = draw(st.lists(st.sampled_from(EXTRAS), max_size=3))
    lines += [draw(extra(character, rates, f"{external_id}-x{number}", kind)) for number, kind in enumerate(kinds)]
    return stated(draw, character, external_id, tuple(lines))


@st.composite
def goods(draw, character: Character, rates: list[str], external_id: str, skus: tuple[str, ...]):
    """A product with its share of the order's discounts; now and then a present that costs nothing."""
    quantity = draw(st.integers(1, 7))
    gross = draw(amounts(character)) * quantity
    share = draw(st.sampled_from((0, 0, 0, 5, 10, 33, "33.333333", 100)))
    discount = rounded(gross * Decimal(share) / 100, character.places)
    sku = draw(st.sampled_from(skus))
    return Line(
        external_id=external_id,
        name=f"A {sku.lower()}",
        sku=sku,
        variant_id=f"v-{sku}",
        quantity=Decimal(quantity),
        gross=gross,
        discount=discount,
        taxes=charged(character, gross - discount, draw(subset(rates)), draw(st.sampled_from((False,) * 9 + (True,)))),
    )


@st.composite
def extra(draw, character: Character, rates: list[str], external_id: str, kind: str):
    gross = draw(amounts(character))
    codes = [] if kind in UNTAXED else draw(subset(rates))
    taxes = charged(character, gross, codes, False)
    return Line(external_id=external_id, kind=kind, name=kind, gross=gross, taxes=taxes)


def subset(rates: list[str]):
    """In the order of RATES: compound taxes come after those they are charged on."""
    return (
        st.sets(st.sampled_from(rates)).map(lambda some: [code for code in rates if code in some])
        if rates
        else st.just([])
    )


@st.composite
def amounts(draw, character: Character):
    """A price per unit; a gross price taken apart has all the digits that the channel keeps."""
    price = Decimal(draw(st.integers(0, 50_000))).scaleb(-character.digits)
    return rounded(price / draw(st.sampled_from((1, Decimal("1.2"), Decimal("1.1")))), character.places)


def charged(character: Character, net: Decimal, codes: list[str], remitted: bool) -> tuple[Tax, ...]:
    taxes, before = [], ZERO
    for code in codes:
        rate, compound = RATES[code]
        amount = rounded((net + (before if compound else ZERO)) * rate / 100, character.places)
        before += amount
        taxes.append(Tax(code=code, name=code, rate=rate, amount=amount, compound=compound, remitted=remitted))
    return tuple(taxes)


def stated(draw, character: Character, external_id: str, lines: tuple[Line, ...]) -> Order:
    """The order as a channel of that character adds it up."""
    nets, rates = sum((line.total for line in lines), ZERO), defaultdict(Decimal)
    for line in lines:
        for tax in line.taxes:
            rates[tax.code, tax.remitted] += tax.amount
    if character.rounding == "rate":
        rates = {key: rounded(amount, character.digits) for key, amount in rates.items()}
    taxes = rounded(sum(rates.values(), ZERO), character.digits)
    totals = [Tax(code=code, rate=RATES[code][0], amount=a, remitted=r) for (code, r), a in rates.items()]
    total = rounded(nets + taxes, character.digits)
    return Order(
        external_id=external_id,
        number=external_id,
        version="1",
        created_at=PLACED,
        currency=character.currency,
        payment="paid",
        lines=lines,
        total=total,
        tax_total=taxes,
        tax_totals=tuple(totals) if character.rounding == "rate" else (),
        payments=tuple(draw(payments(character, external_id, total))),
    )


@st.composite
def payments(draw, character: Character, external_id: str, total: Decimal):
    """Paid at once, in two parts, or in part with a gift card."""
    first = rounded(total * draw(st.sampled_from((0, 0, Decimal("0.3")))), character.digits)
    tender = draw(st.sampled_from(("money", "gift_card", "store_credit")))
    parts = [(first, tender), (total - first, "money")]
    return [
        Payment(
            external_id=f"{external_id}-p{number}",
            method="card" if tender == "money" else tender,
            amount=amount,
            currency=character.currency,
            paid_at=PLACED,
            tender=tender,
        )
        for number, (amount, tender) in enumerate(parts)
        if amount > 0
    ]
