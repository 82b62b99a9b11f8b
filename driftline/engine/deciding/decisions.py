"""Decisions as people make them: checked against what is known, bound to what is there now."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

import msgspec

from driftline.engine.answering.tracing import path_named, role_named
from driftline.engine.deciding.ledger_file import ledger_now
from driftline.engine.knowing.environment_names import environment_named
from driftline.engine.knowing.known import Known, side
from driftline.engine.settings import Settings
from driftline.errors import UsageError
from driftline.history.protocol import Source, Store
from driftline.inventory import acceptance
from driftline.inventory.compare import View, compare_views
from driftline.inventory.decided_reach import reach
from driftline.inventory.siblings import Found
from driftline.inventory.typed import shown
from driftline.model import address as addresses
from driftline.model.answers.decisions import DecisionNote, DecisionsAnswer, DecisionValue
from driftline.model.ledger import ABSENT, DIGEST, DRIFT, ENVIRONMENTAL, Decision, Entry

SCHEMA = "driftline.decisions/1"
PATHS_MAX = 50
_SPAN = re.compile(r"(\d{1,4})([dwmy])", re.ASCII)
# Python's own reader takes more spellings of a day than the ledger has.
_DAY = re.compile(r"^(?!\d{4}-\d{2}-\d{2}$).*", re.ASCII | re.DOTALL)
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_STATES = ("ended", "ends soon", "in force", "not yet", "renewed")


class Asked(msgspec.Struct, frozen=True):
    """What the user wants to decide, as typed; `until` is a day or a span such as `6w`."""

    decision: Decision
    role: str
    path: str
    environments: tuple[str, ...] = ()
    until: str = ""
    reason: str = ""
    owner: str = ""
    class_: str = ""


def decide(
    asked: Asked,
    known: Known,
    settings: Settings,
    *,
    today: str,
    counting: frozenset[tuple[str, str]],
) -> tuple[Entry, ...]:
    """The entries for what was asked, one for each path that an acceptance covers.

    `counting` are the roles and paths that differ otherwise than by design.
    Raises UsageError where a name means nothing here, the day is out of reach,
    or nothing differs that could be accepted.
    """
    environments = [one.name for one in known.environments]
    chosen = tuple(environment_named(one, environments) for one in asked.environments)
    entry = Entry(
        decision=asked.decision,
        role=_role(asked.role, known),
        path="",
        environments=chosen,
        until=day(asked.until, today=today, days_max=_days_max(asked, settings)),
        reason=_said(asked.reason, "--reason"),
        owner=asked.owner.strip(),
        class_=asked.class_,
        made_on=today,
    )
    if asked.decision is Decision.ACCEPT:
        return _acceptances(entry, asked.path, known, counting)
    path = _path(asked.path, entry.role, known)
    if asked.decision is Decision.CLASSIFY:
        # A wrong class is wrong for every element of that list.
        path = addresses.shape(path)
        if asked.class_ not in (ENVIRONMENTAL, DRIFT):
            raise UsageError(f"{asked.class_!r} is no class; they are {ENVIRONMENTAL} and {DRIFT}")
    return (msgspec.structs.replace(entry, path=path),)


def day(text: str, *, today: str, days_max: int) -> str:
    """The day that a text means: 2026-12-31, or so many days, weeks, months or years from today.

    >>> day("6w", today="2026-01-01", days_max=365)
    '2026-02-12'
    """
    if not text:
        return ""
    begin = date.fromisoformat(today)
    span = _SPAN.fullmatch(text)
    try:
        end = (
            begin + timedelta(days=int(span[1]) * _DAYS[span[2]])
            if span
            else date.fromisoformat(_DAY.sub("no day", text))
        )
    except (ValueError, OverflowError):
        raise UsageError(f"--until {text!r} is no day; write 2026-12-31, 30d, 6w or 3m") from None
    days = (end - begin).days
    if days <= 0:
        raise UsageError(f"--until {text}: that day has come; name a later one than {today}")
    if days > days_max:
        raise UsageError(
            f"--until {text}: {days:,} days are more than the {days_max:,} for which one may "
            "decide; name an earlier day and renew it then, or set [ledger] days_max"
        )
    return end.isoformat()


def answer(
    settings: Settings, *, today: str, pairs: Callable[[], Sequence[Found]] = tuple
) -> DecisionsAnswer:
    """Every decision of the ledger with its state on a day.

    `pairs` gives the pairs as they differ now; it is asked where there are
    decisions and a history that they can be about.
    """
    ledger = ledger_now(settings.ledger_path)
    living = {id(one) for one in acceptance.current(ledger)}
    found = pairs() if ledger.entries and settings.store_path.exists() else ()
    counts = reach(ledger.entries, found) if found else [None] * len(ledger.entries)
    notes = [
        msgspec.structs.replace(
            _note(one, today=today, is_current=id(one) in living), covers=covers
        )
        for one, covers in zip(ledger.entries, counts, strict=True)
    ]
    notes.sort(key=lambda one: (_STATES.index(one.state), one.until or "9999"))
    return DecisionsAnswer(SCHEMA, str(settings.ledger_path), tuple(notes), ledger.problems)


def differing(
    store: Store, sources: Sequence[Source], settings: Settings, *, now: int
) -> list[Found]:
    """The pairs that settings choose, as they differ now."""
    from driftline.engine.answering.reporting import compared

    told = compared(store, sources, settings, now=now, layer="effective")
    return [one.found for one in told.pairs]


def _days_max(asked: Asked, settings: Settings) -> int:
    is_bounded = asked.decision in (Decision.ACCEPT, Decision.FREEZE)
    return settings.ledger_days_max if is_bounded else 100 * 365


def _said(text: str, option: str) -> str:
    if not text.strip():
        raise UsageError(f"{option} is empty; say in a sentence why, for whoever reads it later")
    return text.strip()


def _role(text: str, known: Known) -> str:
    roles = sorted({role for units in known.units.units.values() for role in units})
    return text if "*" in text else role_named(text, roles)


def _holders(role: str, known: Known) -> dict[str, View]:
    """The views of a role by environment, of those where it lives."""
    found = {}
    for one in known.environments:
        units = known.units.units.get(one.name, {})
        if role in units:
            view = side(one.name, {role: units[role]}).views.get(role)
            if view is not None:
                found[one.name] = view
    return found


def _path(text: str, role: str, known: Known) -> str:
    """A path as it is spelled; a pattern, or a place above facts, stays what it is."""
    if not text or "*" in text or "*" in role:
        return acceptance.pointer(text)
    views = _holders(role, known)
    paths = sorted({path for view in views.values() for path in view.facts})
    pattern = acceptance.pointer(text)
    found = [path for path in paths if acceptance.covers(pattern, path)]
    if len(found) > 1:
        return pattern
    return found[0] if found else path_named(text, paths, role)


def _acceptances(
    entry: Entry, text: str, known: Known, counting: frozenset[tuple[str, str]]
) -> tuple[Entry, ...]:
    if "*" in entry.role:
        raise UsageError("accept is about one role; for several use ignore, or accept each")
    views = _holders(entry.role, known)
    living = entry.environments or tuple(views)
    lacking = [name for name in living if name not in views]
    if lacking and not text:
        # The role as a whole: one side does not have it.
        return (msgspec.structs.replace(entry, environments=living),)
    if len(living) < 2 or lacking:
        raise UsageError(
            f"{entry.role} lives in {', '.join(views) or 'no environment'} only; "
            "a difference needs two environments (--env A --env B)"
        )
    chosen = {name: views[name] for name in living}
    pattern = _path(text, entry.role, known) if text else ""
    found = _differing(chosen, known.words, pattern)
    if not found:
        raise UsageError(
            f"nothing differs at {entry.role} {text}".rstrip() + f" between {', '.join(living)}; "
            f"`driftline compare {living[0]} {living[1]}` shows what does"
        )
    if pattern not in found:
        # Below a place, only what somebody has to decide about; one path is what was asked for.
        found = {path: one for path, one in found.items() if (entry.role, path) in counting}
    if not found:
        raise UsageError(
            f"all that differs at {entry.role} {text}".rstrip() + " differs by design already; "
            "name a path in full to accept it all the same"
        )
    if len(found) > PATHS_MAX:
        raise UsageError(
            f"{len(found)} paths differ there, more than anybody reviews ({PATHS_MAX}); "
            "narrow PATH, or use ignore, which is not bound to values"
        )
    return tuple(
        msgspec.structs.replace(
            entry, path=path, bound=bound, environments=tuple(name for name, _ in bound)
        )
        for path, bound in found.items()
    )


def _differing(
    views: Mapping[str, View], words: frozenset[str], pattern: str
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Each differing path under a pattern with its value in every environment."""
    names = list(views)
    values: dict[str, dict[str, str]] = {}
    for number, left in enumerate(names):
        for right in names[number + 1 :]:
            _, differences = compare_views(views[left], views[right], words)
            for one in differences:
                if acceptance.covers(pattern, one.address):
                    there = values.setdefault(one.address, {})
                    there[left] = ABSENT if one.left is None else one.left.value or ABSENT
                    there[right] = ABSENT if one.right is None else one.right.value or ABSENT
    return {
        path: tuple((name, _value(path, name, there, views)) for name in names)
        for path, there in sorted(values.items())
    }


def _value(path: str, name: str, there: Mapping[str, str], views: Mapping[str, View]) -> str:
    if name in there:
        return there[name]
    point = views[name].facts.get(path)
    return ABSENT if point is None else point.value or ABSENT


def _note(entry: Entry, *, today: str, is_current: bool) -> DecisionNote:
    left = acceptance.days_left(entry, today=today)
    return DecisionNote(
        decision=entry.decision.value,
        role=entry.role,
        path=entry.path,
        environments=entry.environments,
        values=tuple(_shown(name, value) for name, value in _values(entry)),
        class_=entry.class_,
        until=entry.until or None,
        ends_in_days=left,
        state=_state(entry, left, today=today, is_current=is_current),
        reason=entry.reason,
        owner=entry.owner,
        made_on=entry.made_on or None,
        file=entry.file,
        line=entry.line,
    )


def _state(entry: Entry, left: int | None, *, today: str, is_current: bool) -> str:
    if not is_current:
        return "renewed"
    if left is not None and left <= 0:
        return "ended"
    if entry.made_on > today:
        return "not yet"
    return "ends soon" if left is not None and left <= acceptance.NOTICE_DAYS else "in force"


def _values(entry: Entry) -> Sequence[tuple[str | None, str]]:
    return entry.bound or [(None, value) for value in entry.values]


def _shown(environment: str | None, value: str) -> DecisionValue:
    if value == ABSENT:
        return DecisionValue(environment, "absent", None)
    if value.startswith(DIGEST):
        return DecisionValue(environment, "described", f"a long text ({value[: len(DIGEST) + 8]})")
    return DecisionValue(environment, "present", shown(value))
