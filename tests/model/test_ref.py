import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftline.errors import UsageError
from driftline.model.plane import Plane
from driftline.model.ref import (
    Ago,
    Back,
    Instant,
    LookNumber,
    Ref,
    parse_ref,
    parse_time,
    time_text,
)

NOON = 1_777_636_800  # 2026-05-01T12:00:00Z

UNDERSTOOD = [
    ("production", Ref("production")),
    ("production/eu-west-1", Ref("production/eu-west-1")),
    ("production:declared", Ref("production", Plane.DECLARED)),
    ("production@2026-05-01", Ref("production", moment=Instant(NOON - 43_200))),
    ("production@2026-05-01T12:00", Ref("production", moment=Instant(NOON))),
    ("production@2026-05-01 12:00", Ref("production", moment=Instant(NOON))),
    ("production@2026-05-01T14:00+02:00", Ref("production", moment=Instant(NOON))),
    ("production@2026-05-01T12:00:00Z", Ref("production", moment=Instant(NOON))),
    ("production@{2026-05-01T12:00}", Ref("production", moment=Instant(NOON))),
    ("staging:observed@{2.hours.ago}", Ref("staging", Plane.OBSERVED, Ago(2, "hour"))),
    ("staging@{1 week ago}", Ref("staging", moment=Ago(1, "week"))),
    ("staging@{yesterday}", Ref("staging", moment=Ago(1, "day"))),
    ("staging@{now}", Ref("staging", moment=Ago(0, "second"))),
    ("staging~5", Ref("staging", moment=Back(5))),
    ("staging~", Ref("staging", moment=Back(1))),
    ("staging#42", Ref("staging", moment=LookNumber(42))),
    ("staging#-3", Ref("staging", moment=LookNumber(-3))),
    ("#42", Ref("", moment=LookNumber(42))),
    ("git:main:staging", Ref("staging", revision="main")),
    ("git:HEAD~3:staging", Ref("staging", revision="HEAD~3")),
    ("git:declared", Ref("git", Plane.DECLARED)),
    ("./rendered", Ref("", path="./rendered")),
    ("git:v1:./a.yaml", Ref("", revision="v1", path="./a.yaml")),
    ("git:HEAD~2:../b:c", Ref("", revision="HEAD~2", path="../b:c")),
    ("git:main:.", Ref("", revision="main", path=".")),
    ("git:main:", Ref("", revision="main")),
    ("/tmp/rendered", Ref("", path="/tmp/rendered")),  # noqa: S108 - a text, not a file
]

REFUSED = [
    ("", "names no environment"),
    (":declared", "names no environment"),
    ("~3", "names no environment"),
    ("@2026-05-01", "names no environment"),
    ("two words", "cannot be the name"),
    ("production:live", "not a plane (they are declared, recorded, observed)"),
    ("production@tomorrow", "not a time"),
    ("production@2026-13-01", "not a time"),
    ("production@1066-10-14", "no time that a history reaches"),
    ("production@{2.hours.ago", "not closed"),
    ("production@{2.fortnights.ago}", "not a time"),
    ("staging~five", "a number of looks"),
    ("staging#head", "the number of a look"),
    ("git:main:a b", "names no environment after the revision"),
    ("git::./a", "names no commit or branch"),
    ("git::staging", "names no commit or branch"),
    ("git:--output=x:staging", "names no commit or branch"),
]


@pytest.mark.parametrize(("text", "expected"), UNDERSTOOD)
def test_refs_that_are_understood(text: str, expected: Ref) -> None:
    """A ref says which environment, on which plane, and when."""
    assert expected == parse_ref(text)


@pytest.mark.parametrize(("text", "why"), REFUSED)
def test_refs_that_are_refused(text: str, why: str) -> None:
    """A wrong ref is answered with what is wrong and what to write instead."""
    with pytest.raises(UsageError) as caught:
        parse_ref(text)

    assert why in str(caught.value)
    assert "write " in str(caught.value)


names = st.from_regex(r"[a-z0-9][a-z0-9/_.-]{0,20}", fullmatch=True)
moments = st.one_of(
    st.none(),
    st.builds(Instant, st.integers(0, 250_000_000_000)),
    st.builds(
        Ago,
        st.integers(0, 999),
        st.sampled_from(["second", "minute", "hour", "day", "week", "month", "year"]),
    ),
    st.builds(Back, st.integers(0, 10_000)),
    st.builds(LookNumber, st.integers(-10_000, 1_000_000)),
)
refs = st.one_of(
    st.builds(Ref, names, st.none() | st.sampled_from(Plane), moments),
    st.builds(Ref, names, revision=st.from_regex(r"[a-z][a-z0-9/~^@{}.-]{0,20}", fullmatch=True)),
    st.builds(lambda path: Ref("", path=path), st.from_regex(r"[./].{0,20}", fullmatch=True)),
)


@given(refs)
def test_what_is_written_is_read_back(ref: Ref) -> None:
    """Formatting a ref and parsing it gives the same ref."""
    assert ref == parse_ref(str(ref))


@given(st.text(max_size=40))
def test_any_text_is_a_ref_or_refused(text: str) -> None:
    """No text breaks the parser."""
    try:
        ref = parse_ref(text)
    except UsageError:
        return

    assert ref == parse_ref(str(ref))


def test_relative_times_count_from_now() -> None:
    """A ref by age becomes an instant once somebody says when now is."""
    assert NOON - 7_200 == parse_ref("staging@{2.hours.ago}").instant(now=NOON)
    assert parse_ref("staging~5").instant(now=NOON) is None
    assert NOON == parse_ref("staging@2026-05-01T12:00").instant(now=0)


def test_times_are_utc_unless_they_say_otherwise() -> None:
    """A time without a zone is UTC, and is written back so."""
    assert "2026-05-01T12:00:00Z" == time_text(parse_time("2026-05-01T12:00"))
    assert "2026-05-01T10:00:00Z" == time_text(parse_time("2026-05-01T12:00+02:00"))


def test_which_refs_name_files() -> None:
    """A path names files, on disk or in a commit; an environment at a commit does not."""
    refs = ["./a", "/a", "git:v1:./a", "git:v1:", "git:v1:staging", "staging", "#4"]

    assert [True] * 4 + [False] * 3 == [parse_ref(text).names_files for text in refs]
