"""Which act of a merge set which value."""

from driftline.inventory.canonical import difference
from driftline.inventory.layers.introduction import ActReading, introduced
from driftline.model.document import Document, DocumentKind, Reading

MERGE = 9


def _of(**facts: str) -> Reading:
    leaves = {"/" + key: value for key, value in facts.items()}
    return Reading((Document("", DocumentKind.PLAIN, (leaves,)),))


def _acts(before: Reading | None, after: Reading | None, *between: ActReading) -> dict[str, int]:
    """Address, or nothing for a whole resource, to the act that it is put down to."""
    changes = introduced(difference(before, after, "f"), between, MERGE)
    acts = {}
    for change in changes:
        acts[""] = change.act
        for fact in change.facts:
            acts[fact.address] = change.act if fact.act is None else fact.act
    return acts


def test_each_value_has_its_own_act() -> None:
    """Each fact belongs to the act that set its value, the rest to the merge."""
    acts = _acts(
        _of(x="1", y="1", z="1"),
        _of(x="2", y="2", z="2"),
        ActReading(0, _of(x="1", y="1", z="1"), _of(x="2", y="1", z="1")),
        ActReading(1, _of(x="2", y="1", z="1"), _of(x="2", y="2", z="1")),
    )

    assert {"/x": 0, "/y": 1, "/z": MERGE} == {key: act for key, act in acts.items() if key}


def test_the_last_one_to_set_it() -> None:
    """A value that was set, taken back and set again belongs to the last who set it."""
    acts = _acts(
        _of(x="1"),
        _of(x="2"),
        ActReading(0, _of(x="1"), _of(x="2")),
        ActReading(1, _of(x="2"), _of(x="1")),
        ActReading(2, _of(x="1"), _of(x="2")),
    )

    assert {"": 2, "/x": 2} == acts


def test_a_value_on_the_way_is_nobodys() -> None:
    """Whoever set another value on the way did not set this one."""
    acts = _acts(_of(x="1"), _of(x="3"), ActReading(0, _of(x="1"), _of(x="2")))

    assert {"": MERGE, "/x": MERGE} == acts


def test_taking_away_is_an_act() -> None:
    """A fact or a file that is gone belongs to whoever took it away."""
    fact = _acts(_of(x="1", y="1"), _of(x="1"), ActReading(0, _of(x="1", y="1"), _of(x="1")))
    file = _acts(_of(x="1"), None, ActReading(1, _of(x="1"), None))

    assert (0, 1) == (fact["/y"], file[""])


def test_a_resource_takes_the_act_of_most_of_its_facts() -> None:
    """Only facts of another act than their resource's carry their own."""
    (change,) = introduced(
        difference(_of(x="1", y="1", z="1"), _of(x="2", y="2", z="2"), "f"),
        [
            ActReading(0, _of(x="1"), _of(x="2")),
            ActReading(1, _of(y="1", z="1"), _of(y="2", z="2")),
        ],
        MERGE,
    )

    assert (1, [0, None, None]) == (change.act, [fact.act for fact in change.facts])
