"""The truth about the example fleet: who changed what, why, and what stayed behind.

Derived from the story itself, commit by commit, by `driftline.lab.declared`;
no reader, merge or comparison of driftline's own has a part in it. A scan of
the written repository is measured against this.
"""

import json
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from driftline.lab.declared import Declared, Fact, Said, declared
from driftline.lab.edits import Tree, applied
from driftline.lab.fleet import BOTS, CI, Place, Staff, place
from driftline.lab.landing import Force, Intent, Purpose
from driftline.lab.plots import JUDGEMENTS
from driftline.lab.weaving import Commit
from driftline.model.look import Person

_QUANTITY = re.compile(r"(?P<number>[0-9]+(\.[0-9]+)?)(?P<unit>m|Ki|Mi|Gi)?")
_UNITS = {None: Decimal(1), "m": Decimal("0.001"), "Ki": Decimal(2**10),
          "Mi": Decimal(2**20), "Gi": Decimal(2**30)}  # fmt: skip


class TrueEnvironment(msgspec.Struct, frozen=True):
    """An environment and the instants between which it was there; `ended` None is now."""

    name: str
    began: int
    ended: int | None


class TrueChange(msgspec.Struct, frozen=True):
    """One value of one environment that one landing changed; None is absent.

    `step` counts landings from 0; `actor` wrote it, `approver` let it in where
    that was somebody else. `intent` is what the actor meant for the others.
    """

    step: int
    at: int
    site: str
    fact: Fact
    before: str | None
    after: str | None
    file: str
    actor: Person
    actor_class: str
    approver: Person | None
    force: Force
    intent: Intent
    plot: str


class TrueDivergence(msgspec.Struct, frozen=True):
    """A value that differs between two environments when the story ends.

    `since` is when the sides last became different, by the change given with
    it; `onset` is `born` where they never agreed, else `drifted`. `moved` says
    which side moved then. `intent` and `plot` are the change's, unless the
    story judges the outcome otherwise.
    """

    left: str
    right: str
    fact: Fact
    left_value: str | None
    right_value: str | None
    left_file: str | None
    right_file: str | None
    since: int
    onset: str
    moved: str
    change: TrueChange
    intent: Intent
    plot: str


class Truth(msgspec.Struct, frozen=True):
    """Everything there is to know about the fleet. `gaps` are files that cannot be read."""

    environments: tuple[TrueEnvironment, ...]
    changes: tuple[TrueChange, ...]
    divergences: tuple[TrueDivergence, ...]
    gaps: tuple[str, ...]
    files: tuple[tuple[str, str], ...]


class Moment(msgspec.Struct, frozen=True):
    """The main branch after one landing: its commit, the inner ones, the files."""

    step: int
    at: int
    commit: Commit
    inner: tuple[Commit, ...]
    tree: Tree


def moments(commits: Sequence[Commit]) -> Iterator[Moment]:
    """Every landing in order; instants never run backwards, whatever a clock said."""
    inner: list[Commit] = []
    tree: Tree = {}
    at = 0
    for commit in commits:
        if commit.step is None:
            inner.append(commit)
            continue
        tree = applied(tree, dict(commit.changes))
        at = max(at, commit.committed_at)
        yield Moment(commit.step, at, commit, tuple(inner), tree)
        inner = []


def same(left: str | None, right: str | None) -> bool:
    """Whether two values mean the same: `1000m` is one core however it is written.

    >>> same('"1000m"', '"1"'), same('"1Gi"', '"1024Mi"'), same('"8"', '"9"')
    (True, True, False)
    """
    if left == right or left is None or right is None:
        return left == right
    first, second = _amount(left), _amount(right)
    return first is not None and first == second


def _amount(value: str) -> Decimal | None:
    spelled = _QUANTITY.fullmatch(str(json.loads(value)))
    return Decimal(spelled["number"]) * _UNITS[spelled["unit"]] if spelled else None


def thing(fact: Fact) -> tuple[str, str]:
    """What a value belongs to: the service, and the Kubernetes object if any."""
    return fact.role, fact.resource


def actor_class(staff: Staff) -> str:
    """The class of whoever acted, in the words of the glossary."""
    if staff == CI:
        return "ci"
    return "bot" if staff in BOTS else "human"


def _contribution(moment: Moment, file: str) -> tuple[Commit, Person | None]:
    """The commit that brought a file's present text, and who else let it in."""
    for commit in reversed(moment.inner):
        if any(path == file for path, _ in commit.changes):
            merger = moment.commit.author
            return commit, merger.person if merger != commit.author else None
    reviewer = re.search(r"^Reviewed-by: (.*) <(.*)>$", moment.commit.message, re.MULTILINE)
    return moment.commit, Person(reviewer[1], reviewer[2]) if reviewer else None


def _change(
    moment: Moment, site: str, fact: Fact, before: Said | None, after: Said | None
) -> TrueChange:
    files = [said.file for said in (after, before) if said is not None]
    touched = [path for path, _ in moment.commit.changes]
    # A moved file names a value from two places; the one that was touched is
    # meant. A value that a new environment inherits stands in a file that
    # nobody touched: then whoever brought the environment's own file brought it.
    own = [path for path in touched if place(path) == Place(fact.role, site)]
    cause = next((one for one in (*files, *own) if one in touched), files[0])
    file = cause if cause in files else files[0]
    commit, approver = _contribution(moment, cause)
    purpose = commit.purpose or Purpose(Force.CONFIGURATION, Intent.DELIBERATE)
    return TrueChange(
        step=moment.step,
        at=moment.at,
        site=site,
        fact=fact,
        before=before.value if before else None,
        after=after.value if after else None,
        file=file,
        actor=commit.author.person,
        actor_class=actor_class(commit.author),
        approver=approver,
        force=purpose.force,
        intent=purpose.intent,
        plot=purpose.plot,
    )


def _changes(moment: Moment, before: Declared, after: Declared) -> Iterator[TrueChange]:
    """Every value that one landing changed, in every environment it reached."""
    for site in sorted(before.keys() | after.keys()):
        old, new = before.get(site, {}), after.get(site, {})
        for fact in sorted(old.keys() | new.keys()):
            left, right = old.get(fact), new.get(fact)
            if (left and left.value) != (right and right.value):
                yield _change(moment, site, fact, left, right)


class _Spell:
    """When a pair's present difference at a fact began, and what began it."""

    def __init__(self, at: int, onset: str, moved: str, change: TrueChange) -> None:
        self.at = at
        self.onset = onset
        self.moved = moved
        self.change = change


class _Pair:
    """Two environments through time: which facts differ, and which ever agreed."""

    def __init__(self, left: str, right: str) -> None:
        self.left, self.right = left, right
        self.spells: dict[Fact, _Spell] = {}
        self.agreed: set[Fact] = set()
        self.shared: set[tuple[str, str]] = set()

    def see(self, now: Declared, changes: Sequence[TrueChange]) -> None:
        """Take in one landing."""
        left, right = now.get(self.left), now.get(self.right)
        if left is None or right is None:
            return
        # A service or an object that one side lacks as a whole is one fact of
        # its own, and not one for each of its values.
        things = {thing(fact) for fact in left} & {thing(fact) for fact in right}
        moved = {side: {change.fact: change for change in changes if change.site == side}
                 for side in (self.left, self.right)}  # fmt: skip
        for fact in {fact for fact in left.keys() | right.keys() if thing(fact) in things}:
            here, there = left.get(fact), right.get(fact)
            if same(here.value if here else None, there.value if there else None):
                self.agreed.add(fact)
                self.spells.pop(fact, None)
            elif fact not in self.spells:
                self._begin(fact, moved)
        for fact in [fact for fact in self.spells if fact not in left and fact not in right]:
            del self.spells[fact]
        self.shared = things

    def _begin(self, fact: Fact, moved: dict[str, dict[Fact, TrueChange]]) -> None:
        sides = [name for name, side in (("left", self.left), ("right", self.right))
                 if fact in moved[side]]  # fmt: skip
        by_fact = moved[self.left].get(fact) or moved[self.right].get(fact)
        # A fact may come to differ because its role came to be on the other side.
        change = by_fact or next(
            one for side in moved.values() for one in side.values() if one.fact.role == fact.role
        )
        # Two sides that both had the thing and not the value agreed about it.
        once_agreed = fact in self.agreed or thing(fact) in self.shared
        onset = "drifted" if once_agreed else "born"
        word = "both" if len(sides) == 2 else sides[0] if sides else "unknown"
        self.spells[fact] = _Spell(change.at, onset, word, change)

    def _judged(self, fact: Fact, change: TrueChange) -> tuple[Intent, str]:
        for judgement in JUDGEMENTS:
            named = (judgement.role, judgement.address) == (fact.role, fact.address)
            if named and judgement.site in (self.left, self.right):
                return judgement.intent, judgement.plot
        return change.intent, change.plot

    def ended(self, now: Declared) -> Iterator[TrueDivergence]:
        """What differs at last."""
        left, right = now.get(self.left, {}), now.get(self.right, {})
        for fact, spell in sorted(self.spells.items(), key=lambda item: item[0]):
            here, there = left.get(fact), right.get(fact)
            intent, plot = self._judged(fact, spell.change)
            yield TrueDivergence(
                left=self.left,
                right=self.right,
                fact=fact,
                left_value=here.value if here else None,
                right_value=there.value if there else None,
                left_file=here.file if here else None,
                right_file=there.file if there else None,
                since=spell.at,
                onset=spell.onset,
                moved=spell.moved,
                change=spell.change,
                intent=intent,
                plot=plot,
            )


PAIRS = (("staging", "production"), ("staging", "production-us"), ("production", "production-us"))


def truth(commits: Sequence[Commit]) -> Truth:
    """The whole truth about a woven story."""
    before: Declared = {}
    pairs = [_Pair(left, right) for left, right in PAIRS]
    began: dict[str, int] = {}
    ended: dict[str, int] = {}
    changes: list[TrueChange] = []
    tree: Tree = {}
    for moment in moments(commits):
        tree = moment.tree
        now = declared(tree)
        made = tuple(_changes(moment, before, now))
        for site in now.keys() - before.keys():
            began[site] = moment.at
        for site in before.keys() - now.keys():
            ended[site] = moment.at
        for pair in pairs:
            pair.see(now, made)
        changes += made
        before = now
    return Truth(
        environments=tuple(TrueEnvironment(s, at, ended.get(s)) for s, at in began.items()),
        changes=tuple(changes),
        divergences=tuple(one for pair in pairs for one in pair.ended(before)),
        gaps=tuple(
            p for p in sorted(tree) if "/templates/" in p or p.endswith("/secrets.sops.yaml")
        ),
        files=tuple(sorted(tree.items())),
    )
