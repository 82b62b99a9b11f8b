"""Every YAML file of the recorded histories reads like the plain reading reads it."""

import itertools
import subprocess
from pathlib import Path

import pytest
import yaml

from driftline.sources.formats.encoding import text_of
from driftline.sources.formats.limits import Unreadable
from tests.sources.formats import reference_reading
from tests.sources.formats.reading_cases import new_reader

# Every so many versions of the largest history; a slow run reads them all.
STRIDES = {"flux2-kustomize-helm-example": 1, "wbaas-deploy": 12, "mybinder.org-deploy": 25}


def versions(data: Path, name: str, folder: Path) -> list[tuple[str, bytes]]:
    """Path and content of the distinct YAML files of a recorded history, oldest first."""
    run = subprocess.run
    repository = folder / name
    bundle = data / "gitops" / f"{name}.bundle"
    run(["git", "clone", "--quiet", "--bare", bundle, repository], check=True)
    git = ("git", "-C", str(repository))
    log = [*git, "log", "--reverse", "--raw", "-z", "--no-abbrev", "--no-renames", "--format="]
    fields = run(log, capture_output=True, check=True).stdout.decode().split("\0")
    found: dict[str, str] = {}
    for head, path in itertools.pairwise(fields):
        if head.lstrip("\n").startswith(":") and path.endswith((".yaml", ".yml")):
            found.setdefault(head.split()[3], path)
    found.pop("0" * 40, None)
    batch = [*git, "cat-file", "--batch"]
    out = run(batch, input="\n".join(found).encode(), capture_output=True, check=True).stdout
    contents = []
    at = 0
    for path in found.values():
        end = out.index(b"\n", at)
        size = int(out[at:end].split()[2])
        contents.append((path, out[end + 1 : end + 1 + size]))
        at = end + size + 2
    return contents


def compare(files: list[tuple[str, bytes]]) -> int:
    """Read every file both ways; how many could be read."""
    reader = new_reader()
    read = 0
    for path, content in files:
        reading = reader.read(path, content)
        try:
            expected = reference_reading.documents(text_of(content))
        except (yaml.YAMLError, reference_reading.Unsupported, Unreadable):
            assert reading.gap is not None, path
            continue
        assert reading.gap is None, path
        found = [(document.key, document.leaves()) for document in reading.documents]
        assert expected == found, path
        read += 1
    return read


@pytest.mark.data
@pytest.mark.parametrize("name", STRIDES)
def test_recorded_histories(data: Path, name: str, tmp_path: Path) -> None:
    """Runs of successive versions, spread over the history, are read alike."""
    files = versions(data, name, tmp_path)
    stride = STRIDES[name] * 4
    chosen = [file for at in range(0, len(files), stride) for file in files[at : at + 4]]

    assert compare(chosen) > 50


@pytest.mark.data
@pytest.mark.slow
@pytest.mark.parametrize("name", STRIDES)
def test_recorded_histories_whole(data: Path, name: str, tmp_path: Path) -> None:
    """Every version of every file is read alike."""
    assert compare(versions(data, name, tmp_path)) > 50
