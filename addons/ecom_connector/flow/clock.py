from datetime import datetime, timezone


def now():
    """This moment, naive UTC, to the microsecond: two things within one second have an order here, and what became
    due this second is due."""
    return datetime.now(timezone.utc).replace(tzinfo=None)
