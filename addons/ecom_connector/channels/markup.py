"""XML that a channel sent, read without trust."""

from lxml import etree

from .errors import Unreadable

Row = etree._Element


def parse(body: bytes) -> Row:
    """The root element. Entities are never resolved: what a channel sends cannot open a file here. Unreadable."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, strip_cdata=False)
    try:
        return etree.fromstring(body.strip(), parser)
    except (etree.LxmlError, ValueError) as error:
        raise Unreadable("The shop sent something that is not XML.") from error


def elements(parent: Row) -> list[Row]:
    return list(parent.iterchildren(etree.Element))
