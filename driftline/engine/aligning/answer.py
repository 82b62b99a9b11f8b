"""The answer of `align`: a patch that brings one environment's values to another's.

For every difference that is asked about, the ways to write the value are tried
until one of them does just that; what has no such way is refused with the
reason. Nothing is written anywhere but into the answer.
"""

from collections.abc import Sequence

import msgspec

from driftline.engine.aligning.groups import Group, Row, groups
from driftline.engine.aligning.patching import patch_of
from driftline.engine.aligning.trial import Meant, Trial
from driftline.engine.answering.judging import Judge
from driftline.engine.answering.tracing import path_named, role_named
from driftline.engine.deciding.ledger_file import ledger_now
from driftline.engine.knowing.environment_names import environment_named
from driftline.engine.knowing.known import Known, side
from driftline.engine.settings import Settings
from driftline.errors import UsageError
from driftline.history.protocol import Store
from driftline.inventory import siblings
from driftline.inventory.compare import Difference, View
from driftline.inventory.edit_places import OwnFile, Way, facts_of, own_files, ways
from driftline.inventory.typed import shown
from driftline.model import address as addresses
from driftline.model.answers.align import AlignAnswer, AlignedFact, Refusal
from driftline.model.answers.parity import Side
from driftline.model.verdict import Kind
from driftline.sources.edits.contract import Inexact
from driftline.sources.formats.contract import FormatReader

SCHEMA = "driftline.align/1"
_REDACTED = '{"secret":'


class Asked(msgspec.Struct, frozen=True):
    """What is to be aligned: a role and a path below which everything counts, or all that stands.

    `is_forced` aligns what differs by design, too.
    """

    source: str
    target: str
    role: str = ""
    path: str = ""
    is_forced: bool = False


def answer(
    store: Store, known: Known, asked: Asked, settings: Settings, reader: FormatReader, *, now: int
) -> AlignAnswer:
    """The patch for what is asked, with what it does and what is refused.

    Raises UsageError for names that mean nothing here and where nothing differs.
    """
    names = [one.name for one in known.environments]
    source, target = (environment_named(one, names) for one in (asked.source, asked.target))
    if source == target:
        raise UsageError(f"{source} is already like itself; name two environments")
    left, right = (side(one, known.units.units.get(one, {})) for one in (source, target))
    rows = _rows(known, siblings.find(left, right, known.words), asked, settings, now=now)
    aligner = _Aligner(Trial(store, known, settings, reader), left, right, asked)
    facts = {role: list(view.facts) for role, view in right.views.items()}
    is_open = [one for one in Kind if asked.is_forced or one is not Kind.ENVIRONMENTAL]
    for group in groups(rows, facts, is_open=is_open):
        aligner.align(group)
    if asked.role and len(rows) > 1:
        aligner.insist()
    return aligner.answer()


def _rows(
    known: Known, found: siblings.Found, asked: Asked, settings: Settings, *, now: int
) -> list[Row]:
    """The differences that are meant, with their judgement."""
    ledger = ledger_now(settings.ledger_path)
    judged = Judge(known, now=now, ledger=ledger).pair(found).judged
    rows = [
        Row(difference, verdict.kind, verdict.reason)
        for difference, verdict in zip(found.compared.differences, judged.verdicts, strict=True)
    ]
    if not asked.role:
        return [one for one in rows if one.kind is Kind.STANDING]
    return _meant(rows, found, asked)


def _meant(rows: list[Row], found: siblings.Found, asked: Asked) -> list[Row]:
    """The differences at, or below, the path that a person means."""
    sides = (found.left, found.right)
    role = role_named(asked.role, sorted({one for side_ in sides for one in side_.views}))
    for side_, other in (sides, sides[::-1]):
        if role not in side_.views:
            raise UsageError(
                f"{role} is in {other.name} alone; a whole role has to be written by hand"
            )
    wanted = asked.path.rstrip("/")
    facts = sorted({one for side_ in sides for one in side_.views[role].facts})
    if not any(_is_at(one, wanted) for one in facts):
        wanted = path_named(asked.path, _with_parents(facts), role)
    chosen = [
        one
        for one in rows
        if one.difference.role == role and _is_at(one.difference.address, wanted)
    ]
    if not chosen:
        raise UsageError(
            f"{role} {wanted or '/'} does not differ between {found.left.name} and "
            f"{found.right.name}; `driftline compare` lists what does"
        )
    return chosen


def _is_at(address: str, wanted: str) -> bool:
    return address == wanted or address.startswith(wanted + "/")


def _with_parents(facts: list[str]) -> list[str]:
    parents = {above for one in facts for above in addresses.ancestors(one)}
    return sorted({*facts, *parents})


class _Aligner:
    """Aligns one difference after the other on one trial."""

    def __init__(
        self,
        trial: Trial,
        source: siblings.Environment,
        target: siblings.Environment,
        asked: Asked,
    ) -> None:
        self.trial = trial
        self.source = source
        self.target = target
        self.asked = asked
        self.aligned: list[AlignedFact] = []
        self.refusals: list[Refusal] = []

    def align(self, group: Group) -> None:
        """Align the differences of a group, or note why not."""
        before, done = self.trial.state, len(self.aligned)
        try:
            for row in group.rows:
                self._refuse(row)
            if group.place is not None:
                way = self._way(group.rows, group.place)
                for row in group.rows:
                    self._note(row, way)
                return
            for row in group.rows:
                self._note(row, self._way((row,), row.difference.right_address))
        except Inexact as why:
            self.trial.state = before
            del self.aligned[done:]
            for row in group.rows:
                one = row.difference
                self.refusals.append(Refusal(one.role, one.right_address, row.kind.value, str(why)))

    def insist(self) -> None:
        """Take everything back where a part of a whole could not be written exactly.

        What differs by design is no part of what is asked for.
        """
        by_design = Kind.ENVIRONMENTAL.value
        failed = [one for one in self.refusals if self.asked.is_forced or one.kind != by_design]
        if failed and self.aligned:
            why = f"{failed[0].path} below the same path cannot be written exactly"
            self.refusals += [Refusal(one.role, one.path, one.kind, why) for one in self.aligned]
            self.aligned.clear()
            self.trial.state = self.trial.beginning

    def _note(self, row: Row, way: Way) -> None:
        """Note that a difference is aligned."""
        one = row.difference
        before = one.right.value if one.right is not None else None
        after = one.left.value if one.left is not None else None
        self.aligned.append(
            AlignedFact(
                role=one.role,
                path=one.right_address,
                file=way.file,
                before_state=(Side.ABSENT if before is None else Side.PRESENT).value,
                before=shown(before),
                after_state=(Side.ABSENT if after is None else Side.PRESENT).value,
                after=shown(after),
                kind=row.kind.value,
                what=self._sentence(row, way),
            )
        )

    def _way(self, rows: Sequence[Row], place: str) -> Way:
        """The way that does it; raises Inexact with the reason of the best one that does not."""
        one = rows[0].difference
        view, like = self.target.views[one.role], facts_of(self.source.views[one.role])
        wanted = {row.difference.right_address: _value(row) for row in rows}
        meant = Meant(self.target.name, one.role, wanted, like)
        reasons: list[str] = []
        for way in self._ways(one, view, place, _value(rows[0])):
            if self.trial.texts and way.source not in {source for source, _ in self.trial.texts}:
                reasons.append("it stands in another repository than the rest of the patch")
                continue
            try:
                self.trial.attempt(way, meant)
            except Inexact as why:
                reasons.append(f"{way.file}: {why}")
            else:
                return way
        raise Inexact(reasons[0] if reasons else self._no_way(one, view))

    def _ways(self, one: Difference, view: View, place: str, wanted: str | None) -> list[Way]:
        files = own_files(view, self.trial.known.places)
        found: list[Way] = []
        if wanted is None or self._inherits(one):
            found += ways(view, files, place, None)
        if wanted is not None:
            found += ways(view, files, place, wanted)
        return found

    def _inherits(self, one: Difference) -> bool:
        """Whether the source has its value from a layer that others share."""
        layer = one.left.layer if one.left is not None else None
        return layer is not None and self.source.views[one.role].shared[layer]

    def _refuse(self, row: Row) -> None:
        """Refuse what must not be written at all."""
        one = row.difference
        if row.kind is Kind.ENVIRONMENTAL and not self.asked.is_forced:
            raise Inexact(f"it differs by design ({row.reason}); --force aligns it all the same")
        if one.left_state is Side.UNKNOWN:
            raise Inexact(f"a layer of {self.source.name} that cannot be read decides its value")
        for point in (one.left, one.right):
            if point is not None and point.value is not None and point.value.startswith(_REDACTED):
                raise Inexact("it is a secret, of which only a digest is known")

    def _no_way(self, one: Difference, view: View) -> str:
        """Why no file of the environment's own has a place for it."""
        point = one.right
        files: tuple[OwnFile, ...] = own_files(view, self.trial.known.places)
        if point is not None and point.layer is not None and view.shared[point.layer]:
            file = view.unit.layers[point.layer].file
            return f"{file} sets it for other environments as well, and {self.target.name} has " + (
                "no file of its own for it" if not files else "no place in its own files for it"
            )
        return f"no file of {self.target.name} has a place for it"

    def _sentence(self, row: Row, way: Way) -> str:
        """What a way does, for people."""
        one = row.difference
        if way.is_removal:
            what = "takes it out of" if one.left is None else "takes the override out of"
        elif one.right is None or one.right.value is None:
            what = "adds it to"
        elif one.right.layer is not None and self.target.views[one.role].shared[one.right.layer]:
            what = "adds an override to"
        else:
            what = "sets it in"
        return f"{what} {way.file}"

    def answer(self) -> AlignAnswer:
        """What was aligned, as one patch."""
        trial = self.trial
        touched = [source for source, _ in trial.texts]
        chosen = touched[0] if touched else trial.known.histories[0].source.id
        history = next(one for one in trial.known.histories if one.source.id == chosen)
        looks = [one for one in history.looks if one.ref]
        patch, files = "", []
        for (_, file), after in sorted(trial.texts.items()):
            patch += patch_of(file, trial.originals[chosen, file], after)
            files.append(file)
        return AlignAnswer(
            schema=SCHEMA,
            repository=history.source.locator,
            head=looks[-1].ref if looks else "",
            branch=history.source.branch or None,
            source=self.source.name,
            target=self.target.name,
            patch=patch,
            files=tuple(files),
            aligned=tuple(self.aligned),
            refusals=tuple(self.refusals),
            notes=trial.notes(history),
        )


def _value(row: Row) -> str | None:
    """What the target shall say."""
    return row.difference.left.value if row.difference.left is not None else None
