"""From refs that people write to environments and instants that are stored."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from driftline.engine.knowing.environment_names import environment_named
from driftline.engine.knowing.known import Known
from driftline.errors import UsageError
from driftline.inventory.units import Unit
from driftline.model.plane import Plane
from driftline.model.ref import Back, LookNumber, Ref, time_text
from driftline.sources.git import collect


class Resolved(msgspec.Struct, frozen=True):
    """An environment at an instant of the order of all looks; None is the last one."""

    environment: str
    until: int | None
    units: Mapping[str, Unit]


def resolve(ref: Ref, known: Known, *, now: int) -> Resolved:
    """The environment and instant that a ref names.

    Raises UsageError when there is no such environment, plane, look or time,
    naming the nearest right one.
    """
    if ref.names_files:
        raise UsageError(f"{ref}: this names files, and an environment is asked for here")
    if ref.plane not in (None, Plane.DECLARED):
        raise UsageError(
            f"{ref}: nothing that runs was looked at yet; "
            "do so with `driftline observe --context NAME`, or leave out :" + ref.plane.value
        )
    name = environment_named(ref.environment, [one.name for one in known.environments])
    units = known.units.units.get(name, {})
    return Resolved(name, instant_of_ref(ref, known, units, now=now), units)


def instant_of_ref(ref: Ref, known: Known, units: Mapping[str, Unit], *, now: int) -> int | None:
    """The instant that a ref names; `units` are those of its environment on its plane.

    None is the last one. Raises UsageError for a look or a time that is not there.
    """
    if ref.revision:
        return _at_revision(ref.revision, known)
    if isinstance(ref.moment, Back):
        return _looks_back(ref, units, ref.moment.looks)
    if isinstance(ref.moment, LookNumber):
        return _at_look(ref.moment.position, known)
    at = ref.instant(now=now)
    if at is None:
        return None
    low = [number for number, look in enumerate(known.looks) if look.at <= at]
    if not low:
        first = time_text(known.looks[0].at) if known.looks else "nothing"
        raise UsageError(f"{ref}: the history begins at {first}; ask for a later time")
    return low[-1]


def _at_revision(revision: str, known: Known) -> int:
    found = [number for number, look in enumerate(known.looks) if look.ref.startswith(revision)]
    if not found:
        refs = _commits_of(revision, known)
        found = [number for number, look in enumerate(known.looks) if look.ref in refs]
    if len(found) != 1:
        why = "several looks have" if found else "no look on the first-parent chain has"
        raise UsageError(
            f"git:{revision}: {why} that commit; "
            "write a branch, or the hash of a commit that `git log --first-parent` shows"
        )
    return found[0]


def _commits_of(branch: str, known: Known) -> set[str]:
    """The commits on which a branch of this name stands in any of the repositories."""
    refs = set()
    for history in known.histories:
        if history.source.kind != "git":
            continue
        repository = collect.open_repository(Path(history.source.locator))
        ref = collect.resolve(repository, branch)
        if ref is not None:
            refs.add(ref)
    return refs


def _at_look(position: int, known: Known) -> int:
    if not known.looks:
        raise UsageError(f"#{position}: nothing was read yet; run `driftline observe` first")
    found = [number for number, look in enumerate(known.looks) if look.position == position]
    if len(found) != 1:
        why = "several sources have such a look" if found else "there is no such look"
        first, last = known.looks[0].position, known.looks[-1].position
        raise UsageError(f"#{position}: {why}; the looks are #{first} to #{last}")
    return found[0]


def _looks_back(ref: Ref, units: Mapping[str, Unit], back: int) -> int:
    moves = sorted(
        {step.instant for unit in units.values() for layer in unit.layers for step in layer.steps},
        reverse=True,
    )
    if back >= len(moves):
        raise UsageError(
            f"{ref}: {ref.environment} changed at only {len(moves)} looks; "
            f"ask for fewer than {len(moves)}"
        )
    return moves[back]
