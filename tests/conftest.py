"""Tells at the end which tests did not run, and makes that a failure where everything must run.

With DRIFTLINE_CI=1 a skipped test fails the run: a machine that was set up to
run everything and does not is broken. The one exception is the recorded data
set, which lies beside the checkout and may honestly be absent.
"""

import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A busy machine makes any example slow once in a while; that says nothing about us.
settings.register_profile("driftline", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("driftline")

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"
DATA_ABSENT = "the recorded data set is not beside this checkout (../shared/data)"
LONG_SECONDS = 8
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


def _long(reporter: pytest.TerminalReporter) -> list[str]:
    """The tests that took longer than anyone should wait for one."""
    passed = [report for report in reporter.stats.get("passed", ()) if report.when == "call"]
    slow = sorted((one for one in passed if one.duration > LONG_SECONDS), key=_duration)
    return [f"  {report.duration:.0f} s: {report.nodeid}" for report in reversed(slow)]


def _duration(report: pytest.TestReport) -> float:
    return report.duration


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """List what took long, and what did not run, by reason and most frequent first."""
    skips = _skips(terminalreporter)
    absent = [
        f"  {count} {'test' if count == 1 else 'tests'}: {reason}"
        for reason, count in skips.most_common()
    ]
    if "slow" in str(config.getoption("markexpr")):
        absent.append("  the long campaigns: run make test-all")
    for title, lines in (("took long:", _long(terminalreporter)), ("did not run:", absent)):
        if lines:
            terminalreporter.ensure_newline()
            terminalreporter.write_line(title)
        for line in lines:
            terminalreporter.write_line(line)
    if STRICT and set(skips) - {DATA_ABSENT}:
        terminalreporter.write_line("a skipped test is a failure here (DRIFTLINE_CI=1)", red=True)
