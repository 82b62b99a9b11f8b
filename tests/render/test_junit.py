"""A case for each pair and role: what the conditions are about fails it, gaps are skipped."""

from xml.etree import ElementTree as ET

from driftline.render.junit import junit_text
from tests.render.check_samples import answer, hostile, quiet, row


def parsed(text: str | bytes) -> ET.Element:
    """The root of a report, which we have made ourselves."""
    return ET.fromstring(text)  # noqa: S314 - our own report


def test_cases_fail_for_what_was_asked() -> None:
    """The role that opens a standing difference fails in its pair, and only there."""
    root = parsed(junit_text(answer()))
    failing = [
        (case.get("classname"), case.get("name"))
        for case in root.iter("testcase")
        if case.find("failure") is not None
    ]

    assert [("staging ↔ production", "web")] == failing
    assert ("5", "1", "3") == (root.get("tests"), root.get("failures"), root.get("skipped"))
    message = root.find(".//failure")
    assert message is not None
    assert "opened: /log: production from info to debug" in (message.get("message") or "")


def test_gaps_and_omissions_are_skipped_unless_asked_for() -> None:
    """What was forgotten fails only where that is a condition."""
    told = parsed(junit_text(answer(fail_on=("forgotten",), failed=("forgotten",))))
    failing = [
        case.get("classname") for case in told.iter("testcase") if case.find("failure") is not None
    ]
    skipped = [
        case.get("name") for case in told.iter("testcase") if case.find("skipped") is not None
    ]

    assert ["forgotten"] == failing
    assert ["web", "env/qa/web.yaml"] == skipped


def test_standing_fails_where_it_is_asked_for() -> None:
    """Then what stood before the change fails its role, too."""
    root = parsed(junit_text(answer(fail_on=("standing",))))
    texts = [failure.text or "" for failure in root.iter("failure")]

    assert any("stands: /debug" in text for text in texts)


def test_an_unread_layer_skips_its_role() -> None:
    """What nobody knows is neither a pass nor a failure."""
    one = answer(opened=(row(kind="unknown", role="api"),), changed=())
    root = parsed(junit_text(one))
    skipped = [
        case.get("name") for case in root.iter("testcase") if case.find("skipped") is not None
    ]

    assert "api" in skipped


def test_hostile_names_are_text() -> None:
    """The report stays well-formed, and holds nothing that XML cannot."""
    root = parsed(junit_text(hostile()).encode())

    assert "testsuites" == root.tag
    assert "0" == parsed(junit_text(quiet())).get("tests")
