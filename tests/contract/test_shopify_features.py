"""docs/SHOPIFY.md promises nothing that no test proves."""

import re
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"\| (.+?) \| (test_\w+\.py)::(test_\w+) \| (yes|partly|no) \|")


def test_every_feature_on_the_page_has_the_test_that_it_names():
    page = (PROJECT / "docs" / "SHOPIFY.md").read_text()
    rows = ROW.findall(page)
    assert len(rows) == page.count("::test_") > 30
    tests = (PROJECT / "tests" / folder for folder in ("contract", "story", "chaos", "flash"))
    places = [PROJECT / "addons" / "ecom_connector", *tests]
    sources = {}
    for path in (path for place in places for path in place.rglob("test_*.py")):
        if "woocommerce" not in path.parts and "demo" not in path.parts:
            sources[path.name] = sources.get(path.name, "") + path.read_text()
    for feature, file, test, _oca in rows:
        assert f"def {test}(" in sources.get(file, ""), feature
