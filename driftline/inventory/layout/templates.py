"""A path without its environment: the words that are left, sorted by how much they name.

All files that differ only in their environment share one template. Words that
say how something is deployed (`k8s`, `overlays`, `values`) name nothing; words
that hold many things (`apps`, `services`) name only in need; the rest names.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from driftline.inventory.layout.spots import Spot
from driftline.inventory.layout.vocabulary import (
    CARRIERS,
    CONTAINERS,
    GENERATED,
    GENERIC_STEMS,
    KIND_STEMS,
    OVERRIDE_WORDS,
    SECRET_WORDS,
    SHARED,
    STRUCTURE,
)
from driftline.inventory.layout.words import tokens_of
from driftline.model.document import DocumentKind

_EDGES = "-_. "
_DOUBLED = re.compile(r"([-_.])[-_.]+")
_ORDINAL = re.compile(r"^[0-9]{1,3}[-_.](?=[a-zA-Z])")
_TOKEN_EDGE = re.compile(r"[-_.]")
_FAMILIES = {
    "terraform": {"terraform", "tf", "terragrunt", "tofu", "opentofu", "iac"},
    "ansible": {"ansible", "group_vars", "host_vars", "inventories", "inventory"},
    "compose": {"docker", "compose"},
}
_FORM_FAMILIES = {".tf": "terraform", ".tfvars": "terraform", ".hcl": "terraform"}
# Documents whose own keys tell them apart within one role.
_WEAK = frozenset({"patch", "patches"}) | KIND_STEMS
_KEYED = frozenset({DocumentKind.OBJECT, DocumentKind.KUSTOMIZATION, DocumentKind.TERRAFORM})

TemplateKey = tuple[str, tuple[str, ...], str, str]


class Template(msgspec.Struct):
    """What remains of a path without its environment, and the files it stands for.

    `context` are the naming folders, containers among them; `core` is the
    file's own name without what it carries, empty if it names nothing.
    """

    key: TemplateKey
    base: str
    context: tuple[str, ...]
    proper: tuple[str, ...]
    hard: tuple[str, ...]
    core: str
    carried: bool
    secret: bool
    override: bool
    family: str
    spots: list[Spot] = msgspec.field(default_factory=list)
    role: str = ""
    is_part: bool = False  # of a thing whose other files stand beside it

    @property
    def form(self) -> str:
        """The format class of the file, with a dot."""
        return self.key[3]

    @property
    def stem(self) -> str:
        """What remains of the file's name."""
        return self.key[2]

    @property
    def folder(self) -> tuple[str, tuple[str, ...]]:
        """The folder without its environment."""
        return self.key[0], self.key[1]

    @property
    def environments(self) -> set[str]:
        """Canonical environments its files are in, with region and cluster."""
        return {f"{spot.environment}/{spot.detail}" for spot in self.spots if spot.environment}

    @property
    def is_keyed(self) -> bool:
        """Whether its documents carry keys of their own, as Kubernetes objects do."""
        kinds: set[DocumentKind | str] = set()
        for spot in self.spots:
            kinds.update(spot.entry.card.kinds)
        if kinds:
            return kinds <= _KEYED
        lower = _ORDINAL.sub("", self.stem.lower())
        if self.is_part and self.form in {".yaml", ".json", ".tf"} and lower != "values":
            return True
        return self.form == ".tf" or lower in KIND_STEMS or lower == "kustomization"

    @property
    def is_generated(self) -> bool:
        """Whether a folder says that a tool rendered the file."""
        return any(word in GENERATED for word in self.hard)


def cut_name(stem: str, cuts: Iterable[tuple[int, int]]) -> str:
    """A name without some spans, and without the separators they leave behind.

    >>> cut_name("web-staging-config", [(4, 11)])
    'web-config'
    """
    cuts = sorted(cuts, reverse=True)
    if cuts == [(0, len(stem))]:
        return ""
    for start, end in cuts:
        stem = stem[:start] + stem[end:]
    return _DOUBLED.sub(r"\1", stem).strip(_EDGES)


@lru_cache(maxsize=65536)
def core_of(stem: str, *, drop_kinds: bool = False) -> tuple[str, bool]:
    """A file's own name without what it carries, and whether it carried something.

    >>> core_of("api.values"), core_of("values"), core_of("app-of-apps")
    (('api', True), ('', False), ('app-of-apps', False))
    """
    stem = _ORDINAL.sub("", stem)
    lower = stem.lower()
    if lower in GENERIC_STEMS or lower in KIND_STEMS or lower in SHARED:
        return "", False
    droppable = CARRIERS | KIND_STEMS if drop_kinds else CARRIERS
    carried = False
    text = stem
    while True:
        pieces = list(_TOKEN_EDGE.finditer(text))
        if not pieces:
            break
        head, tail = text[: pieces[-1].start()], text[pieces[-1].end() :]
        first, rest = text[: pieces[0].start()], text[pieces[0].end() :]
        if tail.lower() in droppable or not tail:
            text = head
        elif first.lower() in CARRIERS or not first:
            text = rest
        else:
            break
        carried = carried or (tail.lower() not in _WEAK and first.lower() not in _WEAK)
    if text.lower() in GENERIC_STEMS | KIND_STEMS:
        return "", carried
    return text, carried


@lru_cache(maxsize=65536)
def kind_of_word(word: str) -> str:
    """`name`, `container`, `structure`, `shared` or nothing, for one folder's name.

    >>> [kind_of_word(word) for word in ("web", "apps", "k8s", "base", "helm-values")]
    ['name', 'container', 'structure', 'shared', 'structure']
    """
    lower = word.lower()
    if not lower:
        return ""
    if lower in SHARED:
        return "shared"
    if lower in CONTAINERS:
        return "container"
    if lower in STRUCTURE or all(token in STRUCTURE for token in tokens_of(lower)):
        return "structure"
    return "name"


class Shelf:
    """Templates by key, made as spots are put on it."""

    def __init__(self, bases: dict[str, str]) -> None:
        """`bases` gives each source's name without its environment."""
        self.own: dict[TemplateKey, Template] = {}
        self.others: dict[TemplateKey, Template] = {}
        self.of: dict[int, Template] = {}
        self._bases = bases

    def key(self, spot: Spot, *, with_repeats: bool) -> TemplateKey:
        """The template's key of a spot, with or without repeated environment words."""
        entry = spot.entry
        cuts = spot.cuts
        if with_repeats:
            cuts = {depth: list(spans) for depth, spans in cuts.items()}
            for depth, start, end in spot.repeats:
                cuts.setdefault(depth, []).append((start, end))
        last = len(entry.segments) - 1
        names = entry.segments[1:last]
        if any(depth < last for depth in cuts):
            listed = list(names)
            for depth, spans in cuts.items():
                if depth < last:
                    listed[depth - 1] = cut_name(entry.names[depth].stem, spans)
            names = tuple(listed)
        name = entry.names[last]
        stem = cut_name(name.stem, cuts[last]) if last in cuts else name.stem
        return self._bases.get(entry.source, entry.source), names, stem, "." + name.extension

    def put(self, spot: Spot, key: TemplateKey) -> Template:
        """Add a spot under a key."""
        templates = self.own if spot.is_own else self.others
        template = templates.get(key)
        if template is None:
            template = templates[key] = _template(key)
        template.spots.append(spot)
        self.of[id(spot)] = template
        return template


def _template(key: TemplateKey) -> Template:
    base, folders, stem, form = key
    kinds = [kind_of_word(folder) for folder in folders]
    for position in range(1, len(folders)):
        # What stands in `charts/` or `apps/` is named, even `argocd-config`.
        above = kinds[position - 1] == "container" or folders[position - 1].lower() == "charts"
        if above and kinds[position] == "structure" and folders[position].lower() not in STRUCTURE:
            kinds[position] = "name"
    context = tuple(w for w, k in zip(folders, kinds, strict=True) if k in {"name", "container"})
    proper = tuple(w for w, k in zip(folders, kinds, strict=True) if k == "name")
    hard = tuple(w.lower() for w, k in zip(folders, kinds, strict=True) if k == "structure")
    tokens = set(tokens_of(stem))
    # A file without an extension has no format to be generic in: `release` is a service.
    core, carried = core_of(stem) if form != "." else (stem, False)
    family = _FORM_FAMILIES.get(form, "")
    for name, words in _FAMILIES.items():
        if not family and (words & set(hard) or (name == "compose" and tokens & {"compose"})):
            family = name
    return Template(
        key=key,
        base=base,
        context=context,
        proper=proper,
        hard=hard,
        core=core,
        carried=carried,
        secret=bool((tokens | set(hard)) & SECRET_WORDS),
        override=bool(tokens & OVERRIDE_WORDS),
        family=family,
    )


def shelve(spots: Iterable[Spot], bases: dict[str, str]) -> Shelf:
    """Every spot on its template.

    A file that repeats its environment (`production/api-production.yaml`) loses
    the repetition too, but only where that unites several environments: the
    service `production-api` that stands in staging as well keeps its name.
    """
    shelf = Shelf(bases)
    plain: dict[TemplateKey, set[str]] = {}
    bare: dict[TemplateKey, set[str]] = {}
    keyed = []
    for spot in spots:
        key = shelf.key(spot, with_repeats=False)
        without = shelf.key(spot, with_repeats=True) if spot.repeats else key
        keyed.append((spot, key, without))
        plain.setdefault(key, set()).add(spot.environment)
        if without != key:
            bare.setdefault(without, set()).add(spot.environment)
    for spot, key, without in keyed:
        repeated = bare.get(without, set()) if without != key else set()
        # What stands there without repeating is something else: `api` beside
        # `production-api`.
        taken = plain.get(without, set()) & repeated
        unites = len(plain[key]) == 1 and len(repeated) > 1 and not taken
        shelf.put(spot, without if unites else key)
    return shelf
