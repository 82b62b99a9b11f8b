import pytest

from tests.browser.conftest import Open

pytestmark = pytest.mark.browser


def test_no_request_leaves_and_nothing_complains(report: str, open_page: Open) -> None:
    """The page opens from a file without a network: it asks nobody, and no console speaks."""
    opened = open_page(report).open_all()
    opened.page.wait_for_load_state("networkidle")

    assert [] == opened.asked
    assert [] == opened.complaints
    assert [] == opened.violations


def test_the_policy_stops_what_is_foreign(open_page: Open, report: str) -> None:
    """A script, a style and a picture that somebody smuggled in do nothing."""
    foreign = (
        "<script>window.foreign = 1</script><style>h1 { display: none }</style>"
        '<img src="https://example.invalid/p.png" onerror="window.foreign = 2">'
        '<p style="position: fixed">x</p>'
    )
    opened = open_page(report.replace("<main", foreign + "<main", 1))
    opened.page.wait_for_load_state("networkidle")

    assert opened.ask("() => window.foreign === undefined")
    assert opened.page.locator("h1").is_visible()
    assert {"script-src-elem", "style-src-elem", "style-src-attr", "img-src"} <= {
        violation.split()[0] for violation in opened.violations
    }


def test_everything_is_read_without_scripts(report: str, open_page: Open) -> None:
    """Where no script runs, every section is there and no control is left without a use."""
    quiet = open_page(report, java_script_enabled=False)
    lively = open_page(report)

    assert 0 == quiet.page.locator("main button, main input").count()
    assert lively.page.locator("section").count() == quiet.page.locator("section").count()
    assert lively.page.locator("tbody tr").count() == quiet.page.locator("tbody tr").count() > 5
