"""What one document says about other files and about environments.

Each sort of document has a table of address shapes and what a value there
refers to. Paths relative to the document's folder are made absolute to the
repository's root; Argo CD and Flux write them from the root already.
"""

import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from driftline.model import address as addresses
from driftline.model.document import DocumentKind
from driftline.model.placing import Reference


class Rule(NamedTuple):
    """Values at addresses of this form are references of this kind.

    `root` says from where a path counts: the file's `folder`, the repository's
    `root`, or `text` for what is no path.
    """

    form: re.Pattern[str]
    kind: str
    root: str


def _rules(*rows: tuple[str, str, str]) -> tuple[Rule, ...]:
    """Rows of form, kind, root; in a form `*` is one token and `**` any number."""
    compiled = []
    for form, kind, root in rows:
        pattern = re.escape(form).replace(r"\*\*", ".+").replace(r"\*", "[^/]+")
        compiled.append(Rule(re.compile(pattern), kind, root))
    return tuple(compiled)


_KUSTOMIZATION = _rules(
    ("/resources/*", "resource", "folder"),
    ("/bases/*", "resource", "folder"),
    ("/components/*", "resource", "folder"),
    ("/crds/*", "resource", "folder"),
    ("/generators/*", "resource", "folder"),
    ("/transformers/*", "resource", "folder"),
    ("/patches/*/path", "patch", "folder"),
    ("/patches/*", "patch", "folder"),
    ("/patchesStrategicMerge/*", "patch", "folder"),
    ("/patchesJson6902/*/path", "patch", "folder"),
    ("/configMapGenerator/*/files/*", "values", "folder"),
    ("/configMapGenerator/*/envs/*", "values", "folder"),
    ("/configMapGenerator/*/env", "values", "folder"),
    ("/secretGenerator/*/files/*", "values", "folder"),
    ("/secretGenerator/*/envs/*", "values", "folder"),
    ("/configurations/*", "patch", "folder"),
    ("/helmCharts/*/name", "chart", "text"),
    ("/helmCharts/*/valuesFile", "values", "folder"),
    ("/helmCharts/*/additionalValuesFiles/*", "values", "folder"),
    ("/namespace", "destination", "text"),
)
_CHART = _rules(
    ("/dependencies/*/name", "chart", "text"), ("/dependencies/*/alias", "chart", "text")
)
_HELMFILE = _rules(
    ("/environments/*/values/*", "values", "folder"),
    ("/environments/*/secrets/*", "values", "folder"),
    ("/releases/*/values/*", "values", "folder"),
    ("/releases/*/secrets/*", "values", "folder"),
    ("/releases/*/chart", "chart", "text"),
    ("/helmfiles/*", "resource", "folder"),
    ("/helmfiles/*/path", "resource", "folder"),
    ("/bases/*", "resource", "folder"),
)
_COMPOSE = _rules(
    ("/services/*/env_file", "values", "folder"),
    ("/services/*/env_file/*", "values", "folder"),
    ("/services/*/env_file/*/path", "values", "folder"),
    ("/services/*/extends/file", "resource", "folder"),
    ("/include/*", "resource", "folder"),
    ("/include/*/path", "resource", "folder"),
)
_TERRAFORM = _rules(
    ("/module/*/source", "module", "folder"), ("/terraform/source", "module", "folder")
)
# Objects by their kind; the same form serves an Application and the template of a set.
_OBJECTS: dict[str, tuple[Rule, ...]] = {
    "Application": _rules(
        ("/spec/source/path", "source", "root"),
        ("/spec/sources/*/path", "source", "root"),
        ("/spec/source/helm/valueFiles/*", "values", "source"),
        ("/spec/sources/*/helm/valueFiles/*", "values", "source"),
        ("/spec/source/chart", "chart", "text"),
        ("/spec/sources/*/chart", "chart", "text"),
        ("/spec/destination/*", "destination", "text"),
    ),
    "ApplicationSet": _rules(
        ("/spec/template/spec/source/path", "source", "root"),
        ("/spec/template/spec/sources/*/path", "source", "root"),
        ("/spec/template/spec/source/helm/valueFiles/*", "values", "source"),
        ("/spec/template/spec/sources/*/helm/valueFiles/*", "values", "source"),
        ("/spec/template/spec/destination/*", "destination", "text"),
        ("/spec/generators/**/git/directories/*/path", "source", "root"),
        ("/spec/generators/**/git/files/*/path", "source", "root"),
        ("/spec/generators/**/list/elements/*/*", "element", "text"),
    ),
    "Kustomization": _rules(
        ("/spec/path", "source", "root"),
        ("/spec/postBuild/substituteFrom/*/name", "values", "text"),
    ),
    "HelmRelease": _rules(
        ("/spec/chart/spec/chart", "chart", "chart"),
        ("/spec/chart/spec/valuesFile", "values", "root"),
        ("/spec/chart/spec/valuesFiles/*", "values", "root"),
        ("/spec/valuesFrom/*/name", "values", "text"),
        ("/spec/targetNamespace", "destination", "text"),
    ),
    "GitRepository": _rules(("/spec/ref/branch", "branch", "text")),
}
_BY_KIND: dict[DocumentKind, tuple[Rule, ...]] = {
    DocumentKind.KUSTOMIZATION: _KUSTOMIZATION,
    DocumentKind.CHART: _CHART,
    DocumentKind.HELMFILE: _HELMFILE,
    DocumentKind.COMPOSE: _COMPOSE,
    DocumentKind.TERRAFORM: _TERRAFORM,
}
# Fields of a generator's element whose values are names of environments.
_NAMING_FIELDS = frozenset({"env", "environment", "environmentName", "envName", "stage"})
_REMOTE = re.compile(r"[a-z][a-z0-9+.-]*://|git@|git::|github\.com/|[^/]*\?ref=")


def references_of(
    path: str, kind: DocumentKind, key: str, facts: Mapping[str, str]
) -> Iterator[Reference]:
    """Every reference in one document of the file at `path`; facts are address to JSON text."""
    rules = _OBJECTS.get(key.split("/", 1)[0], ()) if kind is DocumentKind.OBJECT else ()
    rules = rules or _BY_KIND.get(kind, ())
    if not rules:
        return
    folder = posixpath.dirname(path)
    if kind is DocumentKind.HELMFILE:
        yield from _helmfile_environments(facts)
    for address, text in facts.items():
        if not text.startswith('"'):
            continue
        for rule in rules:
            if rule.form.fullmatch(address):
                value = json.loads(text)
                yield from _reference(rule, address, value, folder, facts)
                break


def _reference(
    rule: Rule, address: str, value: str, folder: str, facts: Mapping[str, str]
) -> Iterator[Reference]:
    if not value or "\n" in value:
        return
    if rule.kind == "element":
        field = addresses.unescape(addresses.tokens(address)[-1])
        if field in _NAMING_FIELDS:
            yield Reference("environment", value, value)
        return
    environment = ""
    parts = addresses.tokens(address)
    if len(parts) > 2 and parts[0] == "environments":
        environment = addresses.unescape(parts[1])
    # A map entry of a generator: `name=path`.
    if rule.kind == "values" and "=" in value and parts[0].endswith("MapGenerator"):
        value = value.partition("=")[2]
    yield Reference(rule.kind, _target(rule, address, value, folder, facts), environment)


def _target(rule: Rule, address: str, value: str, folder: str, facts: Mapping[str, str]) -> str:
    if rule.root == "text" or _REMOTE.match(value) or "{{" in value.split("/", maxsplit=1)[0]:
        return value
    if rule.root == "chart":
        return resolve("", value) if value.startswith("./") else value
    if rule.root == "root":
        return resolve("", value)
    if rule.root == "source":
        return _beside_source(address, value, facts)
    if rule.kind == "module" and not value.startswith("."):
        return value
    return resolve(folder, value)


def _beside_source(address: str, value: str, facts: Mapping[str, str]) -> str:
    """Argo CD resolves value files against the source's own path; `$ref/…` is the root."""
    if value.startswith("$"):
        return resolve("", value.partition("/")[2])
    if value.startswith("/"):
        return resolve("", value)
    source = address.partition("/helm/")[0]
    base = facts.get(source + "/path", '""')
    return resolve(json.loads(base) if base.startswith('"') else "", value)


def _helmfile_environments(facts: Mapping[str, str]) -> Iterator[Reference]:
    names = {
        addresses.unescape(parts[1])
        for address in facts
        if address.startswith("/environments/") and len(parts := addresses.tokens(address)) >= 2
    }
    for name in sorted(names):
        yield Reference("environment", name, name)


def resolve(folder: str, target: str) -> str:
    """A path as seen from a folder, made absolute to the root; as written where it leaves it.

    >>> resolve("apps/web/overlays/prod", "../../base"), resolve("a", "../../b")
    ('apps/web/base', '../../b')
    """
    joined = posixpath.normpath(
        posixpath.join(folder, target.lstrip("/") if not folder else target)
    )
    if joined.startswith(".."):
        return target
    return "" if joined == "." else joined
