"""Tells at the end which tests did not run, and makes that a failure where everything must run.

With DRIFTLINE_CI=1 a skipped test fails the run: a machine that was set up to
run everything and does not is broken. The one exception is the recorded data
set, which lies beside the checkout and may honestly be absent.
"""

import os
from collections import Counter
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"
DATA_ABSENT = "the recorded data set is not beside this checkout (../shared/data)"
STRICT = os.environ.get("DRIFTLINE_CI") == "1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs the data set where it is absent, under one reason for all."""
    if DATA.is_dir():
        return
    for item in items:
        if item.get_closest_marker("data") is not None:
            item.add_marker(pytest.mark.skip(reason=DATA_ABSENT))


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of the recorded data set."""
    if not DATA.is_dir():
        pytest.skip(DATA_ABSENT)
    return DATA


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Why a test was skipped, without the file and line that pytest puts before it."""
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return text.removeprefix("Skipped: ")


def _skips(reporter: pytest.TerminalReporter) -> Counter[str]:
    return Counter(_reason(report) for report in reporter.stats.get("skipped", ()))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run where a skipped test is not excused."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if STRICT and reporter is not None and set(_skips(reporter)) - {DATA_ABSENT}:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """List the tests that did not run by their reason, most frequent first."""
    skips = _skips(terminalreporter)
    lines = [
        f"  {count} {'test' if count == 1 else 'tests'}: {reason}"
        for reason, count in skips.most_common()
    ]
    if "slow" in str(config.getoption("markexpr")):
        lines.append("  the long campaigns: run make test-all")
    if not lines:
        return
    terminalreporter.ensure_newline()
    terminalreporter.write_line("did not run:")
    for line in lines:
        terminalreporter.write_line(line)
    if STRICT and set(skips) - {DATA_ABSENT}:
        terminalreporter.write_line("a skipped test is a failure here (DRIFTLINE_CI=1)", red=True)
