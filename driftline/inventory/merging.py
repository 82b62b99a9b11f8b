"""Effective values over time: ordered layers merged as Helm and kustomize merge them.

Maps merge deep. A list without names is replaced as a whole by the layer that
sets it; under Helm rules a list with names too, under strategic merge rules its
elements are matched by name. A null deletes what lower layers set. An empty
mapping is a statement that a mapping stands here; it stays when others add
to it. The merge runs once through the whole history of all layers, step by
step, so that its cost follows the changes and not instants times facts.
"""

import enum
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from driftline.model import address as addresses

# A derived layer uses this text to say that it removes what is below. It is no
# JSON, so that no file can contain it.
DELETED = "<deleted>"
_CONTAINERS = ("{}", "[]")


class MergeMode(enum.StrEnum):
    """Whose rules merge a layer onto the ones below it."""

    HELM = "helm"  # every list is replaced as a whole
    STRATEGIC = "strategic"  # lists with names merge by name


class LayerStep(msgspec.Struct, frozen=True, gc=False):
    """One change of one fact in one layer; `instant` orders steps of all layers.

    `act` says whose doing it was, in the words of whoever built the layer.
    """

    instant: int
    address: str
    value: str | None
    act: int = -1


class Layer(msgspec.Struct, frozen=True):
    """One input of the merge with its whole life; `name` is shown to people.

    `is_shared` tells a layer that serves several environments from the
    environment's own. `steps` are ordered by instant.
    """

    name: str
    file: str
    mode: MergeMode
    is_shared: bool
    steps: tuple[LayerStep, ...]


class Point(msgspec.Struct, frozen=True, gc=False):
    """The effective value from an instant on: None is absent. `layer` indexes who set it.

    `cause` indexes the layer whose step made the value change here, and `act`
    is that step's: the two differ from `layer` when removing an override lets
    a lower layer show.
    """

    instant: int
    value: str | None
    layer: int | None
    cause: int
    act: int


EffectiveSeries = Mapping[str, Sequence[Point]]


def list_root(address: str, mode: MergeMode) -> str | None:
    """The list that a layer replaces as a whole by setting this address, or None.

    >>> list_root("/env/[name=A]/value", MergeMode.HELM)
    '/env'
    >>> list_root("/env/[name=A]/value", MergeMode.STRATEGIC) is None
    True
    """
    end = 0
    for token in addresses.tokens(address):
        named = token.startswith("[")
        if addresses.is_position(token) or (named and mode is MergeMode.HELM):
            return address[:end]
        end += len(token) + 1
    return None


class _Stack:
    """The present content of every layer, and what each address is affected by."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        self.modes = [layer.mode for layer in layers]
        self.current: list[dict[str, str]] = [{} for _ in layers]
        self.lists: list[dict[str, int]] = [defaultdict(int) for _ in layers]
        known = {step.address for layer in layers for step in layer.steps}
        self.above: dict[str, tuple[str, ...]] = {}
        self.below: dict[str, list[str]] = defaultdict(list)
        self.roots: dict[tuple[str, MergeMode], str | None] = {}
        self.under: dict[str, list[str]] = defaultdict(list)
        modes = set(self.modes)
        for address in known:
            over = tuple(one for one in addresses.ancestors(address) if one in known)
            self.above[address] = over
            for one in over:
                self.below[one].append(address)
            roots = set()
            for mode in modes:
                root = list_root(address, mode)
                self.roots[address, mode] = root
                if root is not None:
                    roots.add(root)
            for root in roots:
                self.under[root].append(address)

    def apply(self, index: int, step: LayerStep) -> Iterable[str]:
        """Take one step in one layer and return the addresses whose value may change."""
        content, address = self.current[index], step.address
        before = content.get(address)
        if step.value is None:
            content.pop(address, None)
        else:
            content[address] = step.value
        affected = [address, *self.above[address]]
        affected += self.below.get(address, ())
        root = self.roots[address, self.modes[index]]
        if root is not None and (before is None) != (step.value is None):
            count = self.lists[index][root] + (1 if before is None else -1)
            self.lists[index][root] = count
            if count == 0 or (before is None and count == 1):
                affected += self.under[root]
        return affected

    def value(self, address: str) -> tuple[str | None, int | None]:
        """The effective value now and the layer that set it; deletion counts as absent."""
        over = self.above[address]
        for index in range(len(self.current) - 1, -1, -1):
            content = self.current[index]
            value = content.get(address)
            if value is not None:
                return self._own(address, index, value)
            root = self.roots[address, self.modes[index]]
            if root is not None and (self.lists[index].get(root) or content.get(root) == "[]"):
                return None, None
            for one in over:
                if content.get(one, "{}") not in _CONTAINERS:
                    return None, None
            if any(one in content for one in self.below.get(address, ())):
                return self._container_below(address, index)
        return None, None

    def _container_below(self, address: str, index: int) -> tuple[str | None, int | None]:
        # This layer puts facts below the address, so it is a container here. A
        # lower statement that it is one stays true; a lower scalar is gone.
        for lower in range(index - 1, -1, -1):
            value = self.current[lower].get(address)
            if value is not None:
                return (value, lower) if value in _CONTAINERS else (None, None)
        return None, None

    def _own(self, address: str, index: int, value: str) -> tuple[str | None, int | None]:
        if value == DELETED:
            return None, None
        # A null in the lowest layer is a value that somebody wrote; above
        # another layer it takes away what that layer says.
        if value == "null" and index > 0 and self._stands_below(address, index):
            return None, None
        return value, index

    def _stands_below(self, address: str, index: int) -> bool:
        for content in self.current[:index]:
            if content.get(address) is not None:
                return True
            if any(one in content for one in self.below.get(address, ())):
                return True
        return False


def effective(layers: Sequence[Layer], *, until: int | None = None) -> dict[str, list[Point]]:
    """The effective value of every address over time, up to and including an instant.

    `layers` are ordered lowest first. Steps of one instant are applied
    together, so that what one look changes in two files is one change.
    """
    stack = _Stack(layers)
    moves: list[tuple[int, int, LayerStep]] = [
        (step.instant, index, step)
        for index, layer in enumerate(layers)
        for step in layer.steps
        if until is None or step.instant <= until
    ]
    moves.sort(key=lambda move: (move[0], move[1]))
    series: dict[str, list[Point]] = {}
    pending: dict[str, tuple[int, int]] = {}
    last = len(moves) - 1
    for number, (instant, index, step) in enumerate(moves):
        for address in stack.apply(index, step):
            pending[address] = (index, step.act)
        if number != last and moves[number + 1][0] == instant:
            continue
        for address, (cause, act) in pending.items():
            value, layer = stack.value(address)
            points = series.get(address)
            if points is None:
                if value is not None:
                    series[address] = [Point(instant, value, layer, cause, act)]
            elif points[-1].value != value or points[-1].layer != layer:
                points.append(Point(instant, value, layer, cause, act))
        pending.clear()
    return series


def at(series: Sequence[Point], instant: int | None) -> Point | None:
    """The point in force at an instant (None: the last), or None before the first."""
    if instant is None:
        return series[-1] if series else None
    found = None
    for point in series:
        if point.instant > instant:
            break
        found = point
    return found
