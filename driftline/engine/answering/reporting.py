"""The scan's answer, put together from what is stored."""

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from driftline import __version__
from driftline.analysis import activity, majority, parity, ranking, trend
from driftline.analysis.coverage import coverage
from driftline.engine.answering.judging import (
    Judge,
    PairJudgement,
    counted,
    instants,
    latest_spells,
    spell_rows,
    with_verdicts,
)
from driftline.engine.deciding.ledger_file import ledger_now
from driftline.engine.knowing.environment_names import environment_named
from driftline.engine.knowing.fleet import SourceHistory
from driftline.engine.knowing.known import PLANE, Known, chronicle_of, know, side
from driftline.engine.knowing.owning import Owning
from driftline.engine.reading.extent import extent_of
from driftline.engine.settings import Settings
from driftline.errors import UsageError
from driftline.history.protocol import Source, Store
from driftline.inventory import siblings
from driftline.inventory.acceptance import announcements
from driftline.inventory.compare import View, facts_of
from driftline.inventory.layers.life import lives_of
from driftline.inventory.layout.aliases import canonical
from driftline.inventory.metric.motion import motion_of
from driftline.inventory.pairing import focus, pairs
from driftline.model.answers.parity import GapNote
from driftline.model.answers.scan import (
    Coverage,
    EnvironmentSummary,
    QuestionNote,
    RepositorySummary,
    Scan,
)
from driftline.model.answers.trend import TrendPoint
from driftline.model.chronicle import Chronicle, instant_of
from driftline.model.ledger import Ledger
from driftline.model.placing import Environment, Layout
from driftline.model.ref import time_text

SCHEMA = "driftline.scan/1"
PAIRS_MAX = 66
MOST_CHANGED_MAX = 20
CLOSED_SPELLS_MAX = 200
TREND_WEEKS = 26
WEEK_SECONDS = 7 * 86_400


class Compared(msgspec.Struct, frozen=True):
    """What is known, with each pair that is worth comparing compared and judged."""

    known: Known
    sides: Mapping[str, siblings.Environment]
    living: tuple[Environment, ...]
    pairs: tuple[PairJudgement, ...]
    now: int
    ledger: Ledger = Ledger()

    @property
    def due(self) -> int | None:
        """The second at which the next difference becomes standing if nothing happens before."""
        dues = [one.judged.due for one in self.pairs if one.judged.due is not None]
        return min(dues, default=None)


def compared(
    store: Store,
    sources: Sequence[Source],
    settings: Settings,
    *,
    now: int,
    layer: str,
    only: tuple[str, str] | None = None,
) -> Compared:
    """Compare and judge the pairs that settings choose, or the only one that is asked for.

    The names in `only` are as people write them; raises UsageError for a wrong one.
    """
    known = know(store, sources, settings, layer=layer)
    sides = {
        one.name: side(one.name, known.units.units.get(one.name, {})) for one in known.environments
    }
    living = tuple(one for one in known.environments if sides[one.name].views)
    if only is None:
        chosen = _pairs(living, sides, settings)
    else:
        names = [one.name for one in living]
        chosen = ((environment_named(only[0], names), environment_named(only[1], names)),)
    # A look is as new as it says, even where the clock here is behind.
    now = max([now, *(look.at for look in known.looks[-1:])])
    ledger = ledger_now(settings.ledger_path)
    judge = Judge(known, now=now, ledger=ledger)
    pairs = tuple(
        judge.pair(siblings.find(sides[left], sides[right], known.words)) for left, right in chosen
    )
    return Compared(known, sides, living, pairs, now, ledger)


def report(
    store: Store, sources: Sequence[Source], settings: Settings, *, now: int, layer: str
) -> Scan:
    """What the stored history says now about these sources."""
    return told(store, compared(store, sources, settings, now=now, layer=layer), settings, now=now)


def told(store: Store, one: Compared, settings: Settings, *, now: int) -> Scan:
    """The report of what was compared."""
    known, sides, living = one.known, one.sides, one.living
    found = [pair.found for pair in one.pairs]
    counts = _acts(known)
    spells = latest_spells(one.pairs, closed_max=CLOSED_SPELLS_MAX)
    wanted = {instant_of(act) for act in parity.acts(found)} | instants(spells)
    wanted |= {instant_of(act) for act, _ in counts}
    people = chronicle_of(store, known, settings, wanted)
    owning = Owning(store, known)
    judged = [
        (pair.found, owning.told(with_verdicts(parity.tell(pair.found, people), pair), pair.found))
        for pair in one.pairs
    ]
    looks = [look.at for look in known.looks]
    divergences = [row for rows in ranking.ranked(judged, at=looks, now=one.now) for row in rows]
    gaps = gap_notes(known.histories)
    living_views = {env.name: list(sides[env.name].views.values()) for env in living}
    pairs = [counted(parity.pair_of(pair.found), pair.judged) for pair in one.pairs]
    other = sum(extent_of(store, one.source.id).not_configuration for one in known.histories)
    agreed = [(pair.left, pair.right, pair.facts_common - pair.facts_differ) for pair in pairs]
    chosen = [(pair.left, pair.right) for pair in pairs]
    focused = focus(agreed, canonical)
    return Scan(
        schema=SCHEMA,
        generated_by=f"driftline {__version__}",
        asked_at=time_text(now),
        repositories=tuple(_repository(store, one) for one in known.histories),
        environments=tuple(summarise(one, known, sides[one.name]) for one in known.environments),
        pairs=tuple(pairs),
        divergences=tuple(divergences),
        most_changed=activity.most_changed(living_views, people, limit=MOST_CHANGED_MAX),
        actors=activity.actors(counts, people),
        gaps=gaps,
        coverage=_coverage(known, gaps, living_views, sum(count for _, count in counts), other),
        questions=questions(known.layouts),
        notes=(
            *announcements(one.ledger, today=time_text(now)[:10]),
            *notes(known, chosen, len(living)),
        ),
        focus=focused,
        promotions=tuple(row for pair in one.pairs for row in pair.promotions()),
        spells=spell_rows(spells, people, now=one.now),
        majorities=majority.majorities(divergences, pairs),
        trend=() if focused is None else _trend(one, focused, people),
    )


def _trend(one: Compared, pair: tuple[str, str], people: Chronicle) -> tuple[TrendPoint, ...]:
    """The last half year of a pair, week by week."""
    units = one.known.units.units
    left, right = ((name, lives_of(units.get(name, {}))) for name in pair)
    motion = motion_of(left, right, one.known.words)
    if motion.start is None:
        return ()
    since = one.now - TREND_WEEKS * WEEK_SECONDS
    return trend.points(motion, people, now=one.now, since=since)[-TREND_WEEKS:]


def _pairs(
    living: Sequence[Environment], sides: Mapping[str, siblings.Environment], settings: Settings
) -> tuple[tuple[str, str], ...]:
    if settings.pairs.only:
        names = {one.name for one in living}
        for pair in settings.pairs.only:
            for name in pair:
                if name not in names:
                    raise UsageError(
                        f"[pairs] only: no environment is called {name!r}; "
                        f"there are {', '.join(sorted(names)) or 'none'}"
                    )
        return settings.pairs.only
    roles = {name: frozenset(one.views) for name, one in sides.items()}
    return pairs(living, roles, canonical, limit=PAIRS_MAX)


def _acts(known: Known) -> list[tuple[int, int]]:
    """Each act with its count of fact changes; a document that vanishes is none of its facts."""
    counts: Counter[int] = Counter()
    for place in known.places:
        for one in place.materials:
            gone = -1 if one.gone is None else one.gone
            counts.update(step.act for step in one.steps if step.instant != gone)
    return list(counts.items())


def _repository(store: Store, history: SourceHistory) -> RepositorySummary:
    looks, extent = history.looks, extent_of(store, history.source.id)
    return RepositorySummary(
        path=history.source.locator,
        head=looks[-1].ref if looks else "",
        commits=extent.commits or (len(looks) if history.source.kind == "git" else 0),
        looks=len(looks),
        first=time_text(looks[0].at) if looks else None,
        last=time_text(looks[-1].at) if looks else None,
        branch=history.source.branch or None,
        shallow=extent.is_shallow,
        epochs=len(store.epochs(history.source.id)),
        kind=history.source.kind,
    )


def summarise(one: Environment, known: Known, side_now: siblings.Environment) -> EnvironmentSummary:
    """An environment with the instants at which it was first and last seen."""
    units = known.units.units.get(one.name, {}).values()
    born = min((unit.born for unit in units), default=None)
    # What could not be read has not ended.
    alive = bool(side_now.views) or is_unread(one.name, known)
    gone = max((unit.gone for unit in units if unit.gone is not None), default=None)
    last = len(known.looks) - 1 if alive else gone
    return EnvironmentSummary(
        name=one.name,
        plane=PLANE,
        first_seen=time_text(known.looks[born].at) if born is not None else None,
        last_seen=time_text(known.looks[last].at) if last is not None and known.looks else None,
        alive=alive,
        resources=len(side_now.views),
        facts=facts_of(list(side_now.views.values())),
        confidence=one.confidence,
        evidence=one.evidence,
    )


def is_unread(environment: str, known: Known) -> bool:
    """Whether a file of an environment cannot be read now."""
    for history, layout in zip(known.histories, known.layouts, strict=True):
        unread = {gap.file for gap in history.gaps if gap.to_position is None}
        if any(one.path in unread and environment in one.environments for one in layout.placements):
            return True
    return False


def gap_notes(histories: Sequence[SourceHistory]) -> tuple[GapNote, ...]:
    """The files that cannot be read now, with the look since which."""
    found = []
    for history in histories:
        looks = {look.position: look for look in history.looks}
        for gap in history.gaps:
            if gap.to_position is None:
                look = looks.get(gap.from_position)
                found.append(
                    GapNote(gap.file, look.ref if look else "", gap.reason, history.source.locator)
                )
    return tuple(sorted(found, key=lambda one: (one.repository, one.path)))


def questions(layouts: Sequence[Layout]) -> tuple[QuestionNote, ...]:
    """What the layout rules would rather ask than guess."""
    return tuple(
        QuestionNote(one.text, one.paths, one.answer)
        for layout in layouts
        for one in layout.questions
    )


def notes(known: Known, chosen: Sequence[tuple[str, str]], living: int) -> tuple[str, ...]:
    """What a reader has to know about the answer as a whole."""
    told = folded(known.units.notes)
    if len(chosen) == PAIRS_MAX and living * (living - 1) // 2 > PAIRS_MAX:
        told.append(
            f"{living} environments are too many to compare all with all: the {PAIRS_MAX} pairs "
            "with most in common are shown; [pairs] only = [...] chooses others"
        )
    return tuple(told)


def folded(said: Sequence[str]) -> list[str]:
    """Notes of the form `FILE: what`, those that say the same as one.

    >>> folded(["a.yaml: x was not found", "b.yaml: x was not found", "other"])
    ['a.yaml and 1 more: x was not found', 'other']
    """
    files: dict[str, list[str]] = {}
    for note in said:
        file, _, what = note.rpartition(": ")
        files.setdefault(what, []).append(file)
    return [
        ": ".join(filter(None, (several[0] + _more(len(several) - 1), what)))
        for what, several in files.items()
    ]


def _more(count: int) -> str:
    return f" and {count} more" if count else ""


def _coverage(
    known: Known,
    gaps: Sequence[GapNote],
    living: Mapping[str, Sequence[View]],
    changes: int,
    other: int,
) -> Coverage:
    alive = [
        (history.source.locator, one.file)
        for history, place in zip(known.histories, known.places, strict=True)
        for one in place.materials
        if one.is_alive
    ]
    return coverage(
        alive,
        {
            history.source.locator: place.layout
            for history, place in zip(known.histories, known.places, strict=True)
        },
        gaps,
        facts=sum(facts_of(several) for several in living.values()),
        fact_changes=changes,
        not_configuration=other,
    )
