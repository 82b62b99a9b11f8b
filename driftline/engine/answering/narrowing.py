"""The part of an answer that a person asked for: kinds, owners, roles and environments.

What is left out is left out of the rows only: counts of pairs are of the whole,
so that a narrow view never looks like a clean one.
"""

import difflib
from collections.abc import Callable, Iterable, Sequence
from fnmatch import fnmatchcase

import msgspec

from driftline.engine.knowing.environment_names import environment_named
from driftline.errors import UsageError
from driftline.model.answers.parity import Comparison, Divergence
from driftline.model.answers.promotions import PromotionsAnswer
from driftline.model.answers.scan import Scan
from driftline.model.answers.spells import SpellsAnswer
from driftline.model.verdict import Kind


class Wanted(msgspec.Struct, frozen=True):
    """What is asked for; nothing said is everything.

    `kinds` are as people write them, several in one text with commas between
    them. `roles` and `owners` may hold `*`. One environment asks for whatever
    concerns it, several for what is between them.
    """

    kinds: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    environments: tuple[str, ...] = ()

    @property
    def is_everything(self) -> bool:
        """Whether nothing is to be left out."""
        return not (self.kinds or self.owners or self.roles or self.environments)


def narrowed_scan(scan: Scan, wanted: Wanted) -> Scan:
    """The scan with the wanted rows, spells, promotions and pairs.

    Raises UsageError for a kind or an environment that there is not.
    """
    if wanted.is_everything:
        return scan
    between = _between(wanted, [one.name for one in scan.environments])
    kinds = kinds_named(wanted.kinds)
    pairs = tuple(one for one in scan.pairs if between(one.left, one.right))
    has_focus = scan.focus is not None and between(*scan.focus)
    return msgspec.structs.replace(
        scan,
        pairs=pairs,
        divergences=_rows(scan.divergences, wanted, kinds, between),
        focus=scan.focus if has_focus else None,
        spells=tuple(
            one
            for one in scan.spells
            if between(one.left, one.right)
            and _matches(one.role, wanted.roles)
            and (not kinds or one.kind in kinds)
        ),
        promotions=tuple(
            one
            for one in scan.promotions
            if between(one.from_, one.to) and _matches(one.role, wanted.roles)
        ),
        trend=tuple(one for one in scan.trend if between(one.left, one.right)),
    )


def narrowed_comparison(comparison: Comparison, wanted: Wanted) -> Comparison:
    """The comparison with the wanted rows; its environments were named already."""
    if wanted.is_everything:
        return comparison
    kinds = kinds_named(wanted.kinds)
    rows = _rows(comparison.divergences, wanted, kinds, lambda _left, _right: True)
    return msgspec.structs.replace(comparison, divergences=rows)


def narrowed_spells(
    answer: SpellsAnswer, environments: Sequence[str], *, only_standing: bool
) -> SpellsAnswer:
    """The spells between the environments, or only those of them that stand now."""
    names = {name for one in answer.spells for name in (one.left, one.right)}
    between = _between(Wanted(environments=tuple(environments)), sorted(names))
    kept = tuple(
        one
        for one in answer.spells
        if between(one.left, one.right)
        and not (only_standing and (one.ended is not None or one.kind != Kind.STANDING))
    )
    return msgspec.structs.replace(answer, spells=kept)


def narrowed_promotions(answer: PromotionsAnswer, environments: Sequence[str]) -> PromotionsAnswer:
    """The promotions between the environments."""
    names = {name for one in answer.promotions for name in (one.from_, one.to)}
    between = _between(Wanted(environments=tuple(environments)), sorted(names))
    kept = tuple(one for one in answer.promotions if between(one.from_, one.to))
    return msgspec.structs.replace(answer, promotions=kept)


def kinds_named(texts: Iterable[str]) -> frozenset[str]:
    """The kinds that people mean; raises UsageError for a word that is none.

    >>> sorted(kinds_named(["standing,in-flight"]))
    ['in flight', 'standing']
    """
    known = {kind.value.replace(" ", "-"): kind.value for kind in Kind}
    found = set()
    for word in (part.strip() for text in texts for part in text.split(",")):
        spelled = word.lower().replace(" ", "-").replace("_", "-")
        if spelled not in known:
            near = difflib.get_close_matches(spelled, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"they are {', '.join(known)}"
            raise UsageError(f"there is no kind {word!r}; {hint}")
        found.add(known[spelled])
    return frozenset(found)


def _between(wanted: Wanted, names: Sequence[str]) -> Callable[[str, str], bool]:
    """Whether two environments are asked for together."""
    if not names:
        return lambda _left, _right: True
    asked = {environment_named(text, names) for text in wanted.environments}
    if len(asked) > 1:
        return lambda left, right: left in asked and right in asked
    return lambda left, right: not asked or left in asked or right in asked


def _rows(
    rows: Iterable[Divergence],
    wanted: Wanted,
    kinds: frozenset[str],
    between: Callable[[str, str], bool],
) -> tuple[Divergence, ...]:
    return tuple(
        row
        for row in rows
        if between(row.left, row.right)
        and (not kinds or row.kind in kinds)
        and _matches(row.role, wanted.roles)
        and _matches(row.owner, wanted.owners)
    )


class Meant:
    """Decides of anything between two environments whether it is asked for.

    Raises UsageError where an environment is asked for that there is not.
    """

    def __init__(self, wanted: Wanted, names: Sequence[str]) -> None:
        self._wanted = wanted
        self._between = _between(wanted, names)

    def row(self, one: Divergence) -> bool:
        """Whether a difference is asked for."""
        return self.between(one.left, one.right, one.role) and _matches(
            one.owner, self._wanted.owners
        )

    def between(self, left: str, right: str, role: str) -> bool:
        """Whether a role of two environments is asked for; they may be one and the same."""
        return self._between(left, right) and _matches(role, self._wanted.roles)


def _matches(text: str, patterns: Sequence[str]) -> bool:
    """Whether one of the patterns fits; a role is also found by the end of its name."""
    return not patterns or any(
        fnmatchcase(text, pattern) or text.rpartition("/")[2] == pattern for pattern in patterns
    )
