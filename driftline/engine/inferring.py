"""The layout rules asked about what is stored: documents become cards, cards a layout."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from driftline.engine.fleet import SourceHistory
from driftline.history.protocol import Gap
from driftline.inventory.layout.cards import card
from driftline.inventory.layout.infer import Source, infer_together
from driftline.inventory.material import Material
from driftline.model.placing import FileCard, Layout, LayoutHints


def inferred(
    histories: Sequence[SourceHistory],
    documents: Mapping[int, Sequence[Material]],
    hints: LayoutHints,
) -> dict[int, Layout]:
    """The layouts of sources that are asked about together, by source."""
    sources = {
        str(one.source.id): Source(
            tuple(_cards(documents[one.source.id], one.gaps)), one.name, one.source.branch
        )
        for one in histories
    }
    return {int(key): one for key, one in infer_together(sources, hints).items()}


def _cards(documents: Sequence[Material], gaps: Sequence[Gap]) -> list[FileCard]:
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
