"""Steps and changes become looks, in batches."""

from driftline.engine.reading import intake
from driftline.engine.reading.file_histories import FileChanges
from driftline.engine.reading.intake import looks, take_in, used_acts
from driftline.model.look import (
    Contribution,
    FactChange,
    GapChange,
    Look,
    LookChanges,
    Person,
    ResourceChange,
)
from driftline.model.progress import Unwatched
from driftline.sources.git.chain import Step

ADA = Person("Ada", "a@x")
ACTS = tuple(Contribution(name, ADA, name) for name in "abc")


def _step(position: int) -> Step:
    return Step(Look(position, 0, str(position), ADA, None, ""), ACTS, ())


def _change(act: int, *fact_acts: int | None) -> ResourceChange:
    facts = tuple(FactChange(f"/{n}", None, "1", one) for n, one in enumerate(fact_acts))
    return ResourceChange("f", "", "plain", False, False, facts, act)


def test_changes_find_their_look() -> None:
    """Each look gets the changes at its position, and looks without any stay empty."""
    changes = [
        FileChanges(1, (_change(0),), None),
        FileChanges(1, (_change(0),), GapChange("g", "why")),
        FileChanges(3, (), GapChange("g", None)),
    ]

    found = list(looks([_step(position) for position in range(4)], changes))

    assert [0, 2, 0, 0] == [len(one.resources) for one in found]
    assert [0, 1, 0, 1] == [len(one.gaps) for one in found]


def test_only_acts_that_did_something_are_kept() -> None:
    """Acts without a change are left out, and the others numbered anew."""
    acts, (resource,) = used_acts(ACTS, [_change(2, None, 1)])

    assert ["b", "c"] == [act.ref for act in acts]
    assert (1, [None, 0]) == (resource.act, [fact.act for fact in resource.facts])


def test_no_change_no_act() -> None:
    """A look that changed nothing holds no act."""
    assert ((), ()) == used_acts(ACTS, [])


def test_batches_have_two_limits() -> None:
    """A batch ends after so many looks or so many facts, and nothing is left behind."""
    many = tuple(FactChange(str(n), None, "1") for n in range(intake.FACTS_PER_TRANSACTION))
    big = ResourceChange("f", "", "plain", True, False, many, 0)
    coming = [
        LookChanges(_step(n).look, ACTS, (big,) if n == 2 else (), (GapChange("g", "why"),))
        for n in range(intake.LOOKS_PER_TRANSACTION + 10)
    ]
    batches: list[int] = []

    taken = take_in(
        lambda batch: batches.append(len(batch)), coming, total=len(coming), progress=Unwatched()
    )

    assert [3, intake.LOOKS_PER_TRANSACTION, 7] == batches
    assert (len(coming), len(many), len(coming)) == (taken.looks, taken.facts, taken.gaps)
