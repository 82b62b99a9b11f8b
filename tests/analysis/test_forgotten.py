"""What usually moves together is missed when it does not; what rarely does is not."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from driftline.analysis.forgotten import LOOKS_MIN, Moved, Views, forgotten
from driftline.inventory.layers.layer import Layer
from driftline.model.answers.check import Forgotten
from tests.analysis.telling import environment
from tests.inventory.building import layer_of

Versions = Sequence[tuple[int, Any]]


def views(sides: Mapping[str, Sequence[Layer]]) -> Views:
    """The views of one role in several environments."""
    return {
        name: environment(name, {"web": (0, None, layers)}).views for name, layers in sides.items()
    }


def tags(looks: Sequence[int], *, beside: dict[str, Any] | None = None) -> Versions:
    """A file whose tag moves in these looks."""
    return [(look, {"tag": str(look), **(beside or {})}) for look in (0, *looks)]


def missed(
    before: dict[str, Versions],
    after: dict[str, Any],
    moved: Sequence[Moved],
    *,
    crowded: Collection[int] = (),
) -> tuple[Forgotten, ...]:
    """What a change forgets that leads from these versions to these."""
    was = {name: [layer_of(name, versions)] for name, versions in before.items()}
    becomes = {
        name: [layer_of(name, [*versions, (99, after[name])] if name in after else versions)]
        for name, versions in before.items()
    }
    return forgotten(views(was), views(becomes), moved, is_crowded=set(crowded).__contains__)


STEP = Moved("staging", "web", "/tag", '"6"', '"7"')


def test_a_sibling_that_moves_in_the_same_look() -> None:
    """Six of six looks are sure enough, and the counts are told."""
    both = tags(range(1, 7))
    (one,) = missed({"staging": both, "production": both}, {"staging": {"tag": "7"}}, [STEP])

    assert ("staging", "production", "/tag") == (
        one.environment,
        one.missing_environment,
        one.missing_path,
    )
    assert (6, 6, "7") == (one.together, one.times, one.value)


def test_few_looks_say_nothing() -> None:
    """Less than the least number of looks, or a share that is not sure, is not spoken of."""
    few = tags(range(1, LOOKS_MIN))
    five = tags(range(1, LOOKS_MIN + 1))
    seldom = tags((2, 4, 6))
    often = tags(range(1, 7))

    assert () == missed({"staging": few, "production": few}, {"staging": {"tag": "x"}}, [STEP])
    assert () == missed({"staging": five, "production": five}, {"staging": {"tag": "x"}}, [STEP])
    assert () == missed({"staging": often, "production": seldom}, {"staging": {"tag": "x"}}, [STEP])


def test_a_convention_that_was_broken_of_late_is_none() -> None:
    """Of twenty looks the last did not move both: nobody is reminded."""
    looks = list(range(1, 21))
    sides = {"staging": tags(looks), "production": tags(looks[:-1])}

    assert () == missed(sides, {"staging": {"tag": "x"}}, [STEP])
    assert 1 == len(
        missed(
            {"staging": tags(looks), "production": tags(looks[1:])},
            {"staging": {"tag": "x"}},
            [STEP],
        )
    )


def test_a_sibling_that_says_it_already_has_nothing_to_follow() -> None:
    """Neither has one that moves in the same change."""
    both = tags(range(1, 7))
    other = [*both, (8, {"tag": "7"})]
    step = Moved("production", "web", "/tag", '"6"', '"8"')
    sides = {"staging": both, "production": other}

    assert () == missed(sides, {"staging": {"tag": "7"}}, [STEP])
    assert () == missed(
        {"staging": both, "production": both},
        {"staging": {"tag": "7"}, "production": {"tag": "8"}},
        [STEP, step],
    )


def test_crowded_looks_teach_nothing() -> None:
    """A look that touched everything says nothing of what belongs together."""
    both = tags(range(1, 7))

    assert () == missed(
        {"staging": both, "production": both}, {"staging": {"tag": "7"}}, [STEP], crowded=[3]
    )


def test_what_a_shared_layer_moves_is_nobodys_habit() -> None:
    """A base moves all environments by itself, which no change can forget."""
    own = layer_of("own", [(0, {"replicas": 1})])
    base = layer_of("base", tags(range(1, 9)), shared=True)
    was = views({"staging": [base, own], "production": [base, own]})
    mine = layer_of("own", [(0, {"replicas": 1}), (99, {"replicas": 1, "tag": "7"})])
    becomes = views({"staging": [base, mine], "production": [base, own]})

    assert () == forgotten(was, becomes, [STEP], is_crowded=lambda _: False)


def limits(looks: Sequence[int], others: Sequence[int]) -> Versions:
    """A file in which cpu and memory move in some looks, and a tag in others."""
    states = []
    cpu = tag = 0
    for look in sorted({0, *looks, *others}):
        cpu, tag = (look if look in looks else cpu), (look if look in others else tag)
        states.append((look, {"cpu": cpu, "memory": cpu, "tag": tag, "args": [tag, cpu]}))
    return states


def test_a_path_that_moves_with_another_in_one_file() -> None:
    """Cpu without memory is missed; the tag, which moves on its own, never is."""
    versions = limits(range(2, 18, 2), range(1, 17, 2))
    said = {"cpu": 50, "memory": 16, "tag": 15, "args": [15, 50]}
    step = Moved("staging", "web", "/cpu", "16", "50")
    (one,) = missed({"staging": versions}, {"staging": said}, [step])

    assert ("staging", "/memory", 8, 8) == (
        one.missing_environment,
        one.missing_path,
        one.together,
        one.times,
    )


def test_what_moves_all_the_time_is_met_by_chance() -> None:
    """A path that moves in nearly every look belongs to none of them."""
    versions = limits(range(1, 9), range(1, 17))
    step = Moved("staging", "web", "/cpu", "8", "50")
    said = {"cpu": 50, "memory": 50, "tag": 16, "args": [16, 50]}
    moved = [step, Moved("staging", "web", "/memory", "8", "50")]

    assert () == missed({"staging": versions}, {"staging": said}, moved)


def test_partners_need_more_than_siblings() -> None:
    """Seven of seven looks are enough for a sibling, and not for a fact beside it."""
    versions = limits(range(2, 16, 2), range(1, 17, 2))
    step = Moved("staging", "web", "/cpu", "14", "50")
    said = {"cpu": 50, "memory": 14, "tag": 15, "args": [15, 50]}

    assert () == missed({"staging": versions}, {"staging": said}, [step])


def test_positions_are_no_partners() -> None:
    """A list without names means something else at each place every time."""
    versions = limits(range(2, 18, 2), range(1, 17, 2))
    step = Moved("staging", "web", "/args/1", "16", "50")
    said = {"cpu": 16, "memory": 16, "tag": 15, "args": [15, 50]}

    assert () == missed({"staging": versions}, {"staging": said}, [step])


@given(some.sets(some.integers(1, 30), max_size=20), some.sets(some.integers(1, 30), max_size=20))
def test_counts_are_what_happened(mine: set[int], theirs: set[int]) -> None:
    """Whatever is told, the looks were there, and nothing is told twice."""
    sides = {"staging": tags(sorted(mine)), "production": tags(sorted(theirs))}
    found = missed(sides, {"staging": {"tag": "x"}}, [STEP])

    assert len(found) <= 1
    for one in found:
        assert len(mine & theirs) == one.together
        assert len(mine) == one.times


def test_a_fact_of_another_role_of_the_environment() -> None:
    """The worker whose tag always moves with that of the web is missed, by its role."""
    looks, others = range(2, 18, 2), range(1, 17, 2)
    web = limits(looks, others)
    worker = tags(looks)

    def seen(*more: tuple[int, Any]) -> Views:
        return {
            "staging": environment(
                "staging",
                {
                    "web": (0, None, [layer_of("web", [*web, *more])]),
                    "worker": (0, None, [layer_of("worker", worker)]),
                },
            ).views
        }

    step = Moved("staging", "web", "/cpu", "16", "50")
    beside = Moved("staging", "web", "/memory", "16", "50")
    said = {"cpu": 50, "memory": 50, "tag": 15, "args": [15, 50]}
    (one,) = forgotten(seen(), seen((99, said)), [step, beside], is_crowded=lambda _: False)

    assert ("worker", "/tag", "staging") == (
        one.missing_role,
        one.missing_path,
        one.missing_environment,
    )
