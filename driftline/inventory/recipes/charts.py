"""The charts of a repository, and the values that environments put on them."""

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Mapping

import msgspec

from driftline.inventory.kustomizations import kustomize
from driftline.inventory.layers.material import Material, groups_below, text_of
from driftline.inventory.live.claims import claims_of, declared_objects
from driftline.inventory.recipes.recipe import HELM, Recipe
from driftline.inventory.units import Place
from driftline.model.document import DocumentKind
from driftline.model.placing import LayerKind, Placement

_CHART_FILE = "Chart.yaml"


class Charts:
    """The charts of one source by folder, without those that another chart has vendored."""

    def __init__(self, place: Place, tree: kustomize.Tree, unreadable: Mapping[str, str]) -> None:
        self.place = place
        self.tree = tree
        self.unreadable = unreadable
        self.places: dict[str, Placement] = {one.path: one for one in place.layout.placements}
        self.folders = {
            posixpath.dirname(one.file): one
            for one in place.materials
            if one.is_alive and self._is_whole(one.file)
        }

    def _is_whole(self, file: str) -> bool:
        folder, name = posixpath.split(file)
        above, holder = posixpath.split(posixpath.dirname(folder))
        is_vendored = holder == "charts" and posixpath.join(above, _CHART_FILE) in self.tree.by_file
        return name == _CHART_FILE and not is_vendored

    def completed(self, recipe: Recipe) -> Recipe:
        """A recipe for a chart of the repository, with its inputs, or the reason why not."""
        chart = self.folders[recipe.folder]
        beside = self._beside(chart)
        starts = tuple(f"{folder}/".lstrip("/") for folder in (recipe.folder, *beside))
        own = sorted(file for file in self.tree.by_file if file.startswith(starts))
        inputs = dict.fromkeys((*own, *recipe.inputs, *recipe.values))
        refusal = recipe.refusal
        for path in recipe.values:
            if path in self.unreadable:
                refusal = f"its values {path} cannot be read: {self.unreadable[path]}"
        return msgspec.structs.replace(recipe, inputs=tuple(inputs), beside=beside, refusal=refusal)

    def _beside(self, chart: Material) -> tuple[str, ...]:
        """The folders of the charts beside this one on which it depends, and on which these do."""
        found: dict[str, None] = {}
        waiting = [chart]
        while waiting:
            one = waiting.pop()
            folder = posixpath.dirname(one.file)
            for dependency in groups_below(one.now, "/dependencies").values():
                source = text_of(dependency.get("/repository"))
                if not source.startswith("file://"):
                    continue
                beside = kustomize.resolve(folder, source.removeprefix("file://"))
                if beside in self.folders and beside not in found:
                    found[beside] = None
                    waiting.append(self.folders[beside])
        return tuple(found)

    def overlaid(self, done: set[tuple[str, str]]) -> Iterator[Recipe]:
        """Charts with the values files that the layout puts on them.

        `done` are environments and folders of charts that somebody else installs.
        """
        namespaces = self._namespaces()
        for folder, chart in sorted(self.folders.items()):
            if text_of(chart.now.get("/type")) == "library":
                continue
            role = self._role_of(folder, chart)
            own: dict[str, list[str]] = defaultdict(list)
            shared: list[str] = []
            for path, one in self.places.items():
                is_above = one.layer not in (None, LayerKind.CHART)
                if one.role != role or not is_above or not self._is_values(path):
                    continue
                for environment in one.environments:
                    own[environment].append(path)
                if not one.environments:
                    shared.append(path)
            for environment, files in sorted(own.items()):
                if (environment, folder) in done:
                    continue
                values = sorted((*shared, *files), key=self._precedence)
                yield self.completed(
                    Recipe(
                        environment,
                        HELM,
                        folder,
                        release=role.rpartition("/")[2],
                        namespace=namespaces.get(environment, ""),
                        values=tuple(values),
                    )
                )

    def _precedence(self, path: str) -> tuple[int, str]:
        return self.places[path].precedence, path

    def _role_of(self, folder: str, chart: Material) -> str:
        own = self.places.get(posixpath.join(folder, "values.yaml"))
        if own is not None and own.layer is LayerKind.CHART:
            return own.role
        return text_of(chart.now.get("/name")) or posixpath.basename(folder)

    def _is_values(self, path: str) -> bool:
        if path in self.unreadable:
            return path.endswith((".yaml", ".yml"))
        held = [one for one in self.tree.by_file.get(path, ()) if one.is_alive]
        return len(held) == 1 and held[0].kind is DocumentKind.PLAIN

    def _namespaces(self) -> dict[str, str]:
        """The namespace that an environment's things are declared for, where it is one."""
        named: dict[str, set[str]] = defaultdict(set)
        for claim in claims_of(declared_objects(self.place), self.place.layout):
            named[claim.environment].add(claim.namespace)
        return {name: next(iter(several)) for name, several in named.items() if len(several) == 1}
