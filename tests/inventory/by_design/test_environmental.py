from collections.abc import Sequence
from typing import Any

import pytest

from driftline.inventory.by_design.environment_tokens import Tokens
from driftline.inventory.by_design.environmental import DAY_SECONDS, Case, decide, lone_moves, moves
from driftline.inventory.layers.merging import Point
from driftline.inventory.travel.onset import onset
from driftline.model.verdict import PathClass

TOKENS = Tokens(frozenset({"staging"}), frozenset({"production"}))
YEAR = 365 * DAY_SECONDS
AT = [0, DAY_SECONDS, YEAR, 2 * YEAR, 3 * YEAR, 3 * YEAR + DAY_SECONDS]


def points(*values: tuple[int, str | None]) -> list[Point]:
    """A series of these values, each from an instant on."""
    return [Point(instant, value, 0, 0, -1) for instant, value in values]


def case(
    address: str,
    left: Sequence[tuple[int, str | None]],
    right: Sequence[tuple[int, str | None]],
    **around: Any,
) -> Case:
    """A difference of two environments that exist since instant 0."""
    mine, theirs = points(*left), points(*right)
    start = onset(address, mine, theirs, left_born=0, right_born=0)
    known: dict[str, Any] = {"at": AT, "now": AT[-1]} | around
    return Case(address, mine, theirs, start, 0, TOKENS, **known)


# What differs since instant 0: path, left, right, class, whether by design, words of the reason.
BORN = [
    ("/host", '"a.staging.x"', '"a.production.x"', PathClass.TEMPLATE, True, "names its own"),
    ("/replicas", "1", "3", PathClass.PARAMETER, True, "size"),
    ("/replicas", None, "3", PathClass.PARAMETER, True, "size"),
    ("/smtp/host", '"a.x.example"', '"b.y.example"', PathClass.PARAMETER, True, "host name"),
    ("/url", '"http://a"', '"http://b"', PathClass.PARAMETER, True, "URL"),
    ("/to", '"a@x.example"', '"b@x.example"', PathClass.PARAMETER, True, "e-mail"),
    ("/ip", '"10.0.0.1"', '"10.0.0.2"', PathClass.PARAMETER, True, "network"),
    ("/version", '">=1.0.0-a"', '">=1.0.0"', PathClass.PARAMETER, True, "range"),
    ("/projectId", '"one"', '"two"', PathClass.PARAMETER, True, "identifier"),
    ("/mode", '"one"', '"two"', PathClass.PARAMETER, True, "since both exist"),
    ("/p/password", '{"secret":"a:b"}', '{"secret":"a:c"}', PathClass.UNIQUE, True, "secret"),
    ("/image/tag", '"1.2.3"', '"1.2.4"', PathClass.FREE, False, "version"),
]


@pytest.mark.parametrize(("address", "left", "right", "class_", "is_design", "words"), BORN)
def test_what_always_differed(
    *, address: str, left: str | None, right: str | None,
    class_: PathClass, is_design: bool, words: str,
) -> None:  # fmt: skip
    """What differs for as long as both sides exist is by design, unless it is a version."""
    actual = decide(case(address, [(0, left)], [(0, right)]))

    assert (class_, is_design) == (actual.class_, actual.is_environmental)
    assert words in actual.reason


# What was equal until the last instant.
PARTED = [
    ("/host", '"staging.x"', '"x"', True),
    ("/replicas", "3", "1", False),
    ("/replicas", "1", "3", False),
    ("/timeoutSeconds", "1", "3", False),
    ("/nodeSelector/pool", '"a"', None, True),
    ("/annotations/networking.gke.io~1ip", '"a"', None, True),
    ("/values", '"values/staging/a.yaml"', '"env/production/a.yaml"', True),
    ("/mode", '"one"', '"two"', False),
    ("/smtp/host", '"a.x.example"', '"b.y.example"', False),
    ("/hosts/1", '"a.x.example"', None, True),
    ("/p/password", '{"secret":"a:b"}', '{"secret":"a:c"}', False),
    ("/p/password", '{"secret":"a:b"}', None, False),
]


@pytest.mark.parametrize(("address", "left", "right", "is_design"), PARTED)
def test_what_parted(*, address: str, left: str, right: str | None, is_design: bool) -> None:
    """What was equal once is drift, unless the values only name their environments."""
    actual = decide(case(address, [(0, right), (4, left)], [(0, right)]))

    assert is_design == actual.is_environmental


def test_setting_up_is_being_born() -> None:
    """What parts within two weeks of the younger side's birth counts as born different."""
    early = case("/replicas", [(0, "1")], [(0, "1"), (1, "3")])
    late = case("/replicas", [(0, "1")], [(0, "1"), (2, "3")])

    assert decide(early).is_environmental
    assert not decide(late).is_environmental


def test_a_switch_that_moves_alone_is_news() -> None:
    """A value of its own that moves on one side alone is news for 90 days, then settled."""
    recent = case("/mode", [(0, '"a"')], [(0, '"b"'), (4, '"c"')])
    settled = case("/mode", [(0, '"a"')], [(0, '"b"'), (3, '"c"')])
    together = case("/mode", [(0, '"a"'), (4, '"x"')], [(0, '"b"'), (4, '"c"')])

    assert not decide(recent).is_environmental
    assert decide(settled).is_environmental
    assert decide(together).is_environmental


def test_without_a_clock_every_move_is_news() -> None:
    """What cannot be told to be settled is not waved through."""
    unknown = case("/mode", [(0, '"a"')], [(0, '"b"'), (2, '"c"')], at=(), now=None)

    assert not decide(unknown).is_environmental


def test_a_size_may_be_tuned() -> None:
    """Sizes and figures that never agreed stay by design when they move."""
    tuned = case("/replicas", [(0, "1")], [(0, "3"), (4, "5")])
    figure = case("/ttlHours", [(0, "1")], [(0, "3"), (4, "5")])

    assert decide(tuned).is_environmental
    assert decide(figure).is_environmental


AROUND = [
    ("are_regions", "/replicas", "3", "5", True),
    ("are_regions", "/timeoutSeconds", "3", "5", False),
    ("is_switched_off", "/redis/mode", '"a"', '"b"', True),
    ("is_private", "/app/logLevel", '"debug"', '"info"', True),
    ("is_roster", "/hosts/canary/weight", None, "3", True),
    ("is_roster", "/hosts/canary/weight", "1", "3", False),
    ("is_private", "/app/mode", '"debug"', '"info"', False),
]


@pytest.mark.parametrize(("what", "address", "left", "right", "is_design"), AROUND)
def test_what_is_around(*, what: str, address: str, left: str, right: str, is_design: bool) -> None:
    """Other environments, switches and developers' environments excuse some parted values."""
    actual = decide(case(address, [(0, left)], [(0, left), (4, right)], **{what: True}))

    assert is_design == actual.is_environmental


SMALLER = [
    ("/replicas", "3", "1", "right", True),
    ("/cacheSize", '"300GB"', '"25GB"', "right", True),
    ("/retention", '"90d"', '"15d"', "right", True),
    ("/replicas", "3", "1", "left", False),
    ("/replicas", "1", "3", "right", False),
    ("/timeoutSeconds", "3", "1", "right", False),
]


@pytest.mark.parametrize(("address", "before", "after", "modest", "is_design"), SMALLER)
def test_a_size_may_be_made_smaller(
    *, address: str, before: str, after: str, modest: str, is_design: bool
) -> None:
    """A side that is not the more exposed one may make a size smaller; nothing else is excused."""
    left, right = [(0, before)], [(0, before), (4, after)]
    actual = decide(case(address, left, right, modest=frozenset({modest})))

    assert is_design == actual.is_environmental


def test_a_machine_of_a_developer_need_not_follow() -> None:
    """What the others changed is no drift of a local environment; what it changed itself is."""
    left, right = [(0, '"a"')], [(0, '"a"'), (4, '"b"')]

    assert decide(case("/mode", left, right, local="left")).is_environmental
    assert not decide(case("/mode", left, right, local="right")).is_environmental


def test_each_side_may_set_its_size() -> None:
    """A size that both sides have set since is each side's own; another value is not."""
    left, right = [(0, "2"), (3, "5")], [(0, "2"), (4, "3")]

    assert decide(case("/replicas", left, right)).is_environmental
    assert not decide(case("/mode", left, right)).is_environmental


def test_what_was_equal_only_briefly_is_by_design() -> None:
    """Less than 90 days of agreement in a life apart is a coincidence; more is not."""
    days = [0, 60, 800, 1000]
    around = {"at": [day * DAY_SECONDS for day in days], "now": 1000 * DAY_SECONDS}
    briefly = case("/mode", [(0, '"a"')], [(0, '"a"'), (1, '"b"')], **around)
    longer = case("/mode", [(0, '"a"')], [(0, '"a"'), (2, '"b"')], **around)

    assert decide(briefly).is_environmental
    assert not decide(longer).is_environmental


def test_a_copy_that_inherits_a_default_is_no_design() -> None:
    """Where a copied environment fell back to a default, only sizes are excused."""
    days = case("/log_retention_days", [(0, "14")], [(0, "90")], is_copy_gap=True)
    nodes = case("/node_count", [(0, "2")], [(0, "9")], is_copy_gap=True)

    assert not decide(days).is_environmental
    assert decide(nodes).is_environmental


def test_moves_are_of_meaning() -> None:
    """Another spelling is no move, and what both do at once is no lone move."""
    series = points((0, '"1000m"'), (1, '"1"'), (2, '"2"'), (3, '"3"'))

    assert {2, 3} == moves("/cpu", series, 0)
    assert [2] == lone_moves("/cpu", series, points((0, '"1"'), (3, '"5"')), 0)
