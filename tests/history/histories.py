"""Little histories for the tests of stores: by hand, and drawn by hypothesis."""

from collections.abc import Iterable, Mapping

from hypothesis import strategies as st

from driftline.model.look import (
    Contribution,
    FactChange,
    GapChange,
    Look,
    LookChanges,
    Person,
    ResourceChange,
)

ANN = Person("Ann", "ann@example.org")
BOB = Person("Bob", "bob@example.org")

Name = tuple[str, str]
Facts = Mapping[str, str]

# Short and long, repeated, compressible or not, and two that are not valid Unicode.
VALUES = (
    "1",
    '"1"',
    "true",
    "null",
    "{}",
    '"' + "a" * 62 + '"',
    '"' + "a" * 63 + '"',
    '"' + "long " * 400 + '"',
    '"' + "lang " * 400 + '"',
    '"\udcff"',
    '"' + "\udcff" * 80 + '"',
    '"nul\0inside"',
    '"ünï"',
)
ADDRESSES = ("/a", "/b/[name=x]/c", "/b/0", "/z~1y", "/\udce9", "")
FILES = ("a.yaml", "b/ü.yaml", "b/\udcff.yaml")
KEYS = ("", "Deployment/web", "#2")
KINDS = ("plain", "object")
REASONS = ("template", "not YAML")


def ref(number: int) -> str:
    """A commit's hash made of a number.

    >>> ref(10)[-2:]
    '0a'
    """
    return f"{number:040x}"


def look(
    position: int,
    *resources: ResourceChange,
    gaps: Iterable[GapChange] = (),
    at: int | None = None,
    acts: int = 1,
    name: str | None = None,
) -> LookChanges:
    """A look by Ann with its own commit as the first act, further ones by Bob."""
    own = ref(position) if name is None and position >= 0 else (name or f"before{-position}")
    subject = f"look {position}"
    made = Look(position, 1000 + position if at is None else at, own, ANN, None, subject)
    contributions = [Contribution(own, ANN, subject)]
    contributions += [Contribution(f"{own}-{n}", BOB, f"act {n}", (ANN,)) for n in range(1, acts)]
    return LookChanges(made, tuple(contributions[:acts]), resources, tuple(gaps))


def appears(file: str, facts: Facts, key: str = "", kind: str = "plain") -> ResourceChange:
    """A resource that is new, with all its facts."""
    listed = tuple(FactChange(at, None, value) for at, value in facts.items())
    return ResourceChange(file, key, kind, appeared=True, vanished=False, facts=listed, act=0)


def vanishes(file: str, key: str = "", kind: str = "plain") -> ResourceChange:
    """A resource that is gone."""
    return ResourceChange(file, key, kind, appeared=False, vanished=True, facts=(), act=0)


def moves(
    file: str,
    *facts: tuple[str, str | None, str | None],
    key: str = "",
    kind: str = "plain",
    act: int = 0,
) -> ResourceChange:
    """A resource whose facts change: address, before, after."""
    told = tuple(FactChange(*fact) for fact in facts)
    return ResourceChange(file, key, kind, appeared=False, vanished=False, facts=told, act=act)


def difference(before: Facts, after: Facts) -> tuple[FactChange, ...]:
    """The facts that lead from one listing to the other."""
    return tuple(
        FactChange(at, before.get(at), after.get(at))
        for at in sorted({*before, *after})
        if before.get(at) != after.get(at)
    )


def led(
    before: Mapping[Name, Facts], after: Mapping[Name, Facts], kinds: Mapping[Name, str]
) -> tuple[ResourceChange, ...]:
    """The changes of resources that lead from one listing to the other."""
    changes = []
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        if new is None:
            changes.append(vanishes(*name))
        elif old is None:
            changes.append(appears(name[0], new, name[1], kinds.get(name, "plain")))
        else:
            facts = difference(old, new)
            kind = kinds.get(name, "plain")
            changes.append(ResourceChange(*name, kind, False, False, facts, 0))
    return tuple(changes)


names = st.tuples(st.sampled_from(FILES), st.sampled_from(KEYS))
facts = st.dictionaries(st.sampled_from(ADDRESSES), st.sampled_from(VALUES), max_size=4)
listings = st.dictionaries(names, facts, max_size=4)
kinds = st.dictionaries(names, st.sampled_from(KINDS), max_size=3)
gap_changes = st.dictionaries(
    st.sampled_from(FILES), st.sampled_from((*REASONS, None)), max_size=2
).map(lambda drawn: tuple(GapChange(file, reason) for file, reason in drawn.items()))
