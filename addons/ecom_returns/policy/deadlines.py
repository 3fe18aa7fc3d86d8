"""By when somebody must have acted, by law or by a marketplace's terms."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """refund_days     days after the buyer said so in which the money is due (Directive 2011/83/EU, Article 13(1): 14)
    receipt_days    working days after the goods came in which a marketplace wants the money given back; 0: it does not
                    say, and the law's days hold
    send_days       days after it was agreed to in which the buyer sends the goods (Article 14(1): 14)
    """

    refund_days: int = 14
    receipt_days: int = 0
    send_days: int = 14


def refund_by(times: Times, *, noticed: date, sent: date | None = None, received: date | None = None) -> date | None:
    """The last day for the money; None while it may be withheld: until goods are back or were provably sent, whichever
    is earlier (Article 13(3)), and on a marketplace until they are back."""
    if times.receipt_days:
        return after_working_days(received, times.receipt_days) if received else None
    known = [day for day in (sent, received) if day]
    return max(noticed + timedelta(days=times.refund_days), min(known)) if known else None


def send_by(times: Times, *, agreed: date) -> date:
    return agreed + timedelta(days=times.send_days)


def after_working_days(start: date, days: int) -> date:
    """Monday to Friday; holidays are nobody's here."""
    end = start
    while days:
        end += timedelta(days=1)
        days -= end.weekday() < 5
    return end
