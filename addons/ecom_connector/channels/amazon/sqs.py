"""Asks one queue of Amazon SQS (its JSON protocol), signed with the keys of an AWS user.

The signature comes from botocore, which is asked for here only: who has no queue does not need it.
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from ..errors import Busy, Gone, Refused, Rejected
from ..transport import Request, Response, Transport, raise_for_status
from . import answers

_KIND = "application/x-amz-json-1.0"
_THROTTLED = ("RequestThrottled", "ThrottlingException", "OverLimit", "KmsThrottled")
_REFUSED = ("AccessDeniedException", "InvalidClientTokenId", "SignatureDoesNotMatch", "UnrecognizedClientException")
_REFUSED += ("InvalidSecurity", "ExpiredTokenException", "IncompleteSignature", "MissingAuthenticationToken")


class Queue:
    """`address` as the AWS console shows it: https://sqs.<region>.amazonaws.com/<account>/<name>."""

    def __init__(self, address: str, key_id: str, secret: str, transport: Transport):
        parts = urlsplit(address)
        host = parts.hostname or ""
        local = parts.scheme == "http" and host == "127.0.0.1"
        known = parts.scheme == "https" and host.startswith("sqs.") and ".amazonaws.com" in host
        if not (local or known) or parts.path.strip("/").count("/") != 1:
            raise Refused("The address of the queue begins with https://sqs. and names a region of AWS.")
        if not key_id or not secret:
            raise Refused("The queue needs the access key of an AWS user: its id and its secret.")
        self._address, self._root = address, f"{parts.scheme}://{parts.netloc}/"
        self._region = "us-east-1" if local else host.split(".")[1]
        self._keys, self._transport = (key_id, secret), transport

    @property
    def arn(self) -> str:
        account, name = urlsplit(self._address).path.strip("/").split("/", 1)
        return f"arn:aws:sqs:{self._region}:{account}:{name}"

    def __repr__(self) -> str:
        return f"<Queue {self._address}>"

    def ask(self, action: str, payload: Mapping[str, Any], *, what: str) -> dict[str, Any]:
        body = json.dumps({"QueueUrl": self._address, **payload}).encode()
        headers = {"Content-Type": _KIND, "X-Amz-Target": f"AmazonSQS.{action}"}
        request = Request(method="POST", url=self._root, headers=headers, body=body, auth=self._sign)
        response = self._transport.send(request)
        _raise_for_problem(response, what)
        return answers.load(response.body or b"{}")

    def _sign(self, prepared):
        """As `auth` of the transport: the request with its signature."""
        try:
            from botocore.auth import SigV4Auth
            from botocore.awsrequest import AWSRequest
            from botocore.credentials import Credentials
        except ImportError as error:
            raise Rejected("Reading the queue needs the Python package botocore on the server of Odoo.") from error
        names = ("Content-Type", "X-Amz-Target")
        headers = {name: prepared.headers[name] for name in names}
        signed = AWSRequest(method=prepared.method, url=prepared.url, data=prepared.body, headers=headers)
        SigV4Auth(Credentials(*self._keys), "sqs", self._region).add_auth(signed)
        prepared.headers.update(dict(signed.headers.items()))
        return prepared


def _raise_for_problem(response: Response, what: str) -> None:
    """{"__type": "com.amazonaws.sqs#QueueDoesNotExist", "message": ".."} (SQS). What a receipt that ran out would have
    deleted comes once more, and is known by then."""
    if 200 <= response.status < 300:
        return
    try:
        said = answers.load(response.body)
    except answers.Unreadable:
        said = {}
    code = str(said.get("__type") or "").rpartition("#")[2]
    message = str(said.get("message") or said.get("Message") or "")[:300]
    if code in _THROTTLED:
        raise Busy(f"{what}: Amazon asks us to slow down.", retry_after=30.0, code=code, status=response.status)
    if code == "QueueDoesNotExist":
        raise Gone(f"{what}: there is no such queue.", code=code, status=response.status)
    if code in _REFUSED or response.status in (401, 403):
        # Not Refused, which stops the whole channel: orders are found by asking, too.
        words = message or "the keys are not accepted"
        raise Rejected(
            f"{what}: {words}. May the AWS user receive and delete messages there?", code=code, status=response.status
        )
    raise_for_status(response, what=what, writes=True, code=code, message=message)
