"""Which namespaces the declared documents say that an environment lives in.

Manifests name their namespace, kustomizations set one, releases and the
objects of Argo CD and Flux go to one. Whether it exists anywhere is not asked
here; a claim is only what somebody wrote.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

import msgspec

from driftline.inventory.layers.material import text_of
from driftline.inventory.layout.references import references_of
from driftline.inventory.live.generators import filled, folders_of, parameter_sets
from driftline.inventory.live.names import named_by
from driftline.inventory.units import Place
from driftline.model import address as addresses
from driftline.model.document import DocumentKind
from driftline.model.placing import Layout, Placement

# Objects that say where others go; the namespace they stand in themselves says nothing.
_CARRIERS = frozenset(
    "Application ApplicationSet AppProject Kustomization GitRepository OCIRepository"
    " HelmRepository HelmChart Bucket ImageRepository ImagePolicy ImageUpdateAutomation".split()
)
_DECLARED, _SENT, _SHARED, _VALUES = 0.95, 0.9, 0.8, 0.7
_LABEL_PLACES = ("/metadata/labels/", "/commonLabels/", "/labels/0/pairs/")
# Where plain files of charts and of Fleet say the namespace of what they configure.
_VALUES_FIELDS = (
    "/namespace",
    "/global/namespace",
    "/namespaceOverride",
    "/targetNamespace",
    "/defaultNamespace",
)
# What Argo CD calls the cluster that it runs in itself.
_OWN_CLUSTER = frozenset({"in-cluster", "https://kubernetes.default.svc"})


class DeclaredObject(msgspec.Struct, frozen=True):
    """One declared document: the environment its file belongs to (empty for none), and its facts.

    A document that several environments share as their own stands here once
    for each; one that all share, or none, stands here once without any.
    """

    environment: str
    file: str
    kind: DocumentKind
    key: str
    facts: Mapping[str, str]


class Claim(msgspec.Struct, frozen=True):
    """That an environment lives in a namespace, how strongly it is said, and by what.

    `environment` is empty where the shared layers of all say so. `cluster` is
    the cluster's name or address where it is told. `objects` counts what is
    declared there.
    """

    environment: str
    namespace: str
    cluster: str
    strength: float
    evidence: str
    objects: int = 0


def declared_objects(place: Place) -> list[DeclaredObject]:
    """The living documents of a source, with the environments of their files."""
    environments = {one.path: one.environments or ("",) for one in place.layout.placements}
    return [
        DeclaredObject(environment, one.file, one.kind, one.key, one.now)
        for one in place.materials
        if one.is_alive
        for environment in environments.get(one.file, ("",))
    ]


def claims_of(objects: Iterable[DeclaredObject], layout: Layout) -> tuple[Claim, ...]:
    """Everything that declared documents say about namespaces, the strongest first."""
    reading = _Reading(layout)
    for one in objects:
        reading.read(one)
    return tuple(
        sorted(
            [*reading.counted(), *reading.said],
            key=lambda one: (-one.strength, one.environment, one.namespace, one.cluster),
        )
    )


class _Reading:
    """One pass over all documents."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.places = {one.path: one for one in layout.placements}
        self.folders: list[str] | None = None
        self.said: list[Claim] = []
        self.numbers: dict[tuple[str, str], int] = defaultdict(int)

    def read(self, one: DeclaredObject) -> None:
        """Take in what one document says."""
        if one.kind is DocumentKind.OBJECT:
            self._object(one)
        elif one.kind is DocumentKind.KUSTOMIZATION:
            self._kustomization(one)
        elif one.kind is DocumentKind.HELMFILE:
            self._helmfile(one)
        elif one.kind is DocumentKind.PLAIN and one.environment:
            for field in _VALUES_FIELDS:
                self._say(one, text_of(one.facts.get(field)), _VALUES, f"{one.file} names it")

    def counted(self) -> list[Claim]:
        """One claim for each environment and namespace that manifests stand in."""
        claims = []
        for (environment, namespace), number in self.numbers.items():
            noun = "declared object is" if number == 1 else "declared objects are"
            claims.append(
                Claim(
                    environment,
                    namespace,
                    "",
                    _DECLARED if environment else _SHARED,
                    f"{number} {noun} in {namespace}",
                    number,
                )
            )
        return claims

    def _object(self, one: DeclaredObject) -> None:
        kind = one.key.partition("/")[0]
        if kind in ("Application", "ApplicationSet"):
            self._argo(one, kind)
        elif kind in ("Kustomization", "HelmRelease"):
            self._flux(one, kind)
        if kind in _CARRIERS or not (one.environment or self._is_shared(one.file)):
            return
        if kind == "Namespace":
            name = one.key.rpartition("/")[2]
            self._say(one, name, _DECLARED, f"{one.file} declares the namespace {name}")
            return
        namespace = text_of(one.facts.get("/metadata/namespace"))
        if namespace:
            self.numbers[one.environment, namespace] += 1

    def _is_shared(self, file: str) -> bool:
        """Whether a file is a layer of several environments, and not simply none of theirs."""
        placement: Placement | None = self.places.get(file)
        return placement is not None and placement.layer is not None

    def _kustomization(self, one: DeclaredObject) -> None:
        namespace = text_of(one.facts.get("/namespace"))
        if one.environment:
            self._say(one, namespace, _DECLARED, f"{one.file} sets namespace {namespace}")
        for address, value in one.facts.items():
            if address.startswith("/helmCharts/") and address.endswith("/namespace"):
                self._say(one, text_of(value), _DECLARED, f"{one.file} releases into it")

    def _helmfile(self, one: DeclaredObject) -> None:
        environments = [one.environment] if one.environment else self._named()
        for address, value in one.facts.items():
            if not (address.startswith("/releases/") and address.endswith("/namespace")):
                continue
            for environment in environments:
                namespace = filled(text_of(value), {"Environment.Name": environment})
                self._say(
                    msgspec.structs.replace(one, environment=environment),
                    namespace,
                    _SENT,
                    f"{one.file} releases into {namespace}",
                )

    def _named(self) -> list[str]:
        return [one.name for one in self.layout.environments]

    def _argo(self, one: DeclaredObject, kind: str) -> None:
        spec = "/spec" if kind == "Application" else "/spec/template/spec"
        sets = [{}] if kind == "Application" else self._parameters(one)
        facts = one.facts
        name = "/metadata/name" if kind == "Application" else "/spec/template/metadata/name"
        for parameters in sets:

            def at(address: str, values: Mapping[str, str] = parameters) -> str:
                return filled(text_of(facts.get(address)), values)

            namespace = at(f"{spec}/destination/namespace")
            cluster = at(f"{spec}/destination/name") or at(f"{spec}/destination/server")
            environment = one.environment or self._pointed_at(one, parameters)
            environment = environment or self._by_name(at(name), *parameters.values())
            if environment and namespace:
                label = at(name) or one.key.rpartition("/")[2]
                self.said.append(
                    Claim(
                        environment,
                        namespace,
                        "" if cluster in _OWN_CLUSTER else cluster,
                        _SENT,
                        f"Argo CD's {label} goes to {namespace}"
                        + (f" on {cluster}" if cluster else ""),
                    )
                )

    def _parameters(self, one: DeclaredObject) -> list[dict[str, str]]:
        if self.folders is None:
            self.folders = folders_of(self.places)
        return parameter_sets(one.facts, self.folders)

    def _flux(self, one: DeclaredObject, kind: str) -> None:
        if not text_of(one.facts.get("/apiVersion")).partition("/")[0].endswith("fluxcd.io"):
            return
        namespace = text_of(one.facts.get("/spec/targetNamespace"))
        if kind == "HelmRelease":
            namespace = namespace or text_of(one.facts.get("/metadata/namespace"))
        cluster = text_of(one.facts.get("/spec/kubeConfig/secretRef/name"))
        environment = one.environment or self._pointed_at(one, {})
        environment = environment or self._by_name(one.key.rpartition("/")[2])
        if environment and namespace:
            why = f"Flux's {kind} {one.key.rpartition('/')[2]} goes to {namespace}"
            self.said.append(Claim(environment, namespace, cluster, _SENT, why))

    def _pointed_at(self, one: DeclaredObject, parameters: Mapping[str, str]) -> str:
        """The only environment of the files that an object deploys, if there is one."""
        found: set[str] = set()
        for reference in references_of(one.file, one.kind, one.key, one.facts):
            target = filled(reference.target, parameters)
            if reference.kind == "values" and target in self.places:
                found.update(self.places[target].environments)
            elif reference.kind == "source" and target:
                found |= self._environments_below(target)
        return found.pop() if len(found) == 1 else ""

    def _environments_below(self, folder: str) -> set[str]:
        start = folder.rstrip("/") + "/"
        return {
            name
            for path, one in self.places.items()
            if path.startswith(start)
            for name in one.environments
        }

    def _by_name(self, *texts: str) -> str:
        for text in texts:
            found = named_by(text, self.layout.environments)
            if len(found) == 1:
                return found[0]
        return ""

    def _say(self, one: DeclaredObject, namespace: str, strength: float, evidence: str) -> None:
        if namespace and "{" not in namespace and "$" not in namespace:
            self.said.append(Claim(one.environment, namespace, "", strength, evidence))


def labels_of(
    objects: Iterable[DeclaredObject], environments: Collection[str]
) -> dict[str, dict[str, str]]:
    """The labels that all objects of an environment bear, by environment.

    A kustomization counts with the labels that it puts on everything.
    """
    common: dict[str, set[tuple[str, str]]] = {}
    for one in objects:
        if one.environment not in environments:
            continue
        if one.kind not in (DocumentKind.OBJECT, DocumentKind.KUSTOMIZATION):
            continue
        labels = {
            (addresses.unescape(address[len(start) :]), text_of(value))
            for address, value in one.facts.items()
            for start in _LABEL_PLACES
            if address.startswith(start) and value[:1] == '"'
        }
        standing = common.get(one.environment)
        common[one.environment] = labels if standing is None else standing & labels
    return {environment: dict(sorted(labels)) for environment, labels in common.items()}
