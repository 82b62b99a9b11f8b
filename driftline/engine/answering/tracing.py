"""The answer of `history`: the life of a fact in every environment that has it."""

import difflib
from collections.abc import Callable, Mapping, Sequence

from driftline.engine.knowing.environment_names import environment_named
from driftline.engine.knowing.known import Known, chronicle_of
from driftline.engine.settings import Settings
from driftline.errors import UsageError
from driftline.history.protocol import Store
from driftline.inventory.layers.lifetime import lived
from driftline.inventory.layers.merging import Point
from driftline.inventory.typed import shown
from driftline.inventory.units import Unit
from driftline.model import address as addresses
from driftline.model.answers.history import History, Series, SeriesStep
from driftline.model.answers.parity import ActorRef
from driftline.model.chronicle import Chronicle, instant_of

SCHEMA = "driftline.history/1"
PATHS_MAX = 200
SERIES_MAX = 12

Effective = dict[str, list[Point]]


def answer(
    store: Store,
    known: Known,
    role: str,
    path: str | None,
    settings: Settings,
    *,
    environment: str | None,
) -> History:
    """The series of one path of a role, or of the paths that move most when none is named.

    Raises UsageError when no role or path is called so, naming the nearest.
    """
    units = known.units.units
    if environment is not None:
        name = environment_named(environment, [one.name for one in known.environments])
        units = {name: units.get(name, {})}
    wanted = role_named(role, sorted({one for roles in units.values() for one in roles}))
    holders = {name: roles[wanted] for name, roles in units.items() if wanted in roles}
    series = {name: lived(unit) for name, unit in holders.items()}
    paths = _by_moves(series)
    chosen = paths[:SERIES_MAX] if path is None else [path_named(path, paths, wanted)]
    instants = {
        instant_of(point.act)
        for one in series.values()
        for address in chosen
        for point in one.get(address, ())
        if point.act >= 0
    }
    people = chronicle_of(store, known, settings, instants)
    names = [one.name for one in known.environments if one.name in holders]
    return History(
        schema=SCHEMA,
        role=wanted,
        path=chosen[0] if path is not None else None,
        series=tuple(
            Series(name, wanted, address, _steps(series[name][address], holders[name], people))
            for address in chosen
            for name in names
            if address in series[name]
        ),
        paths=tuple(paths[:PATHS_MAX]),
        notes=(f"{len(paths)} paths; the {PATHS_MAX} that move most are listed",)
        if len(paths) > PATHS_MAX
        else (),
    )


def role_named(text: str, roles: Sequence[str]) -> str:
    """The one role a person means: spelled in full, or its last part.

    >>> role_named("web", ["Deployment/web", "api"])
    'Deployment/web'
    """
    tests: tuple[Callable[[str], bool], ...] = (
        lambda role: role == text,
        lambda role: role.lower() == text.lower(),
        lambda role: role.lower().endswith("/" + text.lower()),
        lambda role: text.lower() in role.lower(),
    )
    return _named(text, roles, tests, "role", "`driftline layout` lists them")


def path_named(text: str, paths: Sequence[str], role: str) -> str:
    """The one path a person means: spelled in full, dotted, or its last keys."""
    slashed = text if text.startswith("/") else "/" + text.replace(".", "/")
    tests: tuple[Callable[[str], bool], ...] = (
        lambda path: path == text,
        lambda path: path == slashed,
        lambda path: addresses.dotted(path) == text,
        lambda path: path.endswith(slashed),
    )
    return _named(text, paths, tests, "path", f"`driftline history {role}` lists those of {role}")


def _named(
    text: str, names: Sequence[str], tests: Sequence[Callable[[str], bool]], noun: str, where: str
) -> str:
    for test in tests:
        found = [name for name in names if test(name)]
        if len(found) == 1:
            return found[0]
        if found:
            shown = ", ".join(found[:8])
            raise UsageError(
                f"{text!r} may mean several {noun}s: {shown}; write one of them in full"
            )
    near = difflib.get_close_matches(text, names, n=3, cutoff=0.4)
    hint = f"; did you mean {' or '.join(near)}?" if near else f"; {where}"
    raise UsageError(f"no {noun} is called {text!r}{hint}")


def _by_moves(series: Mapping[str, Effective]) -> list[str]:
    """Every path, those that moved most first."""
    moves: dict[str, int] = {}
    for one in series.values():
        for address, points in one.items():
            moves[address] = moves.get(address, 0) + len(points) - 1
    return sorted(moves, key=lambda address: (-moves[address], address))


def _steps(points: Sequence[Point], unit: Unit, people: Chronicle) -> tuple[SeriesStep, ...]:
    steps = []
    for point in points:
        look = people.looks[point.instant]
        made = people.contribution(point.act)
        person = made.author if made is not None else look.by
        actor = people.actors.get(person)
        approver = people.actors.get(look.approver) if look.approver else None
        layer = unit.layers[point.layer] if point.layer is not None else unit.layers[point.cause]
        steps.append(
            SeriesStep(
                at=people.time(point.instant),
                look=look.ref,
                state="absent" if point.value is None else "present",
                value=shown(point.value),
                layer=layer.name,
                file=layer.file,
                actor=ActorRef(actor.name, actor.class_)
                if actor
                else ActorRef(person.name, "unattributed"),
                approved_by=approver.name if approver else None,
                subject=made.subject if made is not None else look.subject,
            )
        )
    return tuple(steps)
