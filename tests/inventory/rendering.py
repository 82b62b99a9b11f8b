"""Case folders of kustomize, read as driftline reads a repository."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from driftline.inventory.kustomizations.kustomize import Build, Tree, build
from driftline.inventory.layers.material import Material
from driftline.model.document import DocumentKind, Reading
from driftline.sources.formats.reader import Reader
from driftline.sources.redaction import Redactor
from tests.inventory.building import fact_steps

CASES = Path(__file__).parent / "kustomize_cases"
RENDERED = "rendered.yaml"


def read(path: str, data: bytes) -> Reading:
    """The documents of a file."""
    return Reader(Redactor(b"k" * 32, "test")).read(path, data)


def materials_of(files: Mapping[str, bytes]) -> list[Material]:
    """The documents of a tree of files that never changed."""
    made = []
    for path, data in files.items():
        for document in read(path, data).documents:
            steps = [(0, document.leaves())]
            made.append(living(path, document.key, document.kind, steps))
    return made


def living(
    path: str, key: str, kind: DocumentKind, versions: Sequence[tuple[int, Mapping[str, str]]]
) -> Material:
    """A document with these versions of its facts."""
    return Material(0, 0, path, key, kind, tuple(fact_steps(versions)), versions[0][0], None)


def built(folder: Path) -> Build:
    """What driftline makes of a case, together with the bases that cases share."""
    files = {
        path.relative_to(CASES).as_posix(): path.read_bytes()
        for top in (CASES / "bases", folder)
        for path in sorted(top.rglob("*"))
        if path.is_file() and path.name != RENDERED
    }
    tree = Tree(materials_of(files))
    return build(tree, tree.kustomizations[folder.name])


def rendered(folder: Path) -> dict[str, dict[str, str]]:
    """What kustomize made of a case: the facts of each object, by kind and name."""
    reading = read(RENDERED, (folder / RENDERED).read_bytes())
    return {name(facts): facts for facts in (one.leaves() for one in reading.documents)}


def name(facts: Mapping[str, str]) -> str:
    """Kind and name of an object."""
    return f"{facts['/kind'][1:-1]}/{facts['/metadata/name'][1:-1]}"
