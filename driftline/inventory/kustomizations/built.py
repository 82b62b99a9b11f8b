"""One object on its way through kustomizations, as a growing stack of layers."""

from collections.abc import Mapping, Sequence

import msgspec

from driftline.inventory.kustomizations.overrides import Edit, edit_steps
from driftline.inventory.layers.layer import EffectiveSeries, Layer, LayerStep, MergeMode
from driftline.inventory.layers.material import Material, text_of
from driftline.inventory.layers.merging import effective
from driftline.inventory.object_kinds import is_custom, kind_of


class Piece(msgspec.Struct, frozen=True):
    """One layer of a built object: the document it comes from, and its steps."""

    material: Material
    mode: MergeMode
    steps: tuple[LayerStep, ...]


class Built:
    """One object as a kustomization gathers it, with its layers in order of application.

    `names` are the names it bears or bore on the way; patches may use any.
    `since` is the instant from which it is gathered without a break.
    """

    def __init__(self, material: Material) -> None:
        self.material = material
        self.pieces = [Piece(material, MergeMode.STRATEGIC, material.steps)]
        self.since = material.born
        self._series: EffectiveSeries | None = None
        self._now: dict[str, str] | None = None
        self.names = [text_of(self.now.get("/metadata/name")) or material.key.rpartition("/")[2]]

    @property
    def kind(self) -> str:
        """The kind of object."""
        return kind_of(self.now)

    @property
    def identity(self) -> tuple[str, str]:
        """Kind and present name."""
        return self.kind, text_of(self.now.get("/metadata/name"))

    @property
    def label(self) -> str:
        """Kind and first name, for people."""
        return f"{self.kind}/{self.names[0]}"

    @property
    def patch_mode(self) -> MergeMode:
        """How a patch merges: only Kubernetes' own kinds have lists that merge by name."""
        return MergeMode.MERGE_PATCH if is_custom(self.material.now) else MergeMode.STRATEGIC

    @property
    def series(self) -> EffectiveSeries:
        """The effective facts of the layers so far."""
        if self._series is None:
            self._series = effective(
                [Layer("", one.material.file, one.mode, False, one.steps) for one in self.pieces]
            )
        return self._series

    @property
    def now(self) -> Mapping[str, str]:
        """The facts of the layers so far, after the last instant."""
        if self._now is None:
            last = {address: points[-1].value for address, points in self.series.items()}
            self._now = {address: value for address, value in last.items() if value is not None}
            if not self._now:
                self._now = dict(self.material.now)
        return self._now

    def add(self, material: Material, mode: MergeMode, steps: Sequence[LayerStep]) -> None:
        """Put a layer on top, unless it says nothing."""
        if steps:
            self.pieces.append(Piece(material, mode, tuple(steps)))
            self._series = self._now = None
            name = text_of(self.now.get("/metadata/name"))
            if name not in self.names:
                self.names.append(name)

    def hold_back(self, known: int, instant: int, act: int) -> None:
        """Let the layers above the first `known` begin at an instant, by an act.

        They come from files that may be older than the entry that applies them.
        """
        held = [
            msgspec.structs.replace(piece, steps=_begun_at(instant, act, piece.steps))
            for piece in self.pieces[known:]
        ]
        self.pieces[known:] = [piece for piece in held if piece.steps]
        self._series = self._now = None

    def edit(self, edit: Edit) -> str:
        """Put an edit on top; the reason if it does not apply now."""
        outcome = edit_steps(edit, self.series)
        self.add(edit.material, MergeMode.EDIT, outcome.steps)
        return outcome.reason


def _begun_at(instant: int, act: int, steps: Sequence[LayerStep]) -> tuple[LayerStep, ...]:
    """The steps after an instant, and at it what the earlier ones amount to."""
    reached: dict[str, str] = {}
    for step in steps:
        if step.instant > instant:
            break
        if step.value is None:
            reached.pop(step.address, None)
        else:
            reached[step.address] = step.value
    begun = [LayerStep(instant, address, value, act) for address, value in reached.items()]
    return (*begun, *(step for step in steps if step.instant > instant))
