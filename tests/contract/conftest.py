"""Says at the end of a run how much recorded traffic was really used."""

from tests.contract import recorded


def pytest_terminal_summary(terminalreporter):
    for shop, counted in sorted(recorded.COUNTED.items()):
        if counted:
            terminalreporter.section(f"recorded traffic of {shop}", sep="-")
        for what, number in sorted(counted.items()):
            terminalreporter.write_line(f"{number:8d}  {what}")
