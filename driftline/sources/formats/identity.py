"""What a document is and what it is called inside its file, by its own text.

Only what the document says of itself counts here, and the file names that
tools prescribe (`Chart.yaml`). Where the file lies is layout's business.
"""

from collections.abc import Callable, Iterable, Mapping

import msgspec

from driftline.model.document import DocumentKind
from driftline.sources.formats.tree import Tree

_decode = msgspec.json.Decoder(str).decode

KUSTOMIZE_GROUP = "kustomize.config.k8s.io/"
ARGO_GROUP = "argoproj.io/"


class Heading(msgspec.Struct, frozen=True, gc=False):
    """The few facts of a document by which it is recognised; empty text is absence."""

    top_keys: frozenset[str]
    api_version: str = ""
    kind: str = ""
    name: str = ""
    generate_name: str = ""
    namespace: str = ""
    runs_images: bool = False  # something below `services` has an image or a build

    @property
    def is_object(self) -> bool:
        """Whether it is a Kubernetes object, or claims the form of one."""
        return bool(self.api_version and self.kind)

    @property
    def is_secret(self) -> bool:
        """Whether all of its data is secret by definition."""
        return self.kind == "Secret" and self.api_version == "v1"

    @property
    def is_kustomization(self) -> bool:
        """Whether kustomize itself reads it (Flux has objects of the same kind)."""
        return self.api_version.startswith(KUSTOMIZE_GROUP)

    @property
    def is_argo_application(self) -> bool:
        """Whether it may carry Helm values as a block of text."""
        return self.api_version.startswith(ARGO_GROUP) and self.kind in (
            "Application",
            "ApplicationSet",
        )

    @property
    def is_list(self) -> bool:
        """Whether it may be nothing but an envelope of other objects."""
        return self.is_object and self.kind.endswith("List") and "items" in self.top_keys


def heading_of_tree(tree: Tree) -> Heading:
    """The heading of a document that was parsed as a whole."""
    if not isinstance(tree, dict):
        return Heading(frozenset())

    def text_at(*keys: str) -> str:
        node: Tree = tree
        for key in keys:
            if not isinstance(node, dict):
                return ""
            node = node.get(key, "")
        return _text(node) if isinstance(node, str) else ""

    services = tree.get("services")
    runs_images = isinstance(services, dict) and any(
        isinstance(service, dict) and ("image" in service or "build" in service)
        for service in services.values()
    )
    return _heading(tree, text_at, runs_images=runs_images)


def heading_of_sections(sections: Mapping[str, Iterable[Mapping[str, str]]]) -> Heading:
    """The heading of a document whose facts are already known, by top-level key."""

    def text_at(*keys: str) -> str:
        address = "/" + "/".join(keys)
        for part in sections.get(keys[0], ()):
            value = part.get(address)
            if value is not None:
                return _text(value)
        return ""

    runs_images = any(
        len(tokens) > 3 and tokens[3] in ("image", "build")
        for part in sections.get("services", ())
        for tokens in (address.split("/", 4) for address in part)
    )
    return _heading(sections, text_at, runs_images=runs_images)


def _heading(keys: Iterable[str], text_at: Callable[..., str], *, runs_images: bool) -> Heading:
    return Heading(
        frozenset(keys),
        api_version=text_at("apiVersion"),
        kind=text_at("kind"),
        name=text_at("metadata", "name"),
        generate_name=text_at("metadata", "generateName"),
        namespace=text_at("metadata", "namespace"),
        runs_images=runs_images,
    )


def identify(heading: Heading, expected: DocumentKind) -> tuple[str, DocumentKind]:
    """Key and kind of a document; `expected` is what the file's name promises.

    The key is empty for a document without a name of its own.

    >>> identify(Heading(frozenset(), "v1", "Service", "web", namespace="shop"), DocumentKind.PLAIN)
    ('Service/shop/web', <DocumentKind.OBJECT: 'object'>)
    """
    if heading.is_kustomization or expected is DocumentKind.KUSTOMIZATION:
        return "", DocumentKind.KUSTOMIZATION
    if heading.is_object:
        names = (heading.kind, heading.namespace, heading.name or heading.generate_name)
        return "/".join(filter(None, names)), DocumentKind.OBJECT
    if expected is not DocumentKind.PLAIN:
        return "", expected
    return "", DocumentKind.COMPOSE if heading.runs_images else DocumentKind.PLAIN


def _text(leaf: str) -> str:
    """A leaf as text; null and collections are no names."""
    if leaf.startswith('"'):
        return _decode(leaf)
    return "" if leaf in ("null", "{}", "[]") else leaf
