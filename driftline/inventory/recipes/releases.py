"""What Argo CD and Flux are told to install with Helm."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from driftline.inventory.kustomizations import kustomize
from driftline.inventory.layers.material import groups_below, text_of, texts_below
from driftline.inventory.recipes.charts import Charts
from driftline.inventory.recipes.recipe import HELM, Recipe
from driftline.inventory.recipes.values import holds_secret, values_below

_NOT_KEPT = "its values hold secrets, which are not kept"


class Installer(msgspec.Struct, frozen=True):
    """An Application or HelmRelease as it is for one environment, by its effective facts.

    `environment` is empty where its file belongs to none. `file` is the file
    that has the last word on it.
    """

    environment: str
    file: str
    key: str
    facts: Mapping[str, str]


def releases(installers: Sequence[Installer], charts: Charts) -> Iterator[Recipe]:
    """A recipe for each release that they make."""
    for one in installers:
        kind = one.key.partition("/")[0]
        version = text_of(one.facts.get("/apiVersion"))
        if kind == "Application" and version.startswith("argoproj.io/"):
            yield from _argo(one, charts)
        elif kind == "HelmRelease" and version.startswith("helm.toolkit.fluxcd.io/"):
            yield from _flux(one, charts)


def _argo(one: Installer, charts: Charts) -> Iterator[Recipe]:
    facts = one.facts
    several = [f"/spec/sources/{token}" for token in groups_below(facts, "/spec/sources")]
    for source in several or ["/spec/source"]:
        chart = text_of(facts.get(f"{source}/chart"))
        folder = kustomize.resolve("", text_of(facts.get(f"{source}/path")) or ".")
        if not chart and folder not in charts.folders:
            continue
        helm = f"{source}/helm"
        files = [
            _values_path(folder, text) for text in texts_below(facts, f"{helm}/valueFiles").values()
        ]
        environment = one.environment or _environment(charts, (*files, folder))
        if not environment:
            continue
        is_secret = holds_secret(facts, helm)
        inline = [values_below(facts, f"{helm}/{field}") for field in ("values", "valuesObject")]
        recipe = Recipe(
            environment,
            HELM,
            folder,
            release=text_of(facts.get(f"{helm}/releaseName")) or one.key.rpartition("/")[2],
            namespace=text_of(facts.get("/spec/destination/namespace")),
            values=tuple(files),
            inline=tuple(text for text in inline if text),
            settings=_settings(facts, f"{helm}/parameters"),
            inputs=(one.file,),
            refusal=_NOT_KEPT if is_secret else "",
        )
        repository = text_of(facts.get(f"{source}/repoURL"))
        yield _remote(recipe, chart, repository) if chart else charts.completed(recipe)


def _flux(one: Installer, charts: Charts) -> Iterator[Recipe]:
    facts = one.facts
    chart = text_of(facts.get("/spec/chart/spec/chart"))
    sent = text_of(facts.get("/spec/targetNamespace"))
    name = one.key.rpartition("/")[2]
    folder = kustomize.resolve("", chart or ".")
    inline = values_below(facts, "/spec/values")
    refusal = _NOT_KEPT if holds_secret(facts, "/spec/values") else ""
    if any(address.startswith("/spec/valuesFrom/") for address in facts):
        refusal = "some of its values are in ConfigMaps and Secrets of the cluster"
    recipe = Recipe(
        one.environment,
        HELM,
        folder,
        release=text_of(facts.get("/spec/releaseName")) or (f"{sent}-{name}" if sent else name),
        namespace=sent or text_of(facts.get("/metadata/namespace")),
        values=tuple(
            kustomize.resolve("", text)
            for text in texts_below(facts, "/spec/chart/spec/valuesFiles").values()
        ),
        inline=(inline,) if inline else (),
        inputs=(one.file,),
        refusal=refusal,
    )
    if not one.environment:
        return
    kind = text_of(facts.get("/spec/chart/spec/sourceRef/kind"))
    if kind == "GitRepository" and folder in charts.folders:
        yield charts.completed(recipe)
    else:
        source = text_of(facts.get("/spec/chart/spec/sourceRef/name"))
        yield _remote(recipe, chart, source)


def _remote(recipe: Recipe, chart: str, source: str) -> Recipe:
    what = f"its chart {chart}" if chart else "its chart"
    why = f"{what} is fetched from {source or 'elsewhere'}"
    return msgspec.structs.replace(recipe, folder="", refusal=why)


def _environment(charts: Charts, targets: Sequence[str]) -> str:
    """The only environment of the files that an object takes, if there is one."""
    found: set[str] = set()
    for target in targets:
        start = target + "/"
        for path, one in charts.places.items():
            if path == target or path.startswith(start):
                found.update(one.environments)
    return found.pop() if len(found) == 1 else ""


def _settings(facts: Mapping[str, str], prefix: str) -> tuple[str, ...]:
    """The single values of an Application, as Helm's command line takes them."""
    found = []
    for one in groups_below(facts, prefix).values():
        name, value = text_of(one.get("/name")), text_of(one.get("/value"))
        option = "--set-string" if one.get("/forceString") == "true" else "--set"
        if name:
            found += [option, f"{name}={_escaped(value)}"]
    return tuple(found)


def _escaped(value: str) -> str:
    """A value whose commas are no separators."""
    return value.replace("\\", "\\\\").replace(",", "\\,")


def _values_path(folder: str, text: str) -> str:
    """Where a values file of Argo CD is; `$ref/…` counts from a repository's root."""
    if text.startswith("$"):
        return kustomize.resolve("", text.partition("/")[2] or ".")
    return kustomize.resolve("" if text.startswith("/") else folder, text.lstrip("/"))
