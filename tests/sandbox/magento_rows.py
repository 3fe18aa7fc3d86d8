"""Reads the calls of Magento's SOAP API and writes its records, by itself: nothing of our own code is asked."""

from lxml import etree


def value_of(part):
    inner = list(part)
    if any("arrayType" in name for name in part.attrib) or {row.tag for row in inner} == {"complexObjectArray"}:
        return [value_of(row) for row in inner]
    if any(name.endswith("nil") for name in part.attrib):
        return None
    return {row.tag: value_of(row) for row in inner} if inner else (part.text or "")


def said(text, tag="result"):
    row = etree.Element(tag)
    row.text = text
    return row


def record(values, tag="result"):
    row = etree.Element(tag)
    for name, value in values.items():
        etree.SubElement(row, name).text = value
    return row


def product(id, sku, name, kind):
    row = record({"product_id": id, "sku": sku, "name": name, "set": "4", "type": kind}, "item")
    for empty in ("category_ids", "website_ids"):
        etree.SubElement(row, empty)
    return row


def listed_records(values):
    return listed(record(row, "item") for row in values)


def listed(rows):
    found = etree.Element("result")
    for row in rows:
        row.tag = "item"
        found.append(row)
    return found


def passes(row, filters):
    """Of conditions on one field, letters and all, only the first counts."""
    seen = set()
    for condition in (filters or {}).get("complex_filter", []):
        name, how, wanted = condition["key"], condition["value"]["key"], condition["value"]["value"]
        if name in seen:
            continue
        seen.add(name)
        held = row.findtext(name.lower()) or ""
        if not {
            "eq": held == wanted,
            "in": held in wanted.split(","),
            "gt": (held.zfill(20), held) > (wanted.zfill(20), wanted) if held.isdigit() else held > wanted,
            "from": held >= wanted,
            "to": held <= wanted,
        }[how]:
            return False
    return True
