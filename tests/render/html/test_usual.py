import msgspec

from driftline.model.answers.parity import Side
from driftline.render.html.usual import usual_section
from driftline.render.masking import masked
from tests.render.html.page_reader import PageReader
from tests.render.html.sample_page import MAJORITY, full_scan


def told(*majorities: object) -> str:
    """What the section says of these."""
    scan = msgspec.structs.replace(full_scan(), majorities=majorities)
    return PageReader(usual_section(scan) or "").text


def test_the_odd_one_stands_beside_what_is_usual() -> None:
    """Most have a value, one environment has another, since when and of what kind."""
    text = told(MAJORITY)

    assert "7 of 8 registry.example.com/proxy:1.27.3" in text
    assert "production-us moved not set" in text
    assert "standing" in text
    assert "2026-03-02" in text


def test_a_service_that_most_lack() -> None:
    """Where most do not have a service at all, that is said in words."""
    one = msgspec.structs.replace(
        MAJORITY, path="", state=Side.ABSENT, value=None,
        odd=(msgspec.structs.replace(MAJORITY.odd[0], state=Side.PRESENT),),
    )  # fmt: skip

    assert "7 of 8 not there" in told(one)
    assert "production-us moved there" in told(one)


def test_small_fleets_have_no_such_section() -> None:
    """Where nothing can be called usual, there is no heading without rows."""
    assert usual_section(msgspec.structs.replace(full_scan(), majorities=())) is None


def test_a_shared_page_has_no_values() -> None:
    """What is usual is masked like every value."""
    text = PageReader(usual_section(masked(full_scan())[0]) or "").text

    assert "registry.example.com" not in text
    assert "7 of 8 value" in text
