"""The environment-free name by which siblings are matched: short, natural, of one thing only.

A role is a function of the template, so both sides of a pair always get the
same one. Templates whose naming words are equal are one thing (two layouts
alive during a migration); templates that only share a last name are two, and
both get longer names.
"""

from collections.abc import Iterable, Mapping

from driftline.inventory.layout.places import separate_places
from driftline.inventory.layout.templates import Template, core_of, kind_of_word
from driftline.inventory.layout.vocabulary import SHARED, STRUCTURE
from driftline.inventory.layout.words import tokens_of

# Which of several nameless files of one folder has the folder's name for itself.
_FIRST = (
    "values",
    "kustomization",
    "main",
    "docker-compose",
    "compose",
    "config",
    "application",
    "settings",
    "env",
    "",
)
# Files that always speak for their folder, even among files that name services.
_OF_FOLDER = frozenset({"", "kustomization", "values", "main", "terraform", "helmfile"})
_UNIT_HOLDERS = frozenset({"overlays", "overlay", "kustomize", "kustomization"})


def assign(templates: Iterable[Template], fallbacks: Mapping[str, str]) -> None:
    """Give every template its role; `fallbacks` names the nameless of each base."""
    listed = sorted(templates, key=lambda template: template.key)
    units = _unit_folders(listed)
    heads = _shared_heads(listed)
    named = {template.folder for template in listed if template.core}
    mains = {t.folder for t in listed if t.stem.lower() in _OF_FOLDER}
    groups: dict[str, list[Template]] = {}
    for template in listed:
        beside = template.secret and not part_of(template) and template.folder in mains
        short = "" if beside and not template.context else short_role(template, units, heads)
        template.role = short or (
            template.stem
            if _names_itself(template) and not beside and template.folder in named
            else fallback(template, fallbacks)
        )
        groups.setdefault(template.role.lower(), []).append(template)
    for group in groups.values():
        if len(group) > 1:
            _separate(group)


def short_role(
    template: Template,
    units: Mapping[tuple[str, tuple[str, ...]], bool],
    heads: set[tuple[str, tuple[str, ...], str]],
) -> str:
    """The shortest natural name of a template, not yet unique; empty if nothing names it."""
    core = template.core
    if core and not template.carried:
        head, _ = core_of(template.stem, drop_kinds=True)
        if head and (*template.folder, head) in heads:
            core = head
            template.is_part = True
    in_unit = units.get(_unit_of(template.folder, units))
    if not template.carried and in_unit is not None and (template.proper or in_unit):
        core = ""
        template.is_part = True
    if core:
        return core
    if template.proper:
        return template.proper[-1]
    if template.context:
        return template.context[-1]
    if template.stem and not template.is_part:
        if not part_of(template):
            return "secrets" if template.secret else template.stem
        if template.stem.lower() in SHARED:
            return template.stem
    return ""


def _names_itself(template: Template) -> bool:
    """Whether a generic name may be a service's, because its neighbours' names are."""
    return not template.is_part and template.stem.lower() not in _OF_FOLDER


_TERRAFORM = frozenset({"terraform", "tofu", "opentofu"})


def fallback(template: Template, fallbacks: Mapping[str, str]) -> str:
    """The name of a template that names nothing: its repository, else a folder, else `config`.

    Terraform's files take its own folder first, which says what they are
    however the repository was cloned.
    """
    own = [word for word in template.hard if word.lower() in _TERRAFORM]
    if template.form in {".tf", ".tfvars"} and own:
        return own[-1]
    named = fallbacks.get(template.base, "")
    return named or (template.hard[-1] if template.hard else "config")


def _unit_folders(templates: Iterable[Template]) -> dict[tuple[str, tuple[str, ...]], bool]:
    """Folders whose files are parts of one thing; the value says that even nameless ones are."""
    units: dict[tuple[str, tuple[str, ...]], bool] = {}
    for template in templates:
        is_kustomization = template.stem.lower() == "kustomization"
        if is_kustomization or template.form == ".tf":
            words = {word.lower() for word in template.key[1]}
            overlay = template.form == ".tf" or bool(words & _UNIT_HOLDERS)
            units[template.folder] = units.get(template.folder, False) or overlay
    return units


def _unit_of(
    folder: tuple[str, tuple[str, ...]], units: Mapping[tuple[str, tuple[str, ...]], bool]
) -> tuple[str, tuple[str, ...]]:
    base, words = folder
    while (base, words) not in units and words and words[-1].lower() in STRUCTURE | {"patches"}:
        words = words[:-1]
    return base, words


def _shared_heads(templates: Iterable[Template]) -> set[tuple[str, tuple[str, ...], str]]:
    """Names that several manifests of one folder begin with: `api` of `api-service`, `api-hpa`."""
    counted: dict[tuple[str, tuple[str, ...], str], int] = {}
    for template in templates:
        if template.form in {".yaml", ".json"}:
            head, _ = core_of(template.stem, drop_kinds=True)
            if head:
                place = (*template.folder, head)
                counted[place] = counted.get(place, 0) + 1
    return {place for place, count in counted.items() if count > 1}


def _separate(group: list[Template]) -> None:
    """Make different things of one short name differ."""
    contexts: dict[tuple[str, tuple[str, ...]], list[Template]] = {}
    for template in group:
        contexts.setdefault((template.base, _context(template)), []).append(template)
    if len(contexts) > 1:
        longer = _longer(contexts)
        for place, members in contexts.items():
            for template in members:
                template.role = longer[place]
    for members in contexts.values():
        _separate_parts(members)


def _longer(
    contexts: Mapping[tuple[str, tuple[str, ...]], list[Template]],
) -> dict[tuple[str, tuple[str, ...]], str]:
    """A name for each context: with naming folders only, if they suffice, else with all.

    `teams/payments/services/ledger` is `payments/ledger` where that is enough;
    only `apps` tells `apps/redis` from `infrastructure/redis`.
    """
    for keep in (("name",), ("name", "container")):
        names = {}
        for place, members in contexts.items():
            words = [word for word in place[1] if kind_of_word(word) in keep]
            names[place] = "/".join((*words, members[0].role))
        if len({name.lower() for name in names.values()}) == len(names):
            return names
    counted: dict[str, int] = {}
    for name in names.values():
        counted[name.lower()] = counted.get(name.lower(), 0) + 1
    # What is left differs in its repository only.
    return {
        place: name
        if counted[name.lower()] == 1 or place[0] in {"", name}
        else f"{place[0]}/{name}"
        for place, name in names.items()
    }


def _context(template: Template) -> tuple[str, ...]:
    """The naming folders before the role itself."""
    words = template.context
    lowered = [word.lower() for word in words]
    role = template.role.lower()
    if role in lowered:
        return words[: len(lowered) - 1 - lowered[::-1].index(role)]
    return words


def _separate_parts(members: list[Template]) -> None:
    """Nameless files of one folder are one thing only if their own keys tell them apart."""
    families: dict[str, list[Template]] = {}
    for template in members:
        families.setdefault(template.family, []).append(template)
    first_family = min(families, key=lambda family: (family != "", family))
    for family, held in families.items():
        if family != first_family:
            for template in held:
                nameless = not template.core and not template.context
                own = family or template.form.lstrip(".")
                template.role = own if nameless else f"{template.role}/{own}"
        plain = [template for template in held if not template.is_keyed]
        separate_places(
            [template for template in plain if not template.core and not template.context]
        )
        by_role: dict[str, list[Template]] = {}
        for template in plain:
            by_role.setdefault(template.role, []).append(template)
        for part in by_role.values():
            _name_parts(part)


def _name_parts(plain: list[Template]) -> None:
    parts: dict[tuple[str, str], list[Template]] = {}
    for template in plain:
        parts.setdefault((part_of(template), template.form), []).append(template)
    secret = [part for part, held in parts.items() if not part[0] and held[0].secret]
    if secret and len(parts) > len(secret):
        # Secrets beside values are a higher layer of the same thing.
        for part in secret:
            del parts[part]
    if len(parts) < 2:
        return
    first = min(parts, key=_order)
    for part, held in parts.items():
        if part == first or _is_other_form(parts[first], held):
            continue
        suffix = part[0] if part[0] != first[0] and part[0] else part[1].lstrip(".") or "file"
        for template in held:
            template.role = f"{template.role}/{suffix}"


def _is_other_form(folder: list[Template], file: list[Template]) -> bool:
    """Whether a file in one environment is what a folder is in others: `jobs`, `jobs/values`.

    Half-way through a move each environment has one of the two, and one of them
    once had the other. Where one has both, they are two things.
    """
    name = file[0].role.rpartition("/")[2].lower()
    return (
        folder[0].form == file[0].form
        and folder[0].stem.lower() in _OF_FOLDER - {""}
        and file[0].stem.lower() in {"", name}
        and not _homes(folder, alive=True) & _homes(file, alive=True)
        and bool(_homes(folder) & _homes(file))
    )


def _homes(templates: Iterable[Template], *, alive: bool = False) -> set[str]:
    """The environments in which files of these templates were, or are."""
    return {
        f"{spot.environment}/{spot.detail}"
        for template in templates
        for spot in template.spots
        if spot.entry.card.alive or not alive
    }


def part_of(template: Template) -> str:
    """What distinguishes a plain file from others of its role; secrets and overrides do not."""
    drop = {"secret", "secrets", "sops", "enc", "encrypted", "override", "overrides", "auto"}
    tokens = [token for token in tokens_of(template.stem) if token not in drop]
    if not tokens and (template.secret or template.override):
        return ""
    return "-".join(token for token in tokens if token not in SHARED) or "-".join(tokens)


def _order(part: tuple[str, str]) -> tuple[int, int, str, str]:
    name, form = part
    rank = _FIRST.index(name) if name in _FIRST else len(_FIRST)
    return rank, form != ".yaml", name, form
