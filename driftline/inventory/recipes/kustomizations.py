"""The kustomizations to be rendered: for each environment those that nothing else of it gathers."""

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator

from driftline.inventory.kustomizations import kustomize
from driftline.inventory.recipes.recipe import KUSTOMIZE, Recipe
from driftline.inventory.units import Place
from driftline.model.document import DocumentKind


def kustomizations(place: Place, tree: kustomize.Tree) -> Iterator[Recipe]:
    """A recipe for each outermost kustomization of each environment."""
    environments = {one.path: one.environments for one in place.layout.placements}
    own = defaultdict(list)
    for one in place.materials:
        is_whole = one.kind is DocumentKind.KUSTOMIZATION and one.is_alive
        if is_whole and one.now.get("/kind") != '"Component"':
            for environment in environments.get(one.file, ()):
                own[environment].append(one)
    for environment, several in sorted(own.items()):
        nested = {
            kustomize.resolve(posixpath.dirname(one.file), target)
            for one in several
            for target in kustomize.targets(one)
        }
        for one in several:
            folder = posixpath.dirname(one.file)
            if folder in nested:
                continue
            files = kustomize.build(tree, one).files
            yield Recipe(
                environment,
                KUSTOMIZE,
                folder,
                inputs=(*sorted(files - {one.file}), one.file),
                refusal=_fetched(tree, files),
            )


def _fetched(tree: kustomize.Tree, files: Iterable[str]) -> str:
    """What one of these kustomizations needs from elsewhere, in words; empty for nothing."""
    for file in sorted(files):
        for one in tree.by_file.get(file, ()):
            if one.kind is not DocumentKind.KUSTOMIZATION or not one.is_alive:
                continue
            for target in kustomize.targets(one):
                if kustomize.is_remote(target):
                    return f"{file} builds on {target}, which is fetched from elsewhere"
            if any(address.startswith("/helmCharts/") for address in one.now):
                return f"the Helm charts of {file} are fetched from elsewhere"
    return ""
