"""What can go wrong between a channel and us; each error says what to do next.

    ChannelError
    ├── Unreachable      no usable answer (cut, time-out, 5xx)     -> try again, with back-off
    │   └── Unanswered   sent, but the answer never came: it may
    │                    have been applied                         -> ask the channel, then try again
    ├── Busy             the channel asks us to slow down (429)    -> try again after `retry_after`
    ├── Refused          our access is not accepted (401, 403)     -> pause the channel, tell a person
    │   └── Withheld     we hold back ourselves: the credentials
    │                    cannot be used in this database          -> pause the channel, tell a person
    ├── Rejected         this one request is not acceptable        -> ask a person, others go on
    ├── Gone             the thing does not exist there (404)      -> use the raw copy, or ask a person
    └── Unreadable       the answer or message makes no sense      -> ask a person, others go on

The message of an error is shown to merchants: plain words, no secrets, no payload.
"""


class ChannelError(Exception):
    """Base of all errors that a channel may raise. `code` is the channel's own error code, if it gave one."""

    def __init__(self, message: str, *, code: str = "", status: int | None = None):
        super().__init__(message)
        self.code = code
        self.status = status


class Unreachable(ChannelError):
    """Nothing usable came back and nothing can have been applied there."""


class Unanswered(Unreachable):
    """The request left us, its answer never came. Ask what the channel holds before repeating it."""


class Busy(ChannelError):
    """Throttled. `retry_after` is in seconds."""

    def __init__(self, message: str, *, retry_after: float = 30.0, code: str = "", status: int | None = None):
        super().__init__(message, code=code, status=status)
        self.retry_after = retry_after


class Refused(ChannelError):
    """Credentials are wrong, expired, or lack a permission."""


class Withheld(Refused):
    """The channel was not asked: its credentials are unreadable, or belong to another database."""


class Rejected(ChannelError):
    """The channel understood the request and said no."""


class Gone(Rejected):
    """The thing asked for is not there (any more)."""


class Unreadable(ChannelError):
    """What came cannot be understood."""


class BadSignature(ChannelError):
    """A webhook whose authenticity is not proven, or for which no secret is set."""


RETRYABLE = (Unreachable, Busy)
