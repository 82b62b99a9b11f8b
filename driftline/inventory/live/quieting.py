"""What is left of a comparison with a running system once noise is taken out, and what that was.

The comparison itself is the one of `compare`; here its differences are asked
whether they mean anything. What is taken out is kept, with rule and reason, so
that it can be counted and shown.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping

import msgspec

from driftline.inventory.compare import Compared, Counts, Difference, View
from driftline.inventory.noise.rule import Noise
from driftline.inventory.siblings import Found

Facts = Mapping[str, str]


class Quiet(msgspec.Struct, frozen=True):
    """One difference that was taken out; without an address it is the role as a whole."""

    role: str
    address: str
    left: str | None
    right: str | None
    why: Noise


class Quieted(msgspec.Struct, frozen=True):
    """A comparison without noise, the noise, and what may be shown though it is no drift."""

    found: Found
    noise: tuple[Quiet, ...]
    informational: tuple[Quiet, ...]


class Rules(msgspec.Struct, frozen=True):
    """Who is asked: about the facts of a role that both sides have, and about a role of one.

    `noise` and `informational` get role, left and right facts and answer by
    address; `whole` answers for all of them at once. `alone` gets side, role and
    facts of a role that one side lacks.
    """

    noise: Callable[[str, Facts, Facts], Mapping[str, Noise]]
    informational: Callable[[str, Facts, Facts], Mapping[str, Noise]]
    whole: Callable[[str, Facts, Facts], Noise | None]
    alone: Callable[[str, str, Facts], Noise | None]


def quieted(found: Found, rules: Rules) -> Quieted:
    """Take noise out of a comparison; the counts are those of what is left."""
    compared = found.compared
    by_role: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(compared.differences):
        by_role[one.role].append(number)
    noise: list[Quiet] = []
    informational: list[Quiet] = []
    dropped: set[int] = set()
    for role, numbers in by_role.items():
        left, right = facts_of(found.left.views[role]), facts_of(found.right.views[role])
        every = rules.whole(role, left, right)
        told: Mapping[str, Noise] = {}
        shown: Mapping[str, Noise] = {}
        if every is None:
            told, shown = rules.noise(role, left, right), rules.informational(role, left, right)
        for number in numbers:
            one = compared.differences[number]
            if every is not None:
                noise.append(_quiet(one, every))
                dropped.add(number)
                continue
            for kind, rows in ((told, noise), (shown, informational)):
                why = kind.get(one.address) or kind.get(one.right_address)
                if why is not None:
                    rows.append(_quiet(one, why))
                    dropped.add(number)
                    break
    lone = [
        (side, role, why)
        for side, roles in (
            ("left", compared.roles_left_only),
            ("right", compared.roles_right_only),
        )
        for role in roles
        if (why := rules.alone(side, role, facts_of(_views(found, side)[role]))) is not None
    ]
    noise += [Quiet(role, "", None, None, why) for _, role, why in lone]
    return Quieted(
        _without(found, dropped, {role for _, role, _ in lone}),
        tuple(sorted(noise, key=_place)),
        tuple(sorted(informational, key=_place)),
    )


def facts_of(view: View) -> dict[str, str]:
    """The facts of a view, address to value."""
    return {address: point.value or "" for address, point in view.facts.items()}


def _views(found: Found, side: str) -> Mapping[str, View]:
    return (found.left if side == "left" else found.right).views


def _quiet(one: Difference, why: Noise) -> Quiet:
    left = one.left.value if one.left else None
    right = one.right.value if one.right else None
    return Quiet(one.role, one.address, left, right, why)


def _place(one: Quiet) -> tuple[str, str]:
    return one.role, one.address


def _without(found: Found, dropped: set[int], lone: set[str]) -> Found:
    compared = found.compared
    by_role = dict(compared.by_role)
    for number in dropped:
        one = compared.differences[number]
        by_role[one.role] = _less(by_role[one.role], one)
    left_only = [role for role in compared.roles_left_only if role not in lone]
    right_only = [role for role in compared.roles_right_only if role not in lone]
    counts = Counts(
        left_only=sum(len(found.left.views[role].facts) for role in left_only),
        right_only=sum(len(found.right.views[role].facts) for role in right_only),
    )
    for one_role in by_role.values():
        counts += one_role
    kept = [number for number in range(len(compared.differences)) if number not in dropped]
    onsets = [found.onsets[number] for number in kept]
    differences = tuple(compared.differences[number] for number in kept)
    return msgspec.structs.replace(
        found,
        compared=Compared(
            counts,
            by_role,
            differences,
            compared.roles_common,
            tuple(left_only),
            tuple(right_only),
        ),
        onsets=onsets,
    )


def _less(counts: Counts, one: Difference) -> Counts:
    """The counts of a role without a difference: what is the same after all stays in common."""
    if one.status == "differ":
        return msgspec.structs.replace(counts, differ=counts.differ - 1)
    if one.status == "unknown":
        return msgspec.structs.replace(counts, unknown=counts.unknown - 1)
    if one.status == "left only":
        return msgspec.structs.replace(counts, left_only=counts.left_only - 1)
    return msgspec.structs.replace(counts, right_only=counts.right_only - 1)
