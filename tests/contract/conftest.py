"""Says at the end of a run how much recorded traffic was really used."""

from tests.contract import recorded


def pytest_terminal_summary(terminalreporter):
    recorded.report(terminalreporter)
