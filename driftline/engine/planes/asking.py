"""Questions about what runs, asked of a store that is open."""

from collections.abc import Sequence

from driftline.engine.planes.answer import answer
from driftline.engine.planes.refs import are_declared
from driftline.engine.planes.sides import know_planes
from driftline.engine.settings import Settings
from driftline.history.protocol import Source, Store
from driftline.model.answers.parity import Comparison
from driftline.model.plane import Plane
from driftline.model.ref import Ref


def compared(
    store: Store,
    sources: tuple[Sequence[Source], Sequence[Source]],
    refs: tuple[Ref, Ref],
    settings: Settings,
    *,
    now: int,
    layer: str,
    shows_noise: bool,
) -> Comparison | None:
    """The comparison of two refs, or None where both mean what is declared.

    `sources` are those that declare and those that say what runs. Raises
    UsageError for what there is not.
    """
    if all(_can_only_be_declared(ref) for ref in refs):
        return None
    planes = know_planes(store, *sources, settings, layer=layer)
    if are_declared(*refs, planes, now=now):
        return None
    return answer(store, planes, *refs, settings, now=now, shows_noise=shows_noise)


def _can_only_be_declared(ref: Ref) -> bool:
    return ref.plane is Plane.DECLARED or bool(ref.revision or ref.path)
