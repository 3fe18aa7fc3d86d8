"""Envelopes of Magento's SOAP v2: written for a server in encoded or in WS-I mode, and read in either.

Written by hand, element by element, because no library writes the lists of the encoded mode (research/contracts.md);
`tests/contract` holds every envelope to the shop's own WSDL with zeep, which nobody needs who only runs this. So
nothing is fetched, neither the WSDL nor the schema of the SOAP encoding.

    encoded   <ns1:salesOrderInfo><sessionId xsi:type="xsd:string">..       lists of <item>, each with its type
    WS-I      <ns1:salesOrderInfoRequestParam><sessionId>..                 lists of <complexObjectArray>
"""

from collections.abc import Sequence
from typing import Any

from lxml import etree

from ..errors import Unreadable
from ..markup import Row, elements, parse
from . import operations

_SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
_ENCODING = "http://schemas.xmlsoap.org/soap/encoding/"
_XSD = "http://www.w3.org/2001/XMLSchema"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_MAGENTO = "urn:Magento"
_NAMES = {"SOAP-ENV": _SOAP, "ns1": _MAGENTO, "xsd": _XSD, "xsi": _XSI, "SOAP-ENC": _ENCODING}
_SIMPLE = ("string", "int", "double")


class Fault(Exception):
    """The shop's "no": its code and its words."""

    def __init__(self, code: str, words: str):
        super().__init__(words)
        self.code = code
        self.words = words


def login(user: str, key: str, wsi: bool) -> bytes:
    return _envelope("login", (operations.Part("username"), operations.Part("apiKey")), (user, key), wsi)


def call(operation: str, session: str, values: Sequence[Any], wsi: bool) -> bytes:
    """`values` in the order of `operations.PARTS`: text, a number, None, a list or a record (dict) as its kind says."""
    parts = (operations.Part("sessionId"), *operations.PARTS[operation])
    return _envelope(operation, parts, (session, *values), wsi)


def action(wsi: bool) -> str:
    return '""' if wsi else '"urn:Mage_Api_Model_Server_V2_HandlerAction"'


def result(body: bytes) -> Row:
    """What the call returned: the only part of the answer. Raises Fault."""
    return returned(parse(body))


def returned(root: Row) -> Row:
    """`result` of an answer that is parsed."""
    found = root.find(f"{{{_SOAP}}}Body")
    if root.tag != f"{{{_SOAP}}}Envelope" or found is None:
        raise Unreadable("The shop sent something that is not an answer of its SOAP API.")
    inner = elements(found)
    if not inner:
        raise Unreadable("The shop sent an empty answer.")
    if inner[0].tag == f"{{{_SOAP}}}Fault":
        raise Fault(_said(inner[0], "faultcode"), _said(inner[0], "faultstring"))
    parts = elements(inner[0])
    if len(parts) != 1:
        raise Unreadable("The shop sent an answer with nothing in it.")
    return parts[0]


def _said(fault: Row, name: str) -> str:
    return " ".join((fault.findtext(name) or "").split())[:300]


# ---------------------------------------------------------------------------- writing
def _envelope(operation: str, parts: Sequence[operations.Part], values: Sequence[Any], wsi: bool) -> bytes:
    names = {name: uri for name, uri in _NAMES.items() if not wsi or uri in (_SOAP, _MAGENTO)}
    root = etree.Element(f"{{{_SOAP}}}Envelope", nsmap=names)
    if not wsi:
        root.set(f"{{{_SOAP}}}encodingStyle", _ENCODING)
    tag = operations.WSI_ELEMENTS.get(operation, f"{operation}RequestParam") if wsi else operation
    asked = etree.SubElement(etree.SubElement(root, f"{{{_SOAP}}}Body"), f"{{{_MAGENTO}}}{tag}")
    for part, value in zip(parts, values, strict=True):
        _write(asked, part.wsi_name if wsi and part.wsi_name else part.name, part.kind, value, wsi)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _write(parent: Row, name: str, kind: str, value: Any, wsi: bool) -> None:
    """Nothing is said of what is None: not at all in WS-I mode, as nil in encoded mode, which counts its parts."""
    if value is None:
        if not wsi:
            etree.SubElement(parent, name).set(f"{{{_XSI}}}nil", "true")
        return
    field = etree.SubElement(parent, name)
    if not wsi:
        _say_type(field, kind, value)
    if kind in _SIMPLE:
        field.text = str(value)
    elif kind in operations.LISTS:
        for entry in value:
            _write(field, "complexObjectArray" if wsi else "item", operations.LISTS[kind], entry, wsi)
    else:
        for inner, said in value.items():
            _write(field, inner, _kind_of(kind, inner), said, wsi)


def _kind_of(record: str, field: str) -> str:
    if (record, field) in operations.FIELDS:
        return operations.FIELDS[record, field]
    if field in operations.WHOLE:
        return "int"
    return "double" if field in operations.EXACT and record not in operations.TEXT_QUANTITIES else "string"


def _say_type(field: Row, kind: str, value: Any) -> None:
    if kind in operations.LISTS:
        inner = operations.LISTS[kind]
        prefix = "xsd" if inner in _SIMPLE else "ns1"
        field.set(f"{{{_ENCODING}}}arrayType", f"{prefix}:{inner}[{len(value)}]")
    field.set(f"{{{_XSI}}}type", f"xsd:{kind}" if kind in _SIMPLE else f"ns1:{kind}")
