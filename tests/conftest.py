"""What all tests share: where the reference material lies, if it is there."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line that says why tests were skipped, for whoever has only the repository."""
    reasons = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    absent = sum("../shared" in reason for reason in reasons)
    if absent:
        terminalreporter.write_line(
            f"{absent} tests were skipped: they compare with reference material beside the repository (../shared),"
            " which is not published with it."
        )


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real captures and manifests; tests that need it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared, absent here")
    return SHARED
