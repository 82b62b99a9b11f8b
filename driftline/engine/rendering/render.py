"""Declared environments as the user's own tools render them, for the comparison with what runs.

Only what is compared with running systems is rendered, and only what the
repository itself holds. The history of a repository stays what its files say.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from driftline.engine.knowing.fleet import SourceHistory
from driftline.engine.knowing.known import know
from driftline.engine.remembering import remember
from driftline.engine.rendering import source as rendered_source
from driftline.engine.rendering.source import KIND
from driftline.engine.secret_key import SecretKey
from driftline.engine.settings import Settings
from driftline.history.protocol import Source, Store
from driftline.inventory.recipes.cookbook import recipes
from driftline.inventory.recipes.recipe import KUSTOMIZE, Recipe
from driftline.inventory.rules import RULES_VERSION
from driftline.model.document import Reading
from driftline.model.progress import Progress
from driftline.sources.formats.reader import Reader
from driftline.sources.git import collect as git
from driftline.sources.git.blobs import collect as blobs
from driftline.sources.git.log import SYMLINK_MODE
from driftline.sources.redaction import Redactor
from driftline.sources.rendered import collect as tools
from driftline.sources.rendered.tree.collect import Item, lay_out

SECONDS_EACH, SECONDS_ALL = 60.0, 300.0
_MISSING = "{tool} is not on the PATH; install it, or give what it renders with --rendered"


def render(
    store: Store,
    sources: Sequence[Source],
    settings: Settings,
    key: SecretKey,
    *,
    now: int,
    progress: Progress,
) -> tuple[str, ...]:
    """Render what is new of these sources, and keep it; notes on what could not be.

    Only sources that are git repositories are rendered. What was rendered
    before with the same tools is not rendered again.
    """
    known = know(store, sources, settings, layer="effective")
    found: tools.Tools | None = None
    notes: list[str] = []
    for history, place in zip(known.histories, known.places, strict=True):
        if history.source.kind != "git" or not history.looks:
            continue
        unreadable = {one.file: one.reason for one in history.gaps if one.to_position is None}
        wanted = recipes(place, known.units.units, unreadable)
        own = (KIND, history.source.locator, history.source.branch)
        if not wanted and own not in {(s.kind, s.locator, s.branch) for s in store.sources()}:
            continue
        found = found or tools.find_tools(os.environ)
        rendering = _Rendering(store, history, wanted, found, key, progress)
        notes += rendering.run(known_at=now)
    return tuple(notes)


class _Rendering:
    """One state of one repository on its way through the tools."""

    def __init__(
        self,
        store: Store,
        history: SourceHistory,
        wanted: Sequence[Recipe],
        found: tools.Tools,
        key: SecretKey,
        progress: Progress,
    ) -> None:
        self.store = store
        self.history = history
        # Without kustomize, our own evaluation of what needs nothing else stands.
        self.wanted = [
            one for one in wanted if found.kustomize or one.refusal or one.tool != KUSTOMIZE
        ]
        self.tools = found
        self.reader = Reader(Redactor(key.key, key.key_id), file_bytes_max=tools.OUTPUT_BYTES_MAX)
        self.progress = progress

    def run(self, *, known_at: int) -> list[str]:
        """Render what was not rendered before; what there is to say about it."""
        source = self.history.source
        tip = self.history.looks[-1]
        target = self.store.register(KIND, source.locator, source.branch)
        stamp = f"{RULES_VERSION} {tip.ref} {self.tools.versions}"
        name = f"rendered/{target.id}"
        if self.store.derived(name, stamp) is not None:
            return []
        readings = {one.file: rendered_source.described(one, it) for one, it in self._readings()}
        by = ", ".join(self.tools.versions) or "nothing: no tool was found"
        state = rendered_source.Basis(tip.at, tip.ref, f"rendered by {by}")
        rendered_source.keep(self.store, target, readings, state, known_at=known_at)
        remember(self.store, name, stamp, b"done")
        failed = [(one, readings[one.file].gap) for one in self.wanted]
        return _told([(one, reason) for one, reason in failed if reason])

    def _readings(self) -> Iterator[tuple[Recipe, Reading]]:
        to_do = [one for one in self.wanted if not self._why_not(one)]
        for one in self.wanted:
            if reason := self._why_not(one):
                yield one, Reading((), reason)
        if not to_do:
            return
        until = time.monotonic() + SECONDS_ALL
        with tempfile.TemporaryDirectory(prefix="driftline-rendering-") as folder:
            root = Path(folder)
            lay_out(self._items(to_do), root)
            for number, one in enumerate(to_do, 1):
                self.progress.step("rendering", number, len(to_do))
                if time.monotonic() > until:
                    reason = f"rendering everything took more than {SECONDS_ALL:g} seconds"
                    yield one, Reading((), reason)
                else:
                    yield one, self._rendered(one, root)

    def _why_not(self, one: Recipe) -> str:
        if one.refusal:
            return one.refusal
        has_tool = self.tools.kustomize if one.tool == KUSTOMIZE else self.tools.helm
        return "" if has_tool else _MISSING.format(tool=one.tool)

    def _items(self, to_do: Sequence[Recipe]) -> Iterator[Item]:
        """The files of the commit in the top folders that anything is rendered from."""
        repository = git.open_repository(Path(self.history.source.locator))
        tops = {path.partition("/")[0] for one in to_do for path in one.inputs}
        listed = [
            (path, mode, blob)
            for path, mode, blob in git.files(repository, self.history.looks[-1].ref)
            if path.partition("/")[0] in tops and mode in ("100644", "100755", SYMLINK_MODE)
        ]
        read = blobs.blobs(repository, [blob for _, _, blob in listed])
        for (path, mode, _), one in zip(listed, read, strict=True):
            if one.data is not None:
                yield Item(path, one.data, is_link=mode == SYMLINK_MODE)

    def _rendered(self, one: Recipe, root: Path) -> Reading:
        if one.tool == KUSTOMIZE:
            command = [*self.tools.kustomize, "--", f"./{one.folder}"]
        else:
            _bring_beside(one, root)
            command = [*self.tools.helm, *_helm_options(one, root), "--", one.release]
            command.append(f"./{one.folder}")
        output = tools.run(command, root, seconds=SECONDS_EACH)
        if output.data is None:
            return Reading((), output.reason)
        return self.reader.read("rendered.yaml", output.data)


def _told(failed: Sequence[tuple[Recipe, str]]) -> list[str]:
    """What was not rendered, once for all environments of which the same can be said."""
    together: dict[tuple[str, str], list[str]] = {}
    for one, reason in failed:
        what = f"the kustomization {one.folder}"
        if one.tool != KUSTOMIZE:
            what = f"the chart {one.folder}" if one.folder else f"the release {one.release}"
        together.setdefault((what, reason), []).append(one.environment)
    return [
        f"{', '.join(environments)}: {what} was not rendered: {reason}"
        for (what, reason), environments in together.items()
    ]


def _helm_options(one: Recipe, root: Path) -> list[str]:
    options = ["--include-crds"]
    if one.namespace:
        options.append(f"--namespace={one.namespace}")
    options += [f"--values=./{path}" for path in one.values]
    for number, text in enumerate(one.inline):
        place = root / f".driftline-values-{number}.json"
        place.write_text(text, encoding="utf-8")
        options.append(f"--values=./{place.name}")
    return [*options, *one.settings]


def _bring_beside(one: Recipe, root: Path) -> None:
    """Put the charts of the repository that a chart depends on where Helm looks for them."""
    charts = root / one.folder / "charts"
    for folder in one.beside:
        place = charts / Path(folder).name
        if not place.exists():
            shutil.copytree(root / folder, place, symlinks=True)
