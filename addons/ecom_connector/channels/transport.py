"""The only place that opens a socket.

A client builds a `Request`, a transport answers with a `Response` or raises from `errors`. Tests and the demo channel
put another transport in its place; nothing else of a channel changes.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit

import requests

from .errors import Busy, Gone, Refused, Rejected, Unanswered, Unreachable, Unreadable

_logger = logging.getLogger(__name__)

# A pass of the engine must end well inside Odoo's limits: connect + read stay below 12 seconds.
CONNECT_TIMEOUT = 3.0
READ_TIMEOUT = 8.0
NOTHING_SENT = ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError")
MAX_ANSWER = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One call. `auth` as `requests` takes it; `timeout` is (connect, read) in seconds."""

    method: str
    url: str
    params: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    auth: Any = None
    timeout: tuple[float, float] = (CONNECT_TIMEOUT, READ_TIMEOUT)

    @property
    def writes(self) -> bool:
        return self.method.upper() not in ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body as JSON with exact decimals; Unreadable if it is none."""
        from decimal import Decimal

        try:
            return json.loads(self.body, parse_float=Decimal)
        except (ValueError, RecursionError) as error:
            raise Unreadable("The channel answered with something that is not JSON.", status=self.status) from error


class Transport(Protocol):
    def send(self, request: Request) -> Response: ...


def keep_headers(prepared):
    """Stands in as `auth`, so that requests does not put an entry of a .netrc file in the place of our header."""
    return prepared


class HttpTransport:
    """HTTP over `requests`, one session (connection pool) per transport, no redirects followed on writes."""

    def __init__(self) -> None:
        self._session = requests.Session()

    def send(self, request: Request) -> Response:
        """Send and return whatever status came. Raises Unreachable (not sent) or Unanswered (sent, no answer)."""
        host = urlsplit(request.url).hostname or "?"
        try:
            answer = self._session.request(
                request.method,
                request.url,
                params=dict(request.params) or None,
                headers=dict(request.headers),
                data=request.body or None,
                auth=request.auth,
                timeout=request.timeout,
                allow_redirects=not request.writes,
            )
        except requests.exceptions.ConnectTimeout as error:
            raise Unreachable(f"{host} could not be reached.") from error
        except requests.exceptions.ConnectionError as error:
            raise self._cut(request, host, error) from error
        except requests.exceptions.Timeout as error:
            kind = Unanswered if request.writes else Unreachable
            raise kind(f"{host} did not answer within {request.timeout[1]:.0f} seconds.") from error
        except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError) as error:
            # It began to answer: whatever was asked has been done by then, more likely than not.
            kind = Unanswered if request.writes else Unreachable
            raise kind(f"The answer of {host} was cut short.") from error
        except requests.exceptions.RequestException as error:
            raise Unreachable(f"The request to {host} failed.") from error
        _logger.debug("%s %s -> %s", request.method, redacted(request.url), answer.status_code)
        if len(answer.content) > MAX_ANSWER:
            raise Unreadable(f"The answer of {host} is larger than we accept.")
        return Response(status=answer.status_code, headers=answer.headers, body=answer.content)

    @staticmethod
    def _cut(request: Request, host: str, error: Exception) -> Unreachable:
        """A refused connection reached nobody; one cut later may have been applied there."""
        reason = getattr(error.args[0], "reason", None) if error.args else None
        if not request.writes or type(reason).__name__ in NOTHING_SENT or "CERTIFICATE_VERIFY_FAILED" in str(reason):
            return Unreachable(f"{host} could not be reached.")
        return Unanswered(f"The connection to {host} was cut before it answered.")

    def close(self) -> None:
        self._session.close()


def redacted(url: str) -> str:
    """The address without its query and user part: keys travel there."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"


def raise_for_status(response: Response, *, what: str, writes: bool, code: str = "", message: str = "") -> None:
    """Translate a plain HTTP status into the error tree; `what` names the attempt in a merchant's words.

    A server that broke off over a write may have applied it (Unanswered). One that is closed (503) has not begun.
    """
    status = response.status
    if status < 400:
        return
    said = f"{what}: {message}" if message else f"{what}: the channel answered with status {status}."
    if status == 429:
        raise Busy(said, retry_after=retry_after(response), code=code, status=status)
    if status in (401, 403):
        raise Refused(said, code=code, status=status)
    if status in (404, 410):
        raise Gone(said, code=code, status=status)
    if status == 503 and response.headers.get("Retry-After"):
        raise Busy(said, retry_after=retry_after(response), code=code, status=status)
    if status >= 500:
        kind = Unanswered if writes and status != 503 else Unreachable
        raise kind(said, code=code, status=status)
    raise Rejected(said, code=code, status=status)


def retry_after(response: Response, default: float = 30.0) -> float:
    """Seconds of a Retry-After header (RFC 9110 10.2.3); dates and nonsense give the default."""
    try:
        return min(max(float(response.headers.get("Retry-After", default)), 0.0), 3600.0)
    except ValueError:
        return default
