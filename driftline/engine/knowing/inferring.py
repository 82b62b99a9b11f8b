"""The layout rules asked about what is stored: documents become cards, cards a layout."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from driftline.engine.knowing.fleet import SourceHistory, materials
from driftline.engine.remembering import remember
from driftline.engine.settings import Settings
from driftline.history.protocol import Gap, Store
from driftline.inventory.layers.material import Material
from driftline.inventory.rules import RULES_VERSION
from driftline.model.placing import FileCard, Layout, LayoutHints


def layouts_of(
    store: Store,
    histories: Sequence[SourceHistory],
    settings: Settings,
    documents: Mapping[int, Sequence[Material]] | None = None,
) -> dict[int, Layout]:
    """The layouts of sources that are asked about together, by source.

    They are those kept from the last time, unless a look, a rule or a hint
    has changed. `documents` by source spare reading them again.
    """
    hints = msgspec.json.encode(settings.layout).decode()
    tips = [(one.looks[-1].ref if one.looks else "", len(one.looks)) for one in histories]
    name = "layout/" + ",".join(str(one.source.id) for one in histories)
    stamp = f"{RULES_VERSION} {tips} {hints}"
    kept = store.derived(name, stamp)
    if kept is not None:
        return msgspec.json.decode(kept, type=dict[int, Layout])
    read = {
        one.source.id: materials(store, one) if documents is None else documents[one.source.id]
        for one in histories
    }
    layouts = inferred(histories, read, settings.layout)
    remember(store, name, stamp, msgspec.json.encode(layouts))
    return layouts


def inferred(
    histories: Sequence[SourceHistory],
    documents: Mapping[int, Sequence[Material]],
    hints: LayoutHints,
) -> dict[int, Layout]:
    """The layouts of sources that are asked about together, by source."""
    # The rules are loaded only where they are asked: most questions find a
    # layout that was kept, and should not wait for the rules to be imported.
    from driftline.inventory.layout.infer import Source, infer_together

    sources = {
        str(one.source.id): Source(
            tuple(_cards(documents[one.source.id], one.gaps)), one.name, one.source.branch
        )
        for one in histories
    }
    return {int(key): one for key, one in infer_together(sources, hints).items()}


def _cards(documents: Sequence[Material], gaps: Sequence[Gap]) -> list[FileCard]:
    from driftline.inventory.layout.cards import card

    by_file: dict[str, list[Material]] = defaultdict(list)
    for document in documents:
        by_file[document.file].append(document)
    cards = []
    for file, read in by_file.items():
        living = [one for one in read if one.is_alive]
        chosen = living or read
        cards.append(
            card(file, [(one.kind, one.key, one.now) for one in chosen], alive=bool(living))
        )
    cards += [
        FileCard(path=gap.file, alive=gap.to_position is None)
        for gap in gaps
        if gap.file not in by_file
    ]
    return cards
