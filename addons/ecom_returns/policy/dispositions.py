"""What becomes of goods that were looked at: the first rule that fits proposes, a person may say otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

DISPOSITIONS = ("restock", "refurbish", "vendor", "liquidate", "donate", "scrap", "give_back", "missing")
GRADES = ("a", "b", "c", "d")  # like new, open box, worn, broken
BY_GRADE = {"a": "restock", "b": "refurbish", "c": "liquidate", "d": "scrap"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Fits where all that it names fits; what is empty fits everything. `below`: cost of one unit, in the company's
    currency; dear goods may be worth the work that cheap ones are not."""

    disposition: str
    grades: tuple[str, ...] = ()
    reasons: tuple = ()
    categories: tuple = ()
    below: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """`reason`: as found, not as declared. `expired`: the lot's date has passed. `ours`: False for what the buyer never
    had from us, which goes back whatever it looks like."""

    grade: str
    reason: object = None
    categories: tuple = ()
    cost: Decimal = Decimal(0)
    expired: bool = False
    ours: bool = True


def propose(looked: Looked, rules: Sequence[Rule] = ()) -> str:
    """Nothing that is expired is ever sold again, whatever a rule says."""
    if not looked.ours:
        return "give_back"
    for rule in rules:
        if _fits(rule, looked) and not (looked.expired and rule.disposition == "restock"):
            return rule.disposition
    return "scrap" if looked.expired else BY_GRADE[looked.grade]


def _fits(rule: Rule, looked: Looked) -> bool:
    return (
        (not rule.grades or looked.grade in rule.grades)
        and (not rule.reasons or looked.reason in rule.reasons)
        and (not rule.categories or bool(set(rule.categories) & set(looked.categories)))
        and (rule.below is None or looked.cost < rule.below)
    )
