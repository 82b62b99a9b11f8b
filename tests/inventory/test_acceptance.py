"""Decisions match by role, path, environments, values and day, and hide nothing new."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftline.inventory import acceptance
from driftline.model.ledger import ABSENT, Decision, Entry, Ledger

TODAY = "2026-06-15"
PAIR = ("staging", "production")

# pattern, path, whether the pattern covers the path
PATHS = (
    ("/image/tag", "/image/tag", True),
    ("/image/tag", "/image/tags", False),
    ("/image", "/image/tag", True),
    ("/image/", "/image/tag", True),
    ("", "", True),
    ("", "/image/tag", True),
    ("/image", "", False),
    ("/**", "", True),
    ("/*", "", False),
    ("/*/tag", "/image/tag", True),
    ("/*/tag", "/spec/image/tag", False),
    ("/**/tag", "/spec/image/tag", True),
    ("/**/tag", "/tag", True),
    ("/spec/**/image", "/spec/containers/[name=web]/image", True),
    ("/spec/containers/[name=*]/image", "/spec/containers/[name=web]/image", True),
    ("/spec/containers/[name=w*]/image", "/spec/containers/[name=api]/image", False),
    ("/args/*", "/args/0", True),
    ("/a.b", "/aXb", False),
    ("image.tag", "/image/tag", True),
    ("spec.containers[web].image", "/spec/containers/[name=web]/image", True),
    ("spec.containers[web].image", "/spec/containers/[name=api]/image", False),
    ("spec.containers[*].image", "/spec/containers/[name=api]/image", True),
    ("args[0]", "/args/0", True),
    (r"annotations.example\.org/x", "/annotations/example.org~1x", True),
    ("**.tag", "/spec/image/tag", True),
)


def entry(
    decision: Decision = Decision.IGNORE,
    role: str = "api",
    path: str = "/image/tag",
    *,
    environments: tuple[str, ...] = (),
    until: str = "",
    values: tuple[str, ...] = (),
    bound: tuple[tuple[str, str], ...] = (),
    made_on: str = "",
    owner: str = "",
) -> Entry:
    """A decision about the tag of one service."""
    return Entry(
        decision,
        role,
        path,
        environments=environments,
        until=until,
        values=values,
        bound=bound,
        made_on=made_on,
        owner=owner,
    )


def ask(
    *entries: Entry,
    role: str = "api",
    path: str = "/image/tag",
    environments: tuple[str, str] = PAIR,
    values: tuple[str | None, str | None] = ('"1"', '"2"'),
    today: str = TODAY,
) -> Entry | None:
    """The entry that decides about a difference of tags."""
    return acceptance.decided(Ledger(entries), environments, role, path, *values, today=today)


@pytest.mark.parametrize(("pattern", "path", "expected"), PATHS)
def test_path_patterns(pattern: str, path: str, *, expected: bool) -> None:
    """A star stays within a token, two cross tokens, and a place covers what is below it."""
    assert expected == acceptance.covers(pattern, path)


def test_roles_are_globs() -> None:
    """A role is matched as a whole; a star is any text."""
    assert ask(entry(role="*")) is not None
    assert ask(entry(role="Deployment/*"), role="Deployment/web/main") is not None
    assert ask(entry(role="ap")) is None


def test_the_last_ignore_counts() -> None:
    """A later line takes ignoring back, and a still later one ignores again."""
    wide = entry(path="/**")
    back = entry(role="!api")
    again = entry(path="/image")

    assert ask(wide) is wide
    assert ask(wide, back) is None
    assert ask(back, wide) is wide
    assert ask(wide, back, again) is again
    assert ask(wide, back, path="/replicas") is wide


def test_taking_back_leaves_acceptances() -> None:
    """What was accepted by name stays accepted when a wide ignore is taken back."""
    accepted = entry(Decision.ACCEPT, until="2026-07-01", values=('"1"', '"2"'))

    assert ask(accepted, entry(role="!*", path="/**")) is accepted


@pytest.mark.parametrize(
    ("named", "pair", "expected"),
    [
        ((), ("staging", "production"), True),
        (("production",), ("staging", "production"), True),
        (("production",), ("production", "qa"), True),
        (("production",), ("staging", "qa"), False),
        (("staging", "production"), ("staging", "production"), True),
        (("staging", "production"), ("production", "staging"), True),
        (("staging", "production"), ("staging", "qa"), False),
        (("prod*",), ("staging", "prod-eu"), True),
        (("prod*", "staging"), ("prod-eu", "prod-us"), True),
    ],
)
def test_environments(named: tuple[str, ...], pair: tuple[str, str], *, expected: bool) -> None:
    """One environment means its pairs, several the pairs among them, none all pairs."""
    assert expected == (ask(entry(environments=named), environments=pair) is not None)


def test_days() -> None:
    """A decision counts from the day it was made, and no longer on the day it ends."""
    accepted = entry(made_on="2026-06-01", until="2026-06-15")

    assert ask(accepted, today="2026-05-31") is None
    assert ask(accepted, today="2026-06-01") is accepted
    assert ask(accepted, today="2026-06-14") is accepted
    assert ask(accepted, today="2026-06-15") is None


def test_values_of_each_environment() -> None:
    """An acceptance of one value on each side speaks about nothing else."""
    accepted = entry(Decision.ACCEPT, bound=(("staging", '"1"'), ("production", '"2"')))

    assert ask(accepted) is accepted
    assert ask(accepted, environments=("production", "staging"), values=('"2"', '"1"')) is accepted
    assert ask(accepted, values=('"2"', '"1"')) is None
    assert ask(accepted, values=('"1"', '"3"')) is None
    assert ask(accepted, values=('"1"', None)) is None
    assert ask(accepted, environments=("staging", "qa")) is None


def test_absence_is_a_value() -> None:
    """What was accepted as absent is no longer accepted once it is there."""
    accepted = entry(Decision.ACCEPT, bound=(("staging", ABSENT), ("production", '"2"')))

    assert ask(accepted, values=(None, '"2"')) is accepted
    assert ask(accepted, values=('"absent"', '"2"')) is None


def test_values_are_compared_by_meaning() -> None:
    """Another spelling of an accepted quantity is no new value."""
    accepted = entry(path="/resources", values=('"1"', '"2000m"'))

    found = ask(accepted, path="/resources/limits/cpu", values=('"1000m"', "2"))

    assert found is accepted


def test_a_role_that_is_missing() -> None:
    """A role as a whole is covered by an entry without a path, and by no other."""
    missing: tuple[None, None] = (None, None)

    assert ask(entry(path=""), path="", values=missing) is not None
    assert ask(entry(), path="", values=missing) is None


def test_freezes_and_corrections_do_not_mute() -> None:
    """Only ignores and acceptances leave a difference out."""
    freeze = entry(Decision.FREEZE, path="", environments=("production",), until="2026-07-01")
    wrong = entry(Decision.CLASSIFY, path="/host")
    ledger = Ledger((freeze, wrong))

    assert ask(freeze, wrong, path="/host") is None
    assert acceptance.frozen(ledger, PAIR, "api", "/host", today=TODAY) is freeze
    assert acceptance.frozen(ledger, ("staging", "qa"), "api", "/host", today=TODAY) is None
    assert acceptance.frozen(ledger, PAIR, "api", "/host", today="2026-07-01") is None
    assert (wrong,) == acceptance.corrections(ledger, today=TODAY)


def test_announcements() -> None:
    """A decision is announced in its last week, and told once it has ended, unless renewed."""
    soon = entry(Decision.ACCEPT, until="2026-06-16", owner="team-shop")
    week = entry(Decision.FREEZE, role="db", path="", until="2026-06-22")
    later = entry(role="web", until="2026-06-23")
    ended = entry(Decision.ACCEPT, role="mail", until="2026-06-15")
    renewed = entry(Decision.ACCEPT, role="mail", until="2027-06-15")

    said = acceptance.announcements(
        Ledger((soon, week, later, ended), ("ledger:3: wrong",)), today=TODAY
    )

    assert (
        "ledger:3: wrong",
        (
            "what was accepted for api image.tag (owner team-shop) ends tomorrow, "
            "on 2026-06-16, and then counts again"
        ),
        "the freeze of db ends in 7 days, on 2026-06-22, and then counts again",
        "1 decision has ended and counts again; `driftline decisions` lists what",
    ) == said
    assert () == acceptance.announcements(Ledger((ended, renewed)), today=TODAY)
    assert 0 == acceptance.days_left(ended, today=TODAY)
    assert acceptance.days_left(entry(), today=TODAY) is None


tokens = st.sampled_from(["a", "b", "*", "**", "a*", "[name=a]", "[name=*]"])
patterns = st.lists(tokens, max_size=4).map(lambda parts: "".join("/" + part for part in parts))
plain = st.lists(st.sampled_from(["a", "b", "ab", "[name=a]", "0"]), max_size=4)
texts = st.sampled_from(['"1"', '"2"', '"3"', "4", "null", None])


def covered(pattern: list[str], path: list[str]) -> bool:
    """What covering means, token by token."""
    if not pattern:
        return True
    if pattern[0] == "**":
        return covered(pattern[1:], path) or (bool(path) and covered(pattern, path[1:]))
    if not path:
        return False
    before, star, after = pattern[0].partition("*")
    fits = pattern[0] == path[0]
    if star:
        long_enough = len(path[0]) >= len(before) + len(after)
        fits = long_enough and path[0].startswith(before) and path[0].endswith(after)
    return fits and covered(pattern[1:], path[1:])


@given(patterns, plain)
def test_covering_is_what_it_says(pattern: str, path: list[str]) -> None:
    """Patterns cover what a walk over the tokens says they cover."""
    address = "".join("/" + token for token in path)

    assert covered(pattern.split("/")[1:], path) == acceptance.covers(pattern, address)


@given(texts, texts, texts, texts)
def test_a_new_value_is_never_muted(
    left: str | None, right: str | None, other: str | None, another: str | None
) -> None:
    """An acceptance that names values speaks about exactly those."""
    bound = (("staging", left or ABSENT), ("production", right or ABSENT))
    accepted = entry(Decision.ACCEPT, bound=bound)

    found = ask(accepted, values=(other, another))

    assert ((left, right) == (other, another)) == (found is not None)


@given(st.lists(st.tuples(st.booleans(), patterns), max_size=6), plain)
def test_only_the_last_that_covers_counts(lines: list[tuple[bool, str]], path: list[str]) -> None:
    """Of several ignores, the last that covers a path says whether it is ignored."""
    address = "".join("/" + token for token in path)
    entries = [entry(role="!api" if back else "api", path=text) for back, text in lines]
    last = [back for back, text in lines if acceptance.covers(text, address)][-1:]

    found = ask(*entries, path=address, values=('"1"', None))

    assert (last == [False]) == (found is not None)


@given(st.dates(), st.dates(), st.dates())
def test_no_day_has_two_verdicts(made: object, until: object, today: object) -> None:
    """A decision is in force until the day it ends, and announced before that."""
    one = entry(made_on=str(made), until=str(until))
    left = acceptance.days_left(one, today=str(today))

    assert left is not None
    assert (left > 0 and str(made) <= str(today)) == acceptance.is_in_force(one, today=str(today))
    assert (left <= acceptance.NOTICE_DAYS) == bool(
        acceptance.announcements(Ledger((one,)), today=str(today))
    )


def test_what_an_entry_is_about() -> None:
    """Role, path and environments together say what an entry is about."""
    entry = Entry(Decision.CLASSIFY, "web*", "/a", ("staging",), class_="drift")

    assert acceptance.is_about(entry, ("staging", "production"), "web-api", "/a/b")
    assert not acceptance.is_about(entry, ("staging", "production"), "api", "/a/b")
    assert not acceptance.is_about(entry, ("staging", "production"), "web", "/b")
    assert not acceptance.is_about(entry, ("qa", "production"), "web", "/a")
