"""Recorded repositories, read with everything: what is stored is what the files say."""

from functools import partial
from pathlib import Path

import pytest

from driftline.engine.reading.observe import observe
from driftline.sources.formats.catalogue import classify
from driftline.sources.formats.contract import FormatReader
from driftline.sources.formats.reader import Reader
from driftline.sources.git import collect
from driftline.sources.git.blobs.collect import blobs
from driftline.sources.redaction import Redactor
from tests.engine.observing import opened
from tests.sources.git.building import git

# bundle, looks of its first-parent chain
BUNDLES = (
    ("flux2-kustomize-helm-example", 31),
    ("wbaas-deploy", 910),
    pytest.param("mybinder.org-deploy", 2_176, marks=pytest.mark.slow),
)


def make_reader(key: bytes) -> FormatReader:
    """A reader of every format."""
    return Reader(Redactor(key, "test"))


@pytest.mark.data
@pytest.mark.parametrize(("name", "looks"), BUNDLES)
def test_the_last_state_is_what_the_files_say(
    data: Path, tmp_path: Path, name: str, looks: int
) -> None:
    """Each readable file at HEAD says, read alone, what the store says of it."""
    git(tmp_path, "clone", "--quiet", "--bare", str(data / "gitops" / f"{name}.bundle"), "r")
    store = opened(tmp_path)
    seen = observe(store, tmp_path / "r", partial(make_reader, bytes(32)), known_at=0)
    repository = collect.open_repository(tmp_path / "r")
    reader = make_reader(bytes(32))
    here = [
        (path, blob)
        for path, mode, blob in collect.files(repository, seen.head)
        if classify(path) is not None and mode != "120000"
    ]
    expected, unread = {}, set()
    for (path, _), blob in zip(here, blobs(repository, [blob for _, blob in here]), strict=True):
        reading = reader.read(path, blob.data or b"")
        if reading.gap is not None:
            unread.add(path)
        for document in reading.documents:
            expected[(path, document.key)] = document.leaves()

    resources = {one.id: one for one in store.resources(seen.source)}
    state = store.state(resources, None)
    actual = {
        (resources[one].file, resources[one].key): facts
        for one, facts in state.items()
        if resources[one].file not in unread
    }
    assert {key: facts for key, facts in expected.items() if key[0] not in unread} == actual
    assert unread == {gap.file for gap in store.gaps(seen.source) if gap.to_position is None}
    assert looks == seen.looks


@pytest.mark.data
def test_mergers_who_wrote_nothing(data: Path, tmp_path: Path) -> None:
    """In most merges of a real history the merger wrote nothing, and is the approver."""
    name = "mybinder.org-deploy"
    git(tmp_path, "clone", "--quiet", "--bare", str(data / "gitops" / f"{name}.bundle"), "r")
    log = git(tmp_path / "r", "log", "--first-parent", "--merges", "--format=%H %an", "HEAD")
    merges = dict(line.split(" ", 1) for line in log.splitlines())
    store = opened(tmp_path)
    seen = observe(
        store,
        tmp_path / "r",
        partial(make_reader, bytes(32)),
        known_at=0,
        is_configuration=lambda path: path.endswith("Chart.yaml"),
    )
    approved = [
        look
        for look in store.looks(seen.source)
        if look.ref in merges and look.approver and look.approver.name == merges[look.ref]
    ]

    assert (2_176, 1_980) == (seen.looks, len(merges))
    assert 56 == round(100 * len(approved) / len(merges))
