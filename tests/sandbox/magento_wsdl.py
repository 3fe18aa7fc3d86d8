"""The WSDL that a real Magento 1.9 gave out, in either mode, and whether an envelope keeps to it."""

import functools
import re

from lxml import etree

from tests.contract import recorded

WSDL, XSD = "{http://schemas.xmlsoap.org/wsdl/}", "{http://www.w3.org/2001/XMLSchema}"
XSI, ENCODING = "{http://www.w3.org/2001/XMLSchema-instance}", "{http://schemas.xmlsoap.org/soap/encoding/}"


def path(wsi):
    return recorded.SHARED / "specs" / "magento1" / f"soap-v2-{'wsi-' if wsi else ''}1.9.4.5.wsdl"


class Description:
    """`problem(asked)`: why the shop would not understand the call in a SOAP body; empty where it would.

    `flaw(operation, result)`: what the shop would not say like that; empty where it would.
    """

    def __init__(self, wsi):
        self.wsi = wsi
        self._root = etree.parse(path(wsi))
        self._types = {found.get("name"): found for found in self._root.iter(f"{XSD}complexType")}
        self._messages = {found.get("name"): found for found in self._root.iter(f"{WSDL}message")}
        self._schema = self._compiled() if wsi else None

    def problem(self, asked):
        if self.wsi:
            return "" if self._schema.validate(asked) else str(self._schema.error_log.last_error)
        parts = self.parts(etree.QName(asked).localname)
        if [name for name, _kind in parts] != [part.tag for part in asked]:
            return f"parts {[part.tag for part in asked]} instead of {parts}"
        return next(filter(None, (self._field(part, kind) for part, (_n, kind) in zip(asked, parts, strict=True))), "")

    def flaw(self, operation, result):
        """Its types have the same names in either mode; those of the encoded one name what a list is of."""
        ((_name, kind),) = _encoded().parts(operation, "output")
        return _encoded()._told(result, kind)

    def parts(self, operation, way="input"):
        """[(name, type)] of a call, or of its answer ("output"), in encoded mode."""
        ports = (port for port in self._root.iter(f"{WSDL}portType"))
        wanted = [found for port in ports for found in port if found.get("name") == operation]
        name = wanted[0].find(f"{WSDL}{way}").get("message").split(":")[1]
        return [(part.get("name"), part.get("type")) for part in self._messages[name].iter(f"{WSDL}part")]

    def _compiled(self):
        """The schema inside the description; elements of the document mode stand there."""
        found = next(self._root.iter(f"{XSD}schema"))
        return etree.XMLSchema(etree.fromstring(etree.tostring(found)))

    def _field(self, field, kind):
        if field.get(f"{XSI}nil"):
            return ""
        stated = (field.get(f"{XSI}type") or "").partition(":")[2]
        kind = kind.partition(":")[2]
        if stated != kind:
            return f"{field.tag} is a {kind}, not a {stated}"
        if kind not in self._types:
            return "" if not len(field) else f"{field.tag} holds no records"
        array = [found for found in self._types[kind].iter(f"{XSD}attribute")]
        if array:
            inner = array[0].get(f"{WSDL}arrayType").removesuffix("[]")
            size = f"{inner.partition(':')[2]}[{len(field)}]"
            if (field.get(f"{ENCODING}arrayType") or "").partition(":")[2] != size:
                return f"{field.tag} is a list of {size}"
            return next(filter(None, (self._field(row, inner) for row in field)), "")
        known = self._fields(kind)
        unknown = [row.tag for row in field if row.tag not in known]
        if unknown:
            return f"{kind} has no {unknown}"
        return next(filter(None, (self._field(row, known[row.tag]) for row in field)), "")

    def _fields(self, kind):
        return {found.get("name"): found.get("type") for found in self._types[kind].iter(f"{XSD}element")}

    def _told(self, field, kind):
        kind = kind.partition(":")[2]
        if kind not in self._types:
            known = kind != "int" or re.fullmatch("-?[0-9]+", field.text or "")
            return "" if known and not len(field) else f"{field.tag} is no {kind}: {field.text}"
        array = [found for found in self._types[kind].iter(f"{XSD}attribute")]
        if array:
            inner = array[0].get(f"{WSDL}arrayType").removesuffix("[]")
            return next(filter(None, (self._told(row, inner) for row in field)), "")
        known, must = self._fields(kind), [e for e in self._types[kind].iter(f"{XSD}element") if not e.get("minOccurs")]
        odd = [row.tag for row in field if row.tag not in known]
        odd += [f"no {wanted.get('name')}" for wanted in must if field.find(wanted.get("name")) is None]
        if odd:
            return f"{kind} has {odd}"
        return next(filter(None, (self._told(row, known[row.tag]) for row in field)), "")


@functools.cache
def _encoded():
    return Description(wsi=False)
