"""What a buyer gets back, line by line, and why.

Shares are cumulative (shares.part), so returns in any number of parts come to the whole; fees follow; at the end stands
the cap: never more than was paid and is not given back yet.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from .fees import Fee, charge
from .shares import ZERO, part, quantise
from .shipping import Shipping, refund_shipping
from .sold import Sold


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """Units of an article that come back, or that the buyer may keep.

    no_fee      what it comes back for is our fault
    worn        percent of their price that they lost by how the buyer treated them
    """

    article: Sold
    quantity: Decimal
    no_fee: bool = False
    worn: Decimal = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of the explanation. `code` has its sentence in the caller's language; `amount` is with tax."""

    code: str
    amount: Decimal
    key: Hashable = None
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What is credited for one article, or for the delivery: net and taxes in whole units of the currency."""

    key: Hashable
    quantity: Decimal
    net: Decimal
    taxes: Mapping[Hashable, Decimal] = field(default_factory=dict)

    @property
    def gross(self) -> Decimal:
        return self.net + sum(self.taxes.values(), ZERO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """`shares` are credited, `shipping` too (None: nothing of it); `worn` and `fees` are kept back.

    total       what the buyer gets: shares and shipping less fees, capped
    withheld    what the cap took away; a person looks at it
    steps       add up to the total
    """

    shares: tuple[Share, ...]
    shipping: Share | None
    fees: tuple[Share, ...]
    total: Decimal
    withheld: Decimal
    steps: tuple[Step, ...]
    worn: tuple[Share, ...] = ()


def refund(
    backs: Sequence[Back],
    *,
    unit: Decimal,
    refundable: Decimal,
    shipping: Shipping | None = None,
    fee: Fee | None = None,
) -> Refund:
    """`refundable`: paid and not given back yet, in the order's currency. ValueError for more units than were sold."""
    shares = tuple(_share(back, unit) for back in backs)
    steps = [
        Step(code="article", amount=share.gross, key=share.key, details={"quantity": share.quantity})
        for share in shares
    ]
    steps += _short(backs, shares)
    freight = refund_shipping(shipping, unit) if shipping else None
    if freight:
        freight = Share(key=shipping.key, quantity=Decimal(1), net=freight[0], taxes=freight[1])
        steps.append(Step(code="shipping", amount=freight.gross, key=shipping.key, details={"mode": shipping.mode}))
    worn, left = _worn(backs, shares, unit)
    steps += [Step(code="worn", amount=-share.gross, key=share.key) for share in worn]
    fees = _fees(backs, left, fee, unit)
    steps += [Step(code="fee", amount=-share.gross, key=share.key) for share in fees]
    due = sum((step.amount for step in steps if step.code != "limit"), ZERO)
    total = min(due, max(quantise(refundable, unit), ZERO))
    if total != due:
        steps.append(Step(code="cap", amount=total - due, details={"refundable": refundable}))
    kept = {"fees": fees, "worn": worn, "total": total, "withheld": due - total}
    return Refund(shares=shares, shipping=freight, steps=tuple(steps), **kept)


def _share(back: Back, unit: Decimal) -> Share:
    """The units' share, never more than is left of the article after goodwill given earlier."""
    article = back.article

    def of(amount):
        return part(amount, article.before, back.quantity, article.quantity, unit)

    net, taxes = of(article.net), {tax: of(amount) for tax, amount in article.taxes.items()}
    gross = net + sum(taxes.values(), ZERO)
    if gross > article.left and gross:
        taxes = {tax: quantise(amount * article.left / gross, unit) for tax, amount in taxes.items()}
        net = article.left - sum(taxes.values(), ZERO)
    return Share(key=article.key, quantity=back.quantity, net=net, taxes=taxes)


def _short(backs: Sequence[Back], shares: Sequence[Share]) -> list[Step]:
    """Why a share is smaller than its units are worth; says it without changing the sum."""
    return [
        Step(code="limit", amount=ZERO, key=share.key, details={"left": back.article.left})
        for back, share in zip(backs, shares, strict=True)
        if back.article.given and share.gross == back.article.left
    ]


def _worn(backs: Sequence[Back], shares: Sequence[Share], unit: Decimal) -> tuple[tuple[Share, ...], tuple[Share, ...]]:
    """(what the buyer's treatment cost of each share, its taxes with it; what is left of all shares)"""
    worn, left = [], []
    for back, share in zip(backs, shares, strict=True):
        lost = Fee(kind="percent", value=back.worn)
        ((net, taxes),) = charge(lost, [(share.net, share.taxes)], unit)
        if net or any(taxes.values()):
            worn.append(Share(key=share.key, quantity=Decimal(1), net=net, taxes=taxes))
        rest = {tax: amount - taxes.get(tax, ZERO) for tax, amount in share.taxes.items()}
        left.append(replace(share, net=share.net - net, taxes=rest))
    return tuple(worn), tuple(left)


def _fees(backs: Sequence[Back], shares: Sequence[Share], fee: Fee | None, unit: Decimal) -> tuple[Share, ...]:
    """What is kept back of each share; nothing of what comes back through our fault."""
    if not fee:
        return ()
    liable = [share for back, share in zip(backs, shares, strict=True) if not back.no_fee]
    charged = charge(fee, [(share.net, share.taxes) for share in liable], unit)
    return tuple(
        Share(key=share.key, quantity=Decimal(1), net=net, taxes=taxes)
        for share, (net, taxes) in zip(liable, charged, strict=True)
        if net or any(taxes.values())
    )
