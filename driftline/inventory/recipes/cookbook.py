"""Everything of a source that a tool has to render, environment by environment."""

from collections.abc import Mapping

from driftline.inventory.kustomizations import kustomize
from driftline.inventory.layers.merging import effective
from driftline.inventory.recipes.charts import Charts
from driftline.inventory.recipes.kustomizations import kustomizations
from driftline.inventory.recipes.recipe import HELM, Recipe
from driftline.inventory.recipes.releases import Installer, releases
from driftline.inventory.units import Place, Unit
from driftline.model.document import DocumentKind

_INSTALLERS = ("Application", "HelmRelease")


def recipes(
    place: Place,
    units: Mapping[str, Mapping[str, Unit]],
    unreadable: Mapping[str, str] | None = None,
) -> tuple[Recipe, ...]:
    """The recipes of a source in the order of their files, each file once.

    `units` are the effective units of all environments; `unreadable` are files
    that could not be read, with reasons.
    """
    tree = kustomize.Tree(place.materials)
    charts = Charts(place, tree, unreadable or {})
    installed = list(releases(_installers(place, units), charts))
    done = {(one.environment, one.folder) for one in installed if one.tool == HELM}
    found: dict[str, Recipe] = {}
    for one in (*kustomizations(place, tree), *installed, *charts.overlaid(done)):
        found.setdefault(one.file, one)
    return tuple(found[file] for file in sorted(found))


def _installers(place: Place, units: Mapping[str, Mapping[str, Unit]]) -> list[Installer]:
    """Applications and HelmReleases: those of environments as these build them, then the others."""
    own = {one.file for one in place.materials}
    found = []
    for environment, roles in sorted(units.items()):
        for role, unit in sorted(roles.items()):
            kind = role.partition("/")[0].rpartition(":")[2]
            if kind not in _INSTALLERS or unit.gone is not None:
                continue
            if not any(layer.file in own for layer in unit.layers):
                continue
            last = {address: points[-1].value for address, points in effective(unit.layers).items()}
            facts = {address: value for address, value in last.items() if value is not None}
            names = (kind, "/metadata/namespace", "/metadata/name")
            key = "/".join([names[0], *(_text(facts, name) for name in names[1:])])
            found.append(Installer(environment, unit.layers[-1].file, key, facts))
    placed = {one.path for one in place.layout.placements if one.environments}
    found += [
        Installer("", one.file, one.key, one.now)
        for one in place.materials
        if one.kind is DocumentKind.OBJECT
        and one.is_alive
        and one.key.partition("/")[0] in _INSTALLERS
        and one.file not in placed
    ]
    return found


def _text(facts: Mapping[str, str], address: str) -> str:
    return facts.get(address, '""').strip('"')
