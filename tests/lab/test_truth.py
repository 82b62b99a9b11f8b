"""The truth about the fleet, measured against independent readings."""

import json
from typing import Any

import yaml

from driftline.lab.declared import Fact
from driftline.lab.edits import Edit, Put, Remove, SetValue
from driftline.lab.example import example_truth
from driftline.lab.fleet import AMARA, CI, PRIYA, TERNBOT, TOMAS, place
from driftline.lab.landing import Force, Intent, Landing, Purpose, Work, merged, pushed, squashed
from driftline.lab.truth import TrueDivergence, actor_class, moments, same, truth
from driftline.lab.weaving import woven
from driftline.model.address import element_name, is_position, tokens, unescape

PURPOSE = Purpose(Force.TUNING, Intent.FORGOTTEN, "plot")
SIZE = Fact("api", "", "/size")
LEFT, RIGHT = "environments/staging/api.yaml", "environments/production/api.yaml"


def _push(at: int, *edits: Edit) -> Landing:
    return pushed(at, AMARA, f"at {at}", edits, PURPOSE)


def _only(*landings: Landing) -> TrueDivergence:
    (found,) = truth(woven(landings)).divergences
    return found


EQUAL = _push(10, Put(LEFT, "size: 1\n"), Put(RIGHT, "size: 1\n"))


def test_a_spell_begins_when_sides_part() -> None:
    """A difference lasts from the step that made it, through later steps, with its actor."""
    work = Work(15, PRIYA, "more", (SetValue(RIGHT, "/size", "2"),), PURPOSE)
    found = _only(EQUAL, merged(20, TOMAS, "b", (work,)), _push(30, SetValue(RIGHT, "/size", "3")))

    assert (20, "drifted", "right") == (found.since, found.onset, found.moved)
    assert ("1", "3") == (found.left_value, found.right_value)
    assert (PRIYA.person, TOMAS.person) == (found.change.actor, found.change.approver)
    assert (Force.TUNING, Intent.FORGOTTEN, "plot") == (
        found.change.force,
        found.intent,
        found.plot,
    )


def test_a_spell_ends_when_sides_agree_and_can_begin_again() -> None:
    """What agreed in between differs since it parted again."""
    found = _only(
        EQUAL,
        _push(20, SetValue(RIGHT, "/size", "2")),
        _push(30, SetValue(LEFT, "/size", "2")),
        _push(40, SetValue(LEFT, "/size", "5")),
    )

    assert (40, "drifted", "left") == (found.since, found.onset, found.moved)


def test_what_never_agreed_is_born() -> None:
    """A difference from the first day is born, whoever moved later."""
    found = _only(
        _push(10, Put(LEFT, "size: 1\n"), Put(RIGHT, "size: 9\n")),
        _push(20, SetValue(LEFT, "/size", "2")),
    )

    assert (10, "born", "both") == (found.since, found.onset, found.moved)


def test_a_shared_layer_moves_all_who_inherit() -> None:
    """One change of a chart is one change in each environment that does not override it."""
    chart = "charts/api/values.yaml"
    known = truth(
        woven(
            [
                _push(10, Put(chart, "size: 1\n"), Put(LEFT, "a: 1\n"), Put(RIGHT, "size: 4\n")),
                _push(20, SetValue(chart, "/size", "2")),
            ]
        )
    )

    assert [("staging", "1", "2", chart)] == [
        (one.site, one.before, one.after, one.file) for one in known.changes if one.step == 1
    ]


def test_an_environment_ends() -> None:
    """Removing all files of an environment ends it, and ends what differed."""
    known = truth(woven([EQUAL, _push(30, Remove(RIGHT))]))

    assert [("production", 10, 30), ("staging", 10, None)] == sorted(
        (one.name, one.began, one.ended) for one in known.environments
    )
    assert () == known.divergences


def test_time_does_not_run_backwards() -> None:
    """A commit from a slow clock happened no earlier than the one before it."""
    landings = (
        EQUAL,
        _push(50, SetValue(LEFT, "/size", "2")),
        _push(40, SetValue(LEFT, "/size", "3")),
    )

    assert [10, 50, 50] == [moment.at for moment in moments(woven(landings))]


def test_a_squash_names_its_reviewer() -> None:
    """Who let a squashed change in stands in its trailer."""
    work = Work(15, PRIYA, "more", (SetValue(RIGHT, "/size", "2"),), PURPOSE)
    found = _only(EQUAL, squashed(20, TOMAS, (work,)))

    assert (PRIYA.person, TOMAS.person) == (found.change.actor, found.change.approver)


def test_words() -> None:
    """Quantities are equal by amount, and actors have the glossary's classes."""
    assert same('"1000m"', '"1"')
    assert same('"2Gi"', '"2048Mi"')
    assert not same('"1.27.3"', '"1.27.5"')
    assert not same(None, '"1"')
    assert ("human", "bot", "ci") == tuple(map(actor_class, (AMARA, TERNBOT, CI)))


def _walk(value: Any, address: str) -> Any:
    """The value at an address, in what PyYAML read."""
    for token in tokens(address):
        named = element_name(token)
        if named is not None:
            value = next((one for one in value if one.get(named[0]) == named[1]), None)
        elif isinstance(value, list):
            assert is_position(token)
            value = value[int(token)]
        else:
            value = (value or {}).get(unescape(token))
    return value


def _pyyaml(files: dict[str, str], fact: Fact, site: str) -> Any:
    """What the fleet's files say of a plain Helm fact, read and merged by hand."""
    found = None
    for path, text in files.items():
        known = place(path)
        if known is None or known.role != fact.role or known.site not in (None, site):
            continue
        read = _walk(yaml.safe_load(text), fact.address)
        # The chart comes first in the order of paths; an override replaces it.
        if read is not None and (found is None or known.site is not None):
            found = read
    return found


def test_the_truth_agrees_with_another_parser() -> None:
    """Both values of every Helm divergence are what PyYAML reads in the files at the end."""
    known = example_truth()
    files = {path: text for path, text in known.files
             if path.endswith(".yaml") and path.split("/")[0] in ("charts", "environments", "env")
             and "/templates/" not in path and "Chart" not in path}  # fmt: skip
    plain = [one for one in known.divergences if any(
        path in files for path in (one.left_file, one.right_file))]  # fmt: skip
    assert len(plain) > 80, "no divergences found"
    for one in plain:
        for site, value in ((one.left, one.left_value), (one.right, one.right_value)):
            expected = _pyyaml(files, one.fact, site)
            assert expected == (None if value is None else json.loads(value)), one.fact


def test_every_difference_has_its_reason() -> None:
    """Nothing differs without an actor and an intent, and the three intents all occur."""
    known = example_truth()

    assert set(Intent) == {one.intent for one in known.divergences}
    assert all(one.change.actor.name for one in known.divergences)
    assert {"human", "bot", "ci"} >= {one.change.actor_class for one in known.divergences}
    assert all(one.plot for one in known.divergences if one.intent is Intent.FORGOTTEN)


def test_gaps_are_what_nobody_can_read() -> None:
    """Encrypted files and chart templates are gaps; a file that only configures sops is not."""
    gaps = example_truth().gaps

    assert 9 == len(gaps)
    assert all(path.endswith(("secrets.sops.yaml", "templates/all.yaml")) for path in gaps)
    assert ".sops.yaml" not in gaps
