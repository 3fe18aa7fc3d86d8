"""The connection to one shop: its address, our session there, and one place where answers become errors."""

from collections.abc import Mapping, Sequence
from typing import Any

from .. import address
from ..errors import Refused, Rejected, Unanswered, Unreachable, Unreadable
from ..markup import Row
from ..records import Shop
from ..transport import HttpTransport, Request, Response, Transport, keep_headers, raise_for_status
from . import faults, shop, soap

_WRITES = ("Create", "Update", "AddTrack", "RemoveTrack", "AddComment", "Cancel")
_YES, _NO = ("yes", "true", "1", "on"), ("no", "false", "0", "off")


def connect(credentials: Mapping[str, str], transport: Transport | None = None) -> "Client":
    """A client for the shop. Nothing is sent yet."""
    for name, label in (("url", "address"), ("user", "API user name"), ("key", "API key")):
        if not (credentials.get(name) or "").strip():
            raise Refused(f"The {label} of the shop is missing.")
    mode = (credentials.get("mode") or "").strip().lower()
    if mode and mode not in (*_YES, *_NO):
        raise Refused("WS-I compliance is “yes” or “no”; leave it empty if you do not know.")
    return Client(
        base=address.shop_address(credentials["url"], ("/index.php", "/api")),
        user=credentials["user"].strip(),
        key=credentials["key"].strip(),
        wsi=mode in _YES if mode else None,
        transport=transport or HttpTransport(),
    )


class Client:
    """Asks one shop. `page_size` is the number of orders asked for one after the other (there is no call for many)."""

    page_size = 10

    def __init__(self, *, base: str, user: str, key: str, wsi: bool | None, transport: Transport):
        self.base = base
        self.transport = transport
        self._user = user
        self._key = key
        self._wsi = wsi
        self._session = ""

    def __repr__(self) -> str:
        return f"<Magento 1 client of {self.base}>"

    def check(self) -> Shop:
        return shop.read_shop(self)

    def call(self, operation: str, *values: Any, what: str) -> Row:
        """What an operation returned; `values` as `soap.call` wants them."""
        return soap.result(self.ask(operation, *values, what=what))

    def ask(self, operation: str, *values: Any, what: str) -> bytes:
        """The whole answer of an operation, which is no fault. A session that has expired is opened again, once."""
        body, fault = self._tried(operation, values, what)
        if fault and fault.code == faults.SESSION_EXPIRED:
            self._session = ""
            body, fault = self._tried(operation, values, what)
        if fault:
            raise faults.error_of(fault, operation, what=what, writes=_writes(operation))
        return body

    def _tried(self, operation: str, values: Sequence[Any], what: str) -> tuple[bytes, soap.Fault | None]:
        session = self._session or self._sign_in()
        writes = _writes(operation)
        response = self._send(soap.call(operation, session, values, self.wsi), what, writes)
        try:
            soap.result(response.body)
        except soap.Fault as fault:
            return response.body, fault
        except Unreadable as error:
            if writes:  # a page in its place, or a notice of PHP before it: it may have been applied
                raise Unanswered(f"{what}: {error}") from error
            raise
        return response.body, None

    def _sign_in(self) -> str:
        what = "Signing in to the shop"
        response = self._send(soap.login(self._user, self._key, self.wsi), what, False)
        try:
            found = soap.result(response.body)
        except soap.Fault as fault:
            raise faults.error_of(fault, "login", what=what, writes=False) from None
        self._session = "".join(found.itertext()).strip()
        if not self._session:
            raise Unreadable("The shop opened no session.")
        return self._session

    @property
    def wsi(self) -> bool:
        """Which of the two modes the shop speaks, as its description says; asked once if nobody entered it."""
        if self._wsi is None:
            url = f"{self.base}/index.php/api/v2_soap/"
            request = Request(method="GET", url=url, params={"wsdl": "1"}, headers=self._headers())
            response = self.transport.send(request)
            _raise_for_problem(response, "Reaching the shop", False)
            if b"urn:Magento" not in response.body:
                raise Refused("This address answers, but not as the SOAP API of a Magento 1.")
            self._wsi = b'style="document"' in response.body
        return self._wsi

    def _send(self, body: bytes, what: str, writes: bool) -> Response:
        headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": soap.action(self.wsi), **self._headers()}
        url = f"{self.base}/index.php/api/v2_soap/"
        try:
            response = self.transport.send(
                Request(method="POST", url=url, headers=headers, body=body, auth=keep_headers)
            )
        except Unanswered as error:
            if writes:
                raise
            raise Unreachable(
                str(error)
            ) from error  # a question is asked with POST, too: nothing can have been applied
        _raise_for_problem(response, what, writes)
        return response

    @staticmethod
    def _headers() -> dict[str, str]:
        return {"User-Agent": "Odoo ecom_connector"}


def _writes(operation: str) -> bool:
    return operation.endswith(_WRITES)


def _raise_for_problem(response: Response, what: str, writes: bool) -> None:
    """Of a status that no fault has: a proxy, a firewall, a shop that is closed."""
    if 300 <= response.status < 400:
        raise Refused(f"{what}: the shop sends us on to another address. Enter the address it really uses.")
    if response.status == 404:
        raise Rejected(f"{what}: this address answers, but has no SOAP API of a Magento 1.", status=404)
    # PHP's own SOAP server says a fault with 500; what it is stands in the body.
    if response.status == 500 and b"Fault>" in response.body:
        return
    raise_for_status(response, what=what, writes=writes)
