"""Which files are configuration, and in which format, by name alone.

The first row that matches decides, so what is surely no configuration stands
first. A name without an extension may be anything: its content decides.
"""

import enum
import functools
import re

from driftline.model.document import DocumentKind


class Format(enum.StrEnum):
    """A notation that we can read, or know that we cannot."""

    YAML = "yaml"
    JSON = "json"
    TOML = "toml"
    ENV = "env"
    PROPERTIES = "properties"
    INI = "ini"
    HCL = "hcl"
    TEMPLATE = "template"  # text of a format with holes in it
    UNKNOWN = "unknown"  # no extension: the content decides


# Pattern of the base name in lower case -> format; None: not configuration.
NAMES: tuple[tuple[str, Format | None], ...] = (
    # Our own settings and decisions say nothing about what is configured.
    (r"driftline\.toml|driftline-ledger\.yaml|\.driftignore", None),
    # Lock files of package managers say what was resolved, not what was meant.
    (r"(package-lock|npm-shrinkwrap|composer\.lock|packages\.lock|project\.assets)\.json", None),
    (r"pnpm-lock\.ya?ml|conda-lock\.ya?ml|pubspec\.lock|chart\.lock|requirements\.lock", None),
    (r"\.terraform\.lock\.hcl", Format.HCL),  # but this one pins provider versions
    (r".*\.lock(\.json|\.ya?ml|\.toml|\.hcl)?|uv\.lock|go\.(sum|mod|work)|.*\.sum", None),
    (r"\.?(git|docker|npm|helm|eslint|prettier|gcloud|hg|fossa|bzr)ignore|\.gitattributes", None),
    (r"\.gitkeep|\.keep|\.gitmodules|\.mailmap|\.envrc|\.tool-versions|\.python-version", None),
    (r"(licen[cs]e|readme|changelog|changes|contributing|notice|authors|maintainers)(\..*)?", None),
    (r"(copying|codeowners|owners(_aliases)?|security_contacts|patents|version|news|todo)", None),
    (
        r"(gnu|b)?makefile(\..*)?|justfile|(docker|container|jenkins|vagrant|gem|proc|cap)file(\..*)?",
        None,
    ),
    (r"(brew|rake|pip|tilt|earth|snap|pod|fast|just|task)file|build|workspace|module", None),
    (r".*\.dockerfile|dockerfile-.*|gradlew|mvnw|configure|install|entrypoint|bootstrap|run", None),
    # Templates: the part before the last extension says of what, and it matters not.
    (r".*\.(gotmpl|tpl|tmpl|tftpl|j2|jinja2?|erb|mustache|hbs|ctmpl|epp|ejs|njk)", Format.TEMPLATE),
    (r"\.env(\..+)?|.+\.env(\.(example|sample|template|dist|local))?|\.flaskenv", Format.ENV),
    (r".*\.ya?ml", Format.YAML),
    (r"kustomization", Format.YAML),
    (r".*\.(json|tfstate\.json|webmanifest)", Format.JSON),
    (r".*\.toml", Format.TOML),
    (r".*\.(tf|tfvars|hcl|nomad|pkrvars)", Format.HCL),
    (r".*\.properties", Format.PROPERTIES),
    (r".*\.(ini|cfg|conf|cnf)|\.editorconfig|\.npmrc|\.pylintrc|\.flake8|\.coveragerc", Format.INI),
    (r".*\.(service|timer|socket|mount|automount|path|network|netdev|slice|target)", Format.INI),
    (r"\.[^.]+|[^.]+", Format.UNKNOWN),
)

# Names that tools prescribe -> what the file is, before its content is seen.
KINDS: tuple[tuple[str, DocumentKind], ...] = (
    (r"kustomization(\.ya?ml)?", DocumentKind.KUSTOMIZATION),
    (r"chart\.ya?ml", DocumentKind.CHART),
    (r"requirements\.ya?ml", DocumentKind.CHART),
    (r"(docker-)?compose([.-].*)?\.ya?ml", DocumentKind.COMPOSE),
    (r"helmfile([.-].*)?\.ya?ml", DocumentKind.HELMFILE),
    (r".*\.(tfvars|pkrvars)(\.json)?|.*\.pkrvars\.hcl", DocumentKind.TFVARS),
    (r".*\.tf(\.json)?|\.terraform\.lock\.hcl", DocumentKind.TERRAFORM),
)

# All rows as one pattern, in their order; the row that matched tells the format.
_NAMES = re.compile("|".join(f"(?P<row{row}>{one})" for row, (one, _) in enumerate(NAMES)))
_KINDS = tuple((re.compile(pattern), kind) for pattern, kind in KINDS)


def classify(path: str) -> Format | None:
    """The format that a path promises; None for what is not configuration.

    >>> classify("k8s/production/api.values.yaml"), classify("README.md")
    (<Format.YAML: 'yaml'>, None)
    """
    return _by_name(path.rpartition("/")[2])


@functools.lru_cache(maxsize=65536)
def _by_name(name: str) -> Format | None:
    # The outermost group that matched is closed last, whatever groups are inside.
    found = _NAMES.fullmatch(name.lower())
    return NAMES[int(found.lastgroup[3:])][1] if found and found.lastgroup else None


def expected_kind(path: str) -> DocumentKind:
    """The kind of document that a path promises, PLAIN where it promises none."""
    folders, _, name = path.lower().rpartition("/")
    if folders.rpartition("/")[2] == "helmfile.d" and name.endswith((".yaml", ".yml")):
        return DocumentKind.HELMFILE
    for pattern, kind in _KINDS:
        if pattern.fullmatch(name):
            return kind
    return DocumentKind.PLAIN


def in_templates(path: str) -> bool:
    """Whether the path lies in a folder of templates, as charts have one."""
    return "/templates/" in "/" + path
