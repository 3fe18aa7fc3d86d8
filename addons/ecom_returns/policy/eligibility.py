"""May it come back? Every rule says something or nothing; none refuses silently.

A rule yields Findings. "refuse" needs a reason that can be told to the buyer; "person" is for what must be looked at;
the worst finding decides. Patterns of abuse are flags for a person and never refuse by themselves.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from .shares import ZERO
from .window import Window, is_open, last_day

# Directive 2011/83/EU, Article 16: what cannot be withdrawn from. The only grounds on which a withdrawal is refused.
GROUNDS = ("made_to_order", "perishable", "unsealed_hygiene", "mixed", "unsealed_media", "periodical", "dated_service")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """One policy.

    withdrawal      the buyer's right by law: no fee, no reason asked, only the grounds of GROUNDS refuse
    auto_limit      what is worth more goes to a person; None: no limit
    auto            False: every return goes to a person
    returner_limit, pattern_limit   so many returns in a year, so many worn or missing goods before are told; 0: never
    """

    window: Window = Window()
    withdrawal: bool = False
    auto: bool = True
    auto_limit: Decimal | None = None
    returner_limit: int = 0
    pattern_limit: int = 0
    claim_window: Window = Window(days=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """`final_sale`: the seller's own word that it cannot come back; `ground`: the law's. `claim`: it is faulty, wrong
    or late, which no window for a change of mind ends. `photo_missing`: the reason asks for one and none came."""

    key: object
    value: Decimal = ZERO
    returnable: Decimal = ZERO
    quantity: Decimal = ZERO
    final_sale: bool = False
    ground: str = ""
    claim: bool = False
    photo_missing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """`start`: the day of the last parcel, None while unknown. `returns_of_year`, `orders_of_year`: of the buyer.
    `worn_before`, `missing_before`: articles of his that came back worn though nothing was wrong with them, or that
    were not in the parcel."""

    articles: Sequence[Article]
    at: datetime
    start: date | None = None
    zone: str = "UTC"
    holidays: tuple[date, ...] = ()
    returns_of_year: int = 0
    orders_of_year: int = 0
    worn_before: int = 0
    missing_before: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`outcome`: "refuse", "person" or "flag" (a person too, but nothing is wrong with the request itself)."""

    code: str
    outcome: str
    key: object = None
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`outcome`: "approve", "refuse" or "person"; `findings`: why."""

    outcome: str
    findings: tuple[Finding, ...] = ()


def judge(asked: Asked, terms: Terms) -> Answer:
    """The worst of what the rules find: refused where an article cannot come back, a person where any rule says so."""
    findings = tuple(finding for rule in RULES for finding in rule(asked, terms))
    outcomes = {finding.outcome for finding in findings}
    if terms.withdrawal:  # a right: patterns are told, and nobody stops it for them
        outcomes.discard("flag")
    if "refuse" in outcomes:
        refused = {finding.key for finding in findings if finding.outcome == "refuse"}
        mixed = not {article.key for article in asked.articles} <= refused and None not in refused
        return Answer(outcome="person" if mixed else "refuse", findings=findings)
    return Answer(outcome="person" if outcomes else "approve", findings=findings)


def _too_many(asked: Asked, terms: Terms) -> Iterator[Finding]:
    for article in asked.articles:
        if article.quantity > article.returnable:
            details = {"returnable": article.returnable}
            yield Finding(code="too_many", outcome="refuse", key=article.key, details=details)


def _too_late(asked: Asked, terms: Terms) -> Iterator[Finding]:
    """What nobody knows the day of is in time. What is faulty has a window of its own, and a person looks at it."""
    for article in asked.articles:
        window = terms.claim_window if article.claim else terms.window
        if not is_open(window, asked.start, asked.at, asked.zone, asked.holidays):
            details = {"until": last_day(window, asked.start, asked.holidays)}
            outcome = "person" if article.claim else "refuse"
            yield Finding(code="too_late", outcome=outcome, key=article.key, details=details)


def _excepted(asked: Asked, terms: Terms) -> Iterator[Finding]:
    """The law's exceptions end the right to withdraw, never a claim. A seller's own "final sale" does not end the
    right to withdraw."""
    for article in asked.articles:
        if article.claim:
            continue
        if article.ground in GROUNDS:
            yield Finding(code="excepted", outcome="refuse", key=article.key, details={"ground": article.ground})
        elif article.final_sale and not terms.withdrawal:
            yield Finding(code="final_sale", outcome="refuse", key=article.key)


def _photo_missing(asked: Asked, terms: Terms) -> Iterator[Finding]:
    """A withdrawal needs no proof."""
    for article in asked.articles:
        if article.photo_missing and (article.claim or not terms.withdrawal):
            yield Finding(code="photo_missing", outcome="person", key=article.key)


def _needs_a_person(asked: Asked, terms: Terms) -> Iterator[Finding]:
    """A withdrawal is a right: nobody approves it."""
    if terms.withdrawal and not any(article.claim for article in asked.articles):
        return
    value = sum((article.value for article in asked.articles), ZERO)
    if not terms.auto:
        yield Finding(code="always_asked", outcome="person")
    elif terms.auto_limit is not None and value > terms.auto_limit:
        yield Finding(code="worth_much", outcome="person", details={"value": value, "limit": terms.auto_limit})


def _returns_often(asked: Asked, terms: Terms) -> Iterator[Finding]:
    if terms.returner_limit and asked.returns_of_year >= terms.returner_limit:
        details = {"returns": asked.returns_of_year, "orders": asked.orders_of_year}
        yield Finding(code="returns_often", outcome="flag", details=details)


def _came_worn(asked: Asked, terms: Terms) -> Iterator[Finding]:
    """Bought, worn and sent back."""
    if terms.pattern_limit and asked.worn_before >= terms.pattern_limit:
        yield Finding(code="came_worn", outcome="flag", details={"count": asked.worn_before})


def _came_short(asked: Asked, terms: Terms) -> Iterator[Finding]:
    """Empty boxes."""
    if terms.pattern_limit and asked.missing_before >= terms.pattern_limit:
        yield Finding(code="came_short", outcome="flag", details={"count": asked.missing_before})


RULES = (_too_many, _too_late, _excepted, _photo_missing, _needs_a_person, _returns_often, _came_worn, _came_short)
