"""What the generators of an Argo CD ApplicationSet put into its template, as far as files tell.

Lists and folders of the repository are known from what is declared; clusters
that Argo CD itself knows, pull requests and the like are not, and give nothing.
"""

import fnmatch
import itertools
import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence

from driftline.inventory.layers.material import text_of
from driftline.model import address as addresses

_LIST = re.compile(r"(/spec/generators/.+)/list/elements/([^/]+)/(.+)")
_FOLDER = re.compile(r"(/spec/generators/.+)/git/directories/[^/]+/path")
_BLANK = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}")
_INDEX = re.compile(r"index\s+\.?path\.segments\s+([0-9]+)")
_SETS_MAX = 400


def parameter_sets(facts: Mapping[str, str], folders: Sequence[str]) -> list[dict[str, str]]:
    """Every set of parameters that the generators of an ApplicationSet give, one per Application.

    `folders` are those of the repository. Generators of a matrix are combined.
    """
    generated: dict[str, list[dict[str, str]]] = {}
    elements: dict[tuple[str, str], dict[str, str]] = {}
    for address, value in facts.items():
        if found := _LIST.fullmatch(address):
            name = ".".join(addresses.unescape(one) for one in found[3].split("/"))
            elements.setdefault((found[1], found[2]), {})[name] = text_of(value)
        elif found := _FOLDER.fullmatch(address):
            pattern = text_of(value).strip("/")
            generated.setdefault(found[1], []).extend(
                _of_folder(one) for one in folders if _matches(one, pattern)
            )
    for (generator, _), one in elements.items():
        generated.setdefault(generator, []).append(one)
    matrices: dict[str, list[list[dict[str, str]]]] = {}
    plain: list[dict[str, str]] = []
    for generator, several in generated.items():
        above, is_matrix, _ = generator.partition("/matrix/generators/")
        if is_matrix:
            matrices.setdefault(above, []).append(several)
        else:
            plain += several
    for several_generators in matrices.values():
        product = itertools.islice(itertools.product(*several_generators), _SETS_MAX)
        plain += [{key: text for one in row for key, text in one.items()} for row in product]
    return plain[:_SETS_MAX]


def filled(template: str, parameters: Mapping[str, str]) -> str:
    """The template with its blanks filled in; empty where one cannot be.

    >>> filled("shop-{{ .env }}", {"env": "qa"}), filled("{{other}}", {"env": "qa"})
    ('shop-qa', '')
    """
    missing = False

    def fill(match: re.Match[str]) -> str:
        nonlocal missing
        name = match[1]
        if index := _INDEX.fullmatch(name):
            name = f"path[{index[1]}]"
        value = parameters.get(name.removeprefix("."))
        missing = missing or value is None
        return value or ""

    text = _BLANK.sub(fill, template)
    return "" if missing else text


def folders_of(paths: Iterable[str]) -> list[str]:
    """Every folder above the given files, each once, in order."""
    found: set[str] = set()
    for path in paths:
        folder = posixpath.dirname(path)
        while folder and folder not in found:
            found.add(folder)
            folder = posixpath.dirname(folder)
    return sorted(found)


def _of_folder(folder: str) -> dict[str, str]:
    parts = folder.split("/")
    found = {f"path[{number}]": part for number, part in enumerate(parts)}
    return found | {"path": folder, "path.path": folder, "path.basename": parts[-1]}


def _matches(folder: str, pattern: str) -> bool:
    """Whether a folder is one that a pattern of directories means; `*` stays within one name."""
    names, wanted = folder.split("/"), pattern.split("/")
    if "**" in wanted:
        return fnmatch.fnmatchcase(folder, pattern)
    return len(names) == len(wanted) and all(map(fnmatch.fnmatchcase, names, wanted))
