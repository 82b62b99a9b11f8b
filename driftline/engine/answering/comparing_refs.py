"""Which answer two refs ask for: files, what runs, or what is declared."""

from collections.abc import Sequence
from pathlib import Path

from driftline.engine.answering import comparing
from driftline.engine.knowing.known import know
from driftline.engine.knowing.live_sources import live_among
from driftline.engine.settings import Settings
from driftline.history.protocol import Source, Store
from driftline.model.answers.parity import Comparison
from driftline.model.ref import Ref


def answer(
    store: Store,
    active: Sequence[Source],
    refs: tuple[Ref, Ref],
    settings: Settings,
    *,
    now: int,
    layer: str,
    shows_noise: bool,
    folder: Path,
) -> Comparison:
    """The comparison of two refs; what none of them needs is not even imported."""
    left, right = refs
    if left.names_files or right.names_files:
        from driftline.engine.beside import files as files_beside

        known = know(store, active, settings, layer=layer)
        return files_beside.answer(known, left, right, settings, folder, now=now, layer=layer)
    live = live_among(store.sources())
    if live:
        from driftline.engine.planes import asking as asking_planes

        told = asking_planes.compared(
            store, (active, live), refs, settings, now=now, layer=layer, shows_noise=shows_noise
        )
        if told is not None:
            return told
    names = [ref.environment for ref in refs if ref.environment]
    known = know(store, active, settings, layer=layer, only=names or None)
    return comparing.answer(store, known, left, right, settings, now=now, layer=layer)
