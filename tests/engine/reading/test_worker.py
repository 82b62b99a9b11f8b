"""A worker's frames say the same as reading here."""

import io
import pickle
from pathlib import Path

import msgspec

from driftline.engine.reading.file_histories import FileChanges, Version
from driftline.engine.reading.shares import Share
from driftline.engine.reading.worker import LENGTH, Assignment, changes, frames, main
from driftline.sources.git import collect
from driftline.sources.git.chain import first_parent_chain, steps
from driftline.sources.git.log import commits
from tests.engine.observing import LineReader, is_configuration
from tests.sources.git.building import Building


def _assignment(folder: Path) -> Assignment:
    building = Building(folder)
    for number in range(5):
        building.commit({"a.yaml": f"x: {number}\n", "b.yaml": f"y: {number // 2}\n"})
    repository = collect.open_repository(building.folder)
    tip = building.tip() or ""
    log = collect.log(repository, tip)
    found = {commit.ref: commit for commit in commits(log, lambda path, _: is_configuration(path))}
    versions = tuple(
        Version(step.look.position, file)
        for step in steps(found, first_parent_chain(found, tip), position=0, not_before=None)
        for file in step.files
    )
    return Assignment(repository, Share(versions, {}), {})


def test_what_leaves_is_what_was_found(tmp_path: Path) -> None:
    """An assignment read from one stream is answered on the other, frame by frame."""
    assignment = _assignment(tmp_path / "r")
    given = io.BytesIO(
        pickle.dumps((LineReader, is_configuration)) + msgspec.msgpack.encode(assignment)
    )
    answer = io.BytesIO()

    main(given, answer)

    answer.seek(0)
    arrived: list[FileChanges] = []
    while length := LENGTH.unpack(answer.read(LENGTH.size))[0]:
        arrived += msgspec.msgpack.decode(answer.read(length), type=list[FileChanges])
    assert arrived == list(changes(assignment, LineReader, is_configuration))
    assert 8 == len(arrived)


def test_frames_end_with_an_empty_one() -> None:
    """Nothing to say is one empty frame."""
    assert [LENGTH.pack(0)] == list(frames([]))
