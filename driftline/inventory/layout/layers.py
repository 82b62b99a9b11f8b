"""Which files are the layers below an environment's own: charts, bases, shared values.

A shared file is recognised by where it stands (`base/` beside `overlays/`,
`values.yaml` beside `values-prod.yaml`) or because an environment's file refers
to it. It takes the role of what it underlies; where that is not one role, it is
left unplaced, because one file can underlie one role only.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from driftline.inventory.layout.charts import Chart
from driftline.inventory.layout.spots import Spot
from driftline.inventory.layout.templates import Template, kind_of_word
from driftline.inventory.layout.tree import Entry
from driftline.inventory.layout.vocabulary import HOLDERS, SHARED
from driftline.inventory.layout.words import tokens_of
from driftline.model.placing import LayerKind

PRECEDENCE = {
    LayerKind.CHART: 0,
    LayerKind.BASE: 10,
    LayerKind.REGION: 20,
    LayerKind.ENVIRONMENT: 30,
    LayerKind.GENERATED: 40,
}
Folder = tuple[str, ...]


class Shared(msgspec.Struct, frozen=True):
    """What one file was taken for that serves every environment of its role, or only some.

    `only` are files of the environments it serves where it does not serve all:
    the defaults of one cluster or region.
    """

    role: str
    layer: LayerKind
    precedence: int
    confidence: float
    evidence: str
    only: tuple[Spot, ...] = ()


class Anchors:
    """Where environments branch off: for each folder, the templates that vary below it."""

    def __init__(self, templates: Iterable[Template]) -> None:
        """Collects the templates of environments' own files."""
        self.exact: dict[Folder, list[Template]] = {}
        self.near: dict[Folder, list[Template]] = {}
        self.beside: dict[Folder, list[Template]] = {}
        for template in templates:
            seen: set[tuple[str, Folder]] = set()
            for spot in template.spots:
                if not spot.cuts:
                    continue
                entry = spot.entry
                depth = min(spot.cuts)
                last = len(entry.segments) - 1
                anchor = entry.segments[:depth]
                folder = entry.folder
                places = [(self.exact, anchor), (self.near, trimmed(anchor, HOLDERS))]
                if last in spot.cuts:
                    places.append((self.beside, folder))
                for index, place in places:
                    mark = (str(id(index)), place)
                    if mark not in seen:
                        seen.add(mark)
                        index.setdefault(place, []).append(template)


def trimmed(folder: Folder, words: frozenset[str]) -> Folder:
    """A folder without trailing names that are among the words; its source always stays."""
    while len(folder) > 1 and folder[-1].lower() in words:
        folder = folder[:-1]
    return folder


def find_shared(
    own: Sequence[Template],
    others: Sequence[Entry],
    natural: Mapping[str, str],
    charts: Mapping[Folder, Chart],
) -> dict[str, Shared]:
    """Shared layers among files of no environment, by source and path joined with a slash.

    `natural` gives the role each of them would have by its own name.
    """
    anchors = Anchors(own)
    roles: dict[str, set[str]] = {}
    for template in own:
        roles.setdefault(template.role.lower(), set()).add(template.role)
        roles.setdefault("/" + template.role.lower().rsplit("/", 1)[-1], set()).add(template.role)
    divided: dict[str, list[Spot]] = {}
    for template in own:
        if any(spot.detail for spot in template.spots):
            divided.setdefault(template.role, []).extend(template.spots)
    found: dict[str, Shared] = {}
    for entry in others:
        name = "/".join(entry.segments)
        shared = (
            _beside(entry, anchors, charts)
            or _base_folder(entry, anchors, natural.get(name, ""))
            or _above(entry, anchors)
            or _chart(entry, charts, roles)
            or _terraform_root(entry, anchors)
        )
        if shared is not None:
            found[name] = _narrowed(shared, entry.folder, divided.get(shared.role, ()))
    found.update(_referred(own, others, found))
    return found


def _narrowed(shared: Shared, folder: Folder, spots: Sequence[Spot]) -> Shared:
    """A shared file inside one cluster's or region's folder serves that one only."""
    near = [spot for spot in spots if spot.entry.segments[: len(folder)] == folder]
    inside = {(spot.environment, spot.detail) for spot in near}
    everywhere = {(spot.environment, spot.detail) for spot in spots}
    if not near or inside == everywhere:
        return shared
    return msgspec.structs.replace(shared, only=tuple(near))


def _beside(entry: Entry, anchors: Anchors, charts: Mapping[Folder, Chart]) -> Shared | None:
    """`values.yaml` beside `values-prod.yaml`, `common.yaml` beside `prod.yaml`."""
    templates = anchors.beside.get(entry.folder)
    if not templates:
        return None
    name = entry.names[-1]
    form = "." + name.extension
    tokens = [token for token in tokens_of(name.stem) if token not in SHARED]
    is_shared = len(tokens) < len(tokens_of(name.stem))
    matching = {
        template.role
        for template in templates
        if template.form == form
        and (
            tokens == list(tokens_of(template.stem))
            or (is_shared and tokens == list(tokens_of(template.core)))
            or (not template.core and name.stem.lower() == entry.segments[-2].lower())
        )
    }
    if len(matching) != 1 or (not tokens and not is_shared):
        return None
    role = matching.pop()
    if name.stem == "values" and entry.folder in charts:
        return Shared(role, LayerKind.CHART, 0, 0.9, "the chart's values beside the environments'")
    example = next(t for t in templates if t.role == role).spots[0].entry.segments[-1]
    return Shared(role, LayerKind.BASE, 10, 0.85, f"shared by {example} and its siblings")


def _base_folder(entry: Entry, anchors: Anchors, natural: str) -> Shared | None:
    """`base/` beside the folders or overlays of environments."""
    for depth in range(1, len(entry.segments) - 1):
        word = entry.segments[depth].lower()
        if word not in SHARED:
            continue
        prefix = entry.segments[:depth]
        templates = anchors.exact.get(prefix) or anchors.near.get(trimmed(prefix, HOLDERS))
        if not templates:
            continue
        roles = {template.role for template in templates}
        role = _underlain(natural, roles, templates, entry.segments[depth + 1 : -1])
        if role:
            where = "/".join(entry.segments[1 : depth + 1])
            return Shared(role, LayerKind.BASE, 10, 0.8, f"{where}/ stands beside the environments")
    return None


def _underlain(
    natural: str, roles: set[str], templates: Sequence[Template], below: Sequence[str]
) -> str:
    lowered = {role.lower(): role for role in roles}
    if natural.lower() in lowered:
        return lowered[natural.lower()]
    for word in reversed(below):
        if word.lower() in lowered:
            return lowered[word.lower()]
    if any(kind_of_word(word) == "name" for word in below):
        # It has a name of its own that no environment knows; only a reference
        # can tell what it underlies.
        return ""
    if len(roles) == 1:
        return next(iter(roles))
    overlays = {template.role for template in templates if template.stem.lower() == "kustomization"}
    return overlays.pop() if len(overlays) == 1 else ""


def _above(entry: Entry, anchors: Anchors) -> Shared | None:
    """`environments/common.yaml` above `environments/prod/…`, or the same name above it."""
    name = entry.names[-1]
    templates = anchors.exact.get(entry.folder) or anchors.near.get(entry.folder)
    if not templates:
        return None
    form = "." + name.extension
    stem = name.stem.lower()
    # Only what stands in the environments' folders themselves can be meant.
    folder = len(entry.folder)
    templates = [t for t in templates if all(_is_just_below(s, folder) for s in t.spots)]
    same = {t.role for t in templates if t.form == form and t.stem.lower() == stem}
    if len(same) == 1 and stem:
        return Shared(same.pop(), LayerKind.BASE, 10, 0.75, "the same file above the environments")
    plain = {t.role for t in templates if t.form == form and not t.is_keyed}
    if stem in SHARED and len(plain) == 1:
        return Shared(plain.pop(), LayerKind.BASE, 10, 0.7, "a shared file above the environments")
    return None


def _is_just_below(spot: Spot, folder: int) -> bool:
    """Whether the environment is the file itself or the folder right above it.

    Between the shared file's folder and there, nothing but holders may stand.
    """
    segments = spot.entry.segments
    depth = max(spot.cuts, default=0)
    between = segments[folder:depth]
    return (
        depth >= len(segments) - 2
        and depth > folder - 1
        and all(word.lower() in HOLDERS for word in between)
        and (depth < len(segments) - 1 or bool(between))
    )


def _chart(
    entry: Entry, charts: Mapping[Folder, Chart], roles: Mapping[str, set[str]]
) -> Shared | None:
    """A chart's values below the role of the chart's name; `roles` are by name and last part."""
    if entry.names[-1].stem != "values" or entry.folder not in charts:
        return None
    chart = charts[entry.folder].name.lower()
    matching = roles.get(chart) or roles.get("/" + chart, set())
    if len(matching) != 1:
        return None
    return Shared(
        next(iter(matching)), LayerKind.CHART, 0, 0.8, "the values of the chart of that name"
    )


def _terraform_root(entry: Entry, anchors: Anchors) -> Shared | None:
    """`variables.tf` of the root module whose values are set by one `.tfvars` an environment."""
    if entry.names[-1].extension != "tf":
        return None
    places = (entry.folder,)
    for index in (anchors.exact, anchors.near):
        for place in places:
            held = [t for t in index.get(place, ()) if t.form == ".tfvars"]
            roles = {template.role for template in held}
            if len(roles) == 1:
                return Shared(
                    roles.pop(), LayerKind.CHART, 0, 0.8, "the module the tfvars belong to"
                )
    return None


def _referred(
    own: Sequence[Template], others: Sequence[Entry], found: Mapping[str, Shared]
) -> dict[str, Shared]:
    """Files that environments' files refer to as bases or values, through any number of steps."""
    by_folder: dict[Folder, list[Entry]] = {}
    by_path: dict[Folder, Entry] = {}
    for entry in others:
        by_path[entry.segments] = entry
        by_folder.setdefault(entry.folder, []).append(entry)
    claims: dict[Folder, dict[str, str]] = {}
    for template in own:
        for spot in template.spots:
            start = spot.entry
            waiting = [(start, f"{start.path} refers to it")]
            seen = {start.segments}
            while waiting:
                entry, why = waiting.pop()
                for reference in entry.card.references:
                    if (
                        reference.kind not in {"resource", "values", "patch"}
                        or not reference.target
                    ):
                        continue
                    place = (entry.source, *reference.target.strip("/").split("/"))
                    reached = [by_path[place]] if place in by_path else by_folder.get(place, [])
                    for other in reached:
                        if other.segments in seen:
                            continue
                        seen.add(other.segments)
                        claims.setdefault(other.segments, {}).setdefault(template.role, why)
                        waiting.append((other, why))
    results = {}
    for segments, roles in claims.items():
        name = "/".join(segments)
        if len(roles) != 1:
            continue
        role, why = next(iter(roles.items()))
        known = found.get(name)
        if known is not None:
            # A reference makes a role sure that its name gave; it takes none away.
            results[name] = msgspec.structs.replace(known, confidence=0.95)
        else:
            results[name] = Shared(role, LayerKind.BASE, PRECEDENCE[LayerKind.BASE], 0.95, why)
    return results
