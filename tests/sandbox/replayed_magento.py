"""Every exchange recorded with a real Magento 1.9 over SOAP v2, served over HTTP; see `replayed.py`.

A request is the recorded one if its action and its envelope are: operation, parts, values, types, session. The same
question asked again gets the answers in the order in which they were recorded.
"""

from urllib.parse import urlsplit

from lxml import etree

from tests.contract import recorded
from tests.sandbox.replayed import Replayed

PATH = "/index.php/api/v2_soap/"
XML = "text/xml; charset=UTF-8"


def soap_exchanges():
    return [e for e in recorded.exchanges("magento1") if urlsplit(e.request["url"]).path == PATH]


def other_exchanges():
    """Those of XML-RPC and REST."""
    return [e for e in recorded.exchanges("magento1") if urlsplit(e.request["url"]).path != PATH]


class ReplayedMagento(Replayed):
    def __init__(self):
        super().__init__(soap_exchanges())

    def read(self, method, target, headers, body):
        return method, target, headers.get("SOAPAction"), said(body)

    def fits(self, exchange, asked):
        request = exchange.request
        stated = said(request["body"].encode())
        return {} if (request["method"], PATH, request["headers"]["SOAPAction"], stated) == asked else None

    def headers_of(self, exchange):
        return {"Content-Type": XML}

    def surprise(self):
        return 501, {"Content-Type": XML}, b""


def said(body):
    """What an envelope says: its body, without where the names of its namespaces stand."""
    return _told(body_of(body))


def body_of(body):
    return etree.fromstring(body)[0][0]


def operation_of(exchange):
    tag = etree.QName(body_of(exchange.request["body"].encode())).localname
    return tag.removesuffix("RequestParam").removesuffix("Param")


def session_of(exchange):
    return body_of(exchange.request["body"].encode()).findtext("sessionId")


def _told(row):
    return row.tag, (row.text or "").strip(), dict(row.attrib), [_told(inner) for inner in row]
