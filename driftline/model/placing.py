"""Where files belong: environments, roles and layers, with evidence and confidence.

All of it is inferred, so none of it is ground truth: it is stamped with the
version of the rules, shown to people, and can be overridden.
"""

import enum
from collections.abc import Mapping

import msgspec


class LayerKind(enum.StrEnum):
    """The ordered inputs whose merge is the effective value, lowest first."""

    CHART = "chart"  # a chart's own values.yaml, a variable's default
    BASE = "base"  # a kustomize base, shared values, common.yaml
    REGION = "region"  # shared by the environments of one region or group
    ENVIRONMENT = "environment"  # the environment's own file or overlay
    GENERATED = "generated"  # values that a tool rendered for the environment
    LIVE = "live"  # what a running system says of itself; it lies on nothing


class Placement(msgspec.Struct, frozen=True, gc=False):
    """What one file was taken for.

    `environments` is empty for a shared layer that serves every environment of
    its role, and for files that belong to none. `role` is empty for files that
    are no configuration of anything that environments share (`layer` None).
    `precedence` orders the layers of one role: higher wins.
    """

    path: str
    environments: tuple[str, ...]
    role: str
    layer: LayerKind | None
    precedence: int
    confidence: float
    evidence: tuple[str, ...]


class Environment(msgspec.Struct, frozen=True, gc=False):
    """An environment as found: the name it has, its dimensions, and why we believe it.

    `dimensions` splits a composed name: (("environment", "production"),
    ("region", "eu-west-1")) for `production/eu-west-1`.
    """

    name: str
    dimensions: tuple[tuple[str, str], ...]
    confidence: float
    evidence: tuple[str, ...]


class Question(msgspec.Struct, frozen=True, gc=False):
    """What the rules would not guess: what was seen, and the line that decides it."""

    text: str
    paths: tuple[str, ...]
    answer: str  # one line for driftline.toml


class Layout(msgspec.Struct, frozen=True, gc=False):
    """What was taken for which environment, role and layer."""

    environments: tuple[Environment, ...]
    placements: tuple[Placement, ...]
    questions: tuple[Question, ...]


class Reference(msgspec.Struct, frozen=True, gc=False):
    """One file naming another, or a destination, as read from its content.

    `kind`: `resource` (kustomize resources, bases, components), `patch`,
    `values` (valueFiles, helmfile values), `source` (Argo CD or Flux path),
    `chart`, `destination` (cluster or namespace), `module` (Terraform source).
    `target` is a repository path made absolute to the repository's root where
    it is one, else the text as written. `environment` is what the referring
    text itself says about the environment, if anything.
    """

    kind: str
    target: str
    environment: str = ""


class FileCard(msgspec.Struct, frozen=True, gc=False):
    """What layout may know about a file besides its path.

    `kinds` are the document kinds in it; `objects` the keys of its Kubernetes
    objects; `shapes` the address shapes of its facts down to depth three;
    `references` what it points to. `alive` is False for a file that is gone.
    """

    path: str
    kinds: frozenset[str] = frozenset()
    objects: tuple[str, ...] = ()
    shapes: frozenset[str] = frozenset()
    references: tuple[Reference, ...] = ()
    alive: bool = True


class LayoutHints(msgspec.Struct, frozen=True, gc=False):
    """What the user said about the layout; it wins over every inference.

    `places` are templates such as `clusters/{environment}/{role}/**`; each may
    be followed by ` -> role=api environment=qa layer=base` to fix what the template does
    not capture. `environments` names further environments, `not_environments`
    words that look like ones but are not, `ignore` globs of files to leave out.
    """

    places: tuple[str, ...] = ()
    environments: tuple[str, ...] = ()
    not_environments: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


class ClusterCard(msgspec.Struct, frozen=True):
    """What is known of a cluster before its objects are placed.

    `name` is the context's name; `server` the address of its API where known.
    `namespaces` are all that were ever seen there, with their labels.
    """

    name: str
    namespaces: Mapping[str, Mapping[str, str]]
    server: str = ""


class LiveHint(msgspec.Struct, frozen=True):
    """What the user said about where an environment lives; it wins over every inference.

    Without namespaces it is the whole cluster; without a cluster it is any
    that has the namespaces. `selector` is `label=value`, several by commas.
    """

    environment: str
    cluster: str = ""
    namespaces: tuple[str, ...] = ()
    selector: str = ""


class LivePlace(msgspec.Struct, frozen=True):
    """Where an environment lives: namespaces of a cluster, or what of them a selector picks.

    One environment may have several, in one cluster or in many. Two places of
    one cluster may share a namespace; then the selector tells them apart, or,
    where it is empty, only which of them declares an object.
    """

    environment: str
    cluster: str
    namespaces: tuple[str, ...]
    selector: str
    confidence: float
    evidence: tuple[str, ...]


class LiveLayout(msgspec.Struct, frozen=True):
    """Where environments live, and what the rules would rather ask than guess."""

    places: tuple[LivePlace, ...]
    questions: tuple[Question, ...] = ()
