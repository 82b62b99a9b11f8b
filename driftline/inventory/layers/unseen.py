"""Where a layer that cannot be read may set values: there, missing is unknown.

A chart that lives elsewhere has defaults that nobody sees in this repository.
What the visible values leave out below it is not absent.
"""

import posixpath
from collections.abc import Mapping, Sequence

from driftline.inventory.kustomizations.kustomize import Tree
from driftline.inventory.layers.material import Material, groups_below, text_of
from driftline.model import address as addresses
from driftline.model.document import DocumentKind

# Where objects of well-known kinds carry values for a chart.
_CARRIERS = {
    "HelmRelease": ("/spec/values",),
    "Application": ("/spec/source/helm", "/spec/sources"),
    "ApplicationSet": ("/spec/template/spec/source/helm", "/spec/template/spec/sources"),
    "HelmChart": ("/spec/valuesContent",),
}


def is_values_file(path: str) -> bool:
    """Whether a file's name says that it holds Helm values.

    >>> is_values_file("argocd/staging/api.values.yaml"), is_values_file("config/api.yaml")
    (True, False)
    """
    stem = posixpath.basename(path).lower()
    for mark in "-_":
        stem = stem.replace(mark, ".")
    return "values" in stem.split(".")


def hidden_prefixes(own: Material, below: Sequence[Material], tree: Tree) -> tuple[str, ...]:
    """Address prefixes below which an unread chart may set values; "" is everywhere."""
    if own.kind is DocumentKind.OBJECT:
        return _CARRIERS.get(own.key.split("/")[0], ())
    if own.kind is not DocumentKind.PLAIN:
        return ()
    charts = [one for one in below if _chart_of(one, tree)]
    if charts:
        return tuple(
            prefix for one in charts for prefix in _dependencies(_chart_of(one, tree), tree)
        )
    return ("",) if is_values_file(own.file) else ()


def _chart_of(values: Material, tree: Tree) -> Sequence[Material]:
    folder = posixpath.dirname(values.file)
    found: list[Material] = []
    for name in ("Chart.yaml", "requirements.yaml"):
        found += [one for one in tree.by_file.get(posixpath.join(folder, name), ()) if one.is_alive]
    return found


def _dependencies(charts: Sequence[Material], tree: Tree) -> list[str]:
    """The keys of a chart's values that belong to dependencies which are not in the tree."""
    prefixes = []
    for chart in charts:
        folder = posixpath.dirname(chart.file)
        for dependency in groups_below(chart.now, "/dependencies").values():
            own_name = text_of(dependency.get("/name"))
            name = text_of(dependency.get("/alias")) or own_name
            local = posixpath.join(folder, "charts", own_name, "values.yaml")
            if name and local not in tree.by_file:
                prefixes.append("/" + addresses.escape(name))
    return prefixes


def is_hidden(address: str, prefixes: Sequence[str]) -> bool:
    """Whether an unread layer may set this address."""
    return any(
        address.startswith(prefix) and address[len(prefix) :][:1] in ("/", "")
        for prefix in prefixes
    )


def closed_places(facts: Mapping[str, str]) -> frozenset[str]:
    """The places at which the visible values leave no room for those of an unread layer.

    Helm lets values replace a default's scalar or list as a whole; only in a
    mapping does what is left out of the values stay as the chart has it.

    >>> sorted(closed_places({"/image": '"a:1"', "/args/0": '"x"', "/m/k": "1", "/n": "{}"}))
    ['/args', '/args/0', '/image', '/m/k']
    """
    closed = {address for address, value in facts.items() if value != "{}"}
    for address in facts:
        place = address
        while place:
            place, _, token = place.rpartition("/")
            if token[:1] == "[" or addresses.is_position(token):
                closed.add(place)
    return frozenset(closed)
