"""What becomes of goods that were looked at: the first rule that fits proposes, a person may say otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

DISPOSITIONS = (
    *("restock", "regrade", "refurbish", "repair", "vendor", "liquidate", "donate", "scrap", "give_back", "missing"),
)
GRADES = ("a", "b", "c", "d")  # like new, open box, worn, broken
# After which somebody may buy it.
SOLD_AGAIN = ("restock", "regrade", "liquidate")
BY_GRADE = {"a": "restock", "b": "refurbish", "c": "liquidate", "d": "scrap"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Fits where all that it names fits; what is empty fits everything. `below`: cost of one unit, in the company's
    currency; dear goods may be worth the work that cheap ones are not."""

    disposition: str
    grades: tuple[str, ...] = ()
    reasons: tuple = ()
    categories: tuple = ()
    products: tuple = ()
    channels: tuple = ()
    below: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """`reason`: as found, not as declared. `expired`: the lot's date has passed. `ours`: False for what the buyer never
    had from us, which goes back whatever it looks like. `possible`: what can be done with it at all; empty:
    everything."""

    grade: str
    reason: object = None
    categories: tuple = ()
    product: object = None
    channel: object = None
    cost: Decimal = Decimal(0)
    expired: bool = False
    ours: bool = True
    possible: tuple[str, ...] = ()


def propose(looked: Looked, rules: Sequence[Rule] = ()) -> str:
    """Nothing that is expired is ever sold again, whatever a rule says."""
    if not looked.ours:
        return "give_back"
    for rule in rules:
        if looked.expired and rule.disposition in SOLD_AGAIN:
            continue
        if _fits(rule, looked) and (not looked.possible or rule.disposition in looked.possible):
            return rule.disposition
    return "scrap" if looked.expired else BY_GRADE[looked.grade]


def _fits(rule: Rule, looked: Looked) -> bool:
    return (
        (not rule.grades or looked.grade in rule.grades)
        and (not rule.reasons or looked.reason in rule.reasons)
        and (not rule.categories or bool(set(rule.categories) & set(looked.categories)))
        and (not rule.products or looked.product in rule.products)
        and (not rule.channels or looked.channel in rule.channels)
        and (rule.below is None or looked.cost < rule.below)
    )
