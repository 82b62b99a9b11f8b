"""Versions of files become changes, each parsed once."""

from collections.abc import Iterator

from driftline.engine.reading.file_histories import (
    FileChanges,
    Histories,
    Known,
    Version,
    blob_names,
)
from driftline.inventory.canonical import NOTHING
from driftline.model.document import Reading
from driftline.sources.git.blobs.collect import Blob
from driftline.sources.git.chain import FileStep, InnerEdit
from tests.engine.observing import LineReader, is_configuration


class CountingReader(LineReader):
    """Remembers what it read."""

    def __init__(self) -> None:
        self.read_texts: list[str] = []

    def read(self, path: str, data: bytes) -> Reading:
        """The documents, as of `LineReader`."""
        self.read_texts.append(data.decode())
        return super().read(path, data)


def _version(position: int, text: str | None, **more: object) -> Version:
    """A version whose blob is called as its text."""
    mode = "" if text is None else "100644"
    return Version(position, FileStep("a.yaml", text, mode, 0, **more))  # type: ignore[arg-type]


def _run(versions: list[Version], reader: LineReader | None = None) -> list[FileChanges]:
    histories = Histories(reader or LineReader(), is_configuration, {})
    return list(histories.changes(versions, _blobs(versions)))


def _blobs(versions: list[Version]) -> Iterator[Blob]:
    for version in versions:
        for name in blob_names(version.step):
            yield Blob(name, name.encode())


def test_each_version_is_parsed_once() -> None:
    """Going back to the version before the last needs no second parsing."""
    reader = CountingReader()

    changes = _run(
        [_version(n, text) for n, text in enumerate(("x: 1", "x: 2", "x: 1", "x: 2"))], reader
    )

    assert ["x: 1", "x: 2"] == reader.read_texts
    assert ["1", "2", "1", "2"] == [
        str(change.resources[0].facts[0].after).strip('"') for change in changes
    ]


def test_a_version_that_changes_no_fact_is_silent() -> None:
    """A version with other text and equal facts is no change."""
    assert 1 == len(_run([_version(0, "x: 1"), _version(1, "# why\nx: 1")]))


def test_a_merge_that_only_merges_is_not_parsed_twice() -> None:
    """Where the lines show that the merger wrote nothing, the versions between stay unread."""
    reader = CountingReader()
    inner = (InnerEdit(7, "x: 1\ny: 1", "x: 2\ny: 1"),)
    versions = [
        _version(0, "x: 1\ny: 1\nz: 3"),
        _version(1, "x: 2\ny: 1\nz: 3", inner=inner, one_author=True, before="x: 1\ny: 1\nz: 3"),
    ]

    changes = _run(versions, reader)

    assert 2 == len(reader.read_texts)
    assert [7] == [resource.act for resource in changes[1].resources]


def test_a_merger_who_wrote_a_line_is_found_out() -> None:
    """A line that the inner author did not write is looked into and put down to the merge."""
    inner = (InnerEdit(7, "x: 1\ny: 1", "x: 2\ny: 1"),)
    versions = [
        _version(0, "x: 1\ny: 1"),
        _version(1, "x: 2\ny: 6", inner=inner, one_author=True, before="x: 1\ny: 1"),
    ]

    (change,) = _run(versions)[1].resources

    acts = {f.address: change.act if f.act is None else f.act for f in change.facts}
    assert {"/x": 7, "/y": 0} == acts


def test_what_is_known_after_a_cut() -> None:
    """What is known before a stretch is learnt from the last version that could be read."""
    cases = {
        ("x: 1", "x: 2"): ("x: 2", None),
        ("x: 1", "broken"): ("x: 1", "a.yaml is broken"),
        ("x: 1", "broken 1", "broken 2"): ("x: 1", "a.yaml is broken"),
        ("x: 1", None): (None, None),
        ("x: 1", None, "broken"): (None, "a.yaml is broken"),
        ("broken",): (None, "a.yaml is broken"),
    }
    for texts, (text, gap) in cases.items():
        versions = [_version(number, one) for number, one in enumerate(texts)]
        histories = Histories(LineReader(), is_configuration, {})
        histories.recall("a.yaml", versions, lambda version: _blobs([version]))
        expected = NOTHING if text is None else LineReader().read("a.yaml", text.encode())

        known = histories.known("a.yaml")
        assert (expected.documents, gap) == (known.reading.documents, known.gap), texts


def test_knowledge_from_before_counts() -> None:
    """A file known from the store is compared with what the store knows."""
    already = {"a.yaml": Known(LineReader().read("a.yaml", b"x: 1"), "was broken")}
    histories = Histories(LineReader(), is_configuration, already)
    versions = [_version(5, "x: 2")]

    (change,) = histories.changes(versions, _blobs(versions))

    assert change.gap is not None
    assert ('"1"', None) == (change.resources[0].facts[0].before, change.gap.reason)
