"""The answer of `trend`: how far pairs drifted over time, and who moved them."""

from collections.abc import Mapping, Sequence

from driftline.analysis import trend
from driftline.engine.answering.tracing import role_named
from driftline.engine.knowing.environment_names import environment_named
from driftline.engine.knowing.known import Known, chronicle_of
from driftline.engine.settings import Settings
from driftline.errors import UsageError
from driftline.history.protocol import Store
from driftline.inventory.layers.life import Life, lives_of
from driftline.inventory.layout.aliases import canonical
from driftline.inventory.metric.motion import PairMotion, acts, motion_of
from driftline.inventory.metric.weights import METRIC_EPOCH
from driftline.inventory.pairing import focus, pairs
from driftline.model.answers.trend import TrendAnswer
from driftline.model.chronicle import Chronicle
from driftline.model.ref import parse_ref, time_text

SCHEMA = "driftline.trend/1"
PAIRS_MAX = 66
# Where no pair is named, there are many, and the last year is what they have in common.
WEEKS_OF_ALL = 52

Lives = Mapping[str, Mapping[str, Life]]


def answer(
    store: Store,
    known: Known,
    settings: Settings,
    *,
    now: int,
    pair: tuple[str, str] | None = None,
    role: str | None = None,
    since: str | None = None,
) -> TrendAnswer:
    """The trend of one pair from its beginning, or of all pairs over the last year.

    `since` is a date or time as a ref has it after its `@`. Raises UsageError
    when no environment or role is called so, or when it is no time.
    """
    lives = {name: lives_of(units) for name, units in known.units.units.items() if units}
    chosen = _chosen(known, lives, settings, pair)
    wanted = _role_named(role, lives, chosen)
    if wanted is not None:
        lives = {name: _only(wanted, one) for name, one in lives.items()}
    motions = [
        motion_of((left, lives[left]), (right, lives[right]), known.words) for left, right in chosen
    ]
    begin = _begin(since, pair, now=now)
    asked = [one for one in motions if one.start is not None]
    instants: set[int] = set()
    for one in asked:
        instants |= acts(one)
    people = chronicle_of(store, known, settings, instants)
    return TrendAnswer(
        schema=SCHEMA,
        trend=tuple(
            row for one in asked for row in trend.points(one, people, now=now, since=begin)
        ),
        parts=tuple(row for one in asked for row in trend.parts(one, people, now=now, since=begin)),
        velocity=tuple(
            row for one in asked for row in trend.velocity(one, people, now=now, since=begin)
        ),
        services=tuple(row for one in asked for row in trend.services(one, people, now=now)),
        notes=tuple(_notes(motions, people, known, begin)),
        asked_at=time_text(now),
        since=None if begin is None else time_text(begin),
        role=wanted,
        focus=_focus(asked, lives),
        metric_epoch=METRIC_EPOCH,
    )


def _chosen(
    known: Known, lives: Lives, settings: Settings, pair: tuple[str, str] | None
) -> tuple[tuple[str, str], ...]:
    """The pairs asked for: the one that is named, else those that the report has."""
    if pair is not None:
        names = [one.name for one in known.environments]
        left, right = (environment_named(text, names) for text in pair)
        if left == right:
            raise UsageError(f"{left} does not drift from itself; name two environments")
        for name in (left, right):
            if name not in lives:
                raise UsageError(f"nothing that {name} holds could be read; see `driftline layout`")
        return ((left, right),)
    if settings.pairs.only:
        return tuple(one for one in settings.pairs.only if set(one) <= lives.keys())
    roles = {
        name: frozenset(role for role, life in one.items() if life.gone is None)
        for name, one in lives.items()
    }
    living = [one for one in known.environments if roles.get(one.name)]
    return pairs(living, roles, canonical, limit=PAIRS_MAX)


def _role_named(role: str | None, lives: Lives, chosen: Sequence[tuple[str, str]]) -> str | None:
    if role is None:
        return None
    sides = {name for one in chosen for name in one}
    return role_named(role, sorted({one for name in sides for one in lives[name]}))


def _only(role: str, lives: Mapping[str, Life]) -> dict[str, Life]:
    return {role: lives[role]} if role in lives else {}


def _begin(since: str | None, pair: tuple[str, str] | None, *, now: int) -> int | None:
    """The second from which points are told; None is the beginning of each pair."""
    if since is not None:
        at = _second(since, now=now)
        if at > now:
            raise UsageError(f"--since {since} is still to come; name a time that has passed")
        return at
    return None if pair else trend.week_start(now) - (WEEKS_OF_ALL - 1) * trend.WEEK_SECONDS


def _second(text: str, *, now: int) -> int:
    """The second that a person means: a date, a time, or how long ago, braces or not.

    >>> _second("yesterday", now=90_000), _second("2.hours.ago", now=90_000)
    (3600, 82800)
    """
    is_said = text.startswith("{") or ("-" in text and text[:4].isdecimal())
    try:
        at = parse_ref(f"any@{text if is_said else '{' + text + '}'}").instant(now=now)
    except UsageError:
        at = None
    if at is None:
        raise UsageError(
            f"--since {text!r} is not a time; write 2026-05-01, 2026-05-01T12:00, "
            "yesterday or 30.days.ago"
        )
    return at


def _focus(motions: Sequence[PairMotion], lives: Lives) -> tuple[str, str] | None:
    """The pair that people look at first, judged by the roles that both sides have."""
    candidates = [
        (one.left, one.right, len(lives[one.left].keys() & lives[one.right].keys()))
        for one in motions
    ]
    return focus(candidates, canonical)


def _notes(
    motions: Sequence[PairMotion], people: Chronicle, known: Known, begin: int | None
) -> list[str]:
    """What a reader has to know about the figures."""
    told = []
    later: dict[str, list[PairMotion]] = {}
    for one in motions:
        if one.start is None:
            told.append(f"{one.left} and {one.right} never existed at the same time")
            continue
        if one.end is not None:
            ended = people.time(one.end)[:10]
            told.append(f"{one.left} and {one.right} end on {ended}, when one of them ended")
        if begin is not None and people.looks[one.start].at > begin:
            later.setdefault(people.time(one.start)[:10], []).append(one)
    for day, those in sorted(later.items()):
        which = f"{those[0].left} and {those[0].right}"
        others = len(those) - 1
        more = f", as {'does' if others == 1 else 'do'} {others} more" if others else ""
        told.append(f"{which} begin on {day}, when both existed{more}")
    unread = sum(gap.to_position is None for history in known.histories for gap in history.gaps)
    if unread:
        files = "1 file" if unread == 1 else f"{unread} files"
        told.append(f"{files} could not be read; of them counts what was last read")
    return told
