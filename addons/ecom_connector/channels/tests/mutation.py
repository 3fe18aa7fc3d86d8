"""A payload with something odd in it: what shops, plug-ins and broken proxies send one day."""

import copy
import json

from hypothesis import strategies as st
from lxml import etree

ODD = (
    None,
    "",
    " ",
    "abc",
    "\u0000",
    "\ud800",
    "NaN",
    "1e999",
    "-1",
    "9" * 400,
    0,
    -1,
    10**30,
    1.5,
    float("inf"),
    True,
    [],
    {},
    [[]],
    [None],
    {"id": None},
    "2026-13-45T99:00:00Z",
    "2026-03-02T10:00:00",
)


def places(value, path=()):
    """Every place of a JSON value, as the keys that lead to it."""
    yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from places(child, (*path, key))


@st.composite
def mutated(draw, payload):
    """`payload` (parsed JSON) with one to three places replaced, removed or doubled; as bytes, sometimes cut off."""
    changed = copy.deepcopy(payload)
    for _number in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from([path for path in places(changed) if path] or [()]))
        if path:
            _change(draw, changed, path)
    body = json.dumps(changed).encode()
    if draw(st.sampled_from((False,) * 15 + (True,))):
        return body[: draw(st.integers(0, len(body)))]
    return body


@st.composite
def mutated_xml(draw, payload):
    """`payload` (bytes of XML) with one to three elements emptied, filled with something odd, or gone."""
    root = etree.fromstring(payload)
    for _number in range(draw(st.integers(1, 3))):
        elements = [element for element in root.iter(etree.Element) if element is not root]
        if elements:
            element = draw(st.sampled_from(elements))
            if draw(st.booleans()):
                element.text = draw(st.sampled_from([str(odd) for odd in ODD if str(odd).isprintable()]))
            else:
                element.getparent().remove(element)
    return etree.tostring(root)


def _change(draw, payload, path):
    *parents, key = path
    for parent in parents:
        payload = payload[parent]
    how = draw(st.sampled_from(("odd", "odd", "gone", "doubled")))
    if how == "gone":
        del payload[key]
    elif how == "doubled" and isinstance(payload, list):
        payload.append(copy.deepcopy(payload[key]))
    else:
        payload[key] = copy.deepcopy(draw(st.sampled_from(ODD)))
