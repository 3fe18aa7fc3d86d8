"""Says at the end of a run how much recorded traffic was really used. What several tests of a vendor begin with."""

import pytest

from tests.contract import recorded


def pytest_terminal_summary(terminalreporter):
    recorded.report(terminalreporter)


@pytest.fixture
def opened():
    """(shop, desk, client) of a Shopify that remembers. What the real one would not understand fails the test."""
    from tests.sandbox.shopify import inside, schema

    schema.versions()
    shop, desk, client = inside.open_shop()
    yield shop, desk, client
    assert desk.complaints == []
