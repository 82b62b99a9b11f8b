"""Two kinds of import contract that read like the table in DESIGN.

import-linter's own kinds list what is forbidden and fail when a package does
not exist yet. Ours say what a package may import, and where a library may be
used, so a new package is fenced in before its first line is written.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from importlinter import Contract, ContractCheck, fields, output

if TYPE_CHECKING:
    from grimp import ImportGraph

ROOT = "driftline"


def within(module: str, packages: Iterable[str]) -> bool:
    """Whether the module is one of the packages or lies inside one.

    >>> [within(name, ["driftline.model"]) for name in ("driftline.model.look", "driftline.models")]
    [True, False]
    """
    return any(module == package or module.startswith(package + ".") for package in packages)


def direct_imports(graph: "ImportGraph", package: str) -> Iterator[tuple[str, str]]:
    """Importer and imported, for every import that stands in the package's own lines."""
    for importer in sorted(graph.modules):
        if within(importer, [package]):
            for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                yield importer, imported


class _LineByLine(Contract):
    """A contract whose breaches are single import lines."""

    def breaches(self, graph: "ImportGraph") -> Iterator[tuple[str, str]]:
        """Importer and imported of every import that breaks the contract."""
        raise NotImplementedError

    def check(self, graph: "ImportGraph", verbose: bool) -> ContractCheck:  # noqa: ARG002, FBT001 - their signature
        lines = []
        for importer, imported in self.breaches(graph):
            found = graph.get_import_details(importer=importer, imported=imported)
            lines += [
                f"{importer}:{detail['line_number']}: {detail['line_contents']}" for detail in found
            ]
        return ContractCheck(kept=not lines, metadata={"lines": lines})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for line in check.metadata["lines"]:
            output.print_error(line)


class MayImport(_LineByLine):
    """Of our own modules, the package imports nothing but these.

    Its own modules, the errors and the root package (which holds nothing but
    the version) may always be imported.
    """

    package: Any = fields.StringField()
    may: Any = fields.SetField(subfield=fields.StringField(), required=False)

    def breaches(self, graph: "ImportGraph") -> Iterator[tuple[str, str]]:
        """Importer and imported of every import that breaks the contract."""
        allowed = {self.package, f"{ROOT}.errors", *(self.may or ())}
        for importer, imported in direct_imports(graph, self.package):
            ours = within(imported, [ROOT])
            if ours and imported != ROOT and not within(imported, allowed):
                yield importer, imported


class OnlyIn(_LineByLine):
    """The libraries are imported in these modules and nowhere else.

    A place may hold wildcards: `*` is one name, `**` any number.
    """

    libraries: Any = fields.SetField(subfield=fields.StringField())
    places: Any = fields.SetField(subfield=fields.StringField())

    def breaches(self, graph: "ImportGraph") -> Iterator[tuple[str, str]]:
        """Importer and imported of every import that breaks the contract."""
        places: set[str] = set()
        for place in self.places:
            places |= graph.find_matching_modules(place) if "*" in place else {place}
        for importer, imported in direct_imports(graph, ROOT):
            if within(imported, self.libraries) and not within(importer, places):
                yield importer, imported


class Without(_LineByLine):
    """The packages import none of these libraries."""

    packages: Any = fields.SetField(subfield=fields.StringField())
    libraries: Any = fields.SetField(subfield=fields.StringField())

    def breaches(self, graph: "ImportGraph") -> Iterator[tuple[str, str]]:
        """Importer and imported of every import that breaks the contract."""
        for package in sorted(self.packages):
            for importer, imported in direct_imports(graph, package):
                if within(imported, self.libraries):
                    yield importer, imported
