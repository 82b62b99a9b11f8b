"""A row points at the side that the change moved, and at the line on which it says so."""

from pathlib import Path

import msgspec

from driftline.engine.checking.places import Places
from driftline.model.answers.check import Forgotten
from driftline.sources.git import collect
from tests.engine.pull_requests import NAMES, check, file_of, proposed, says, shop


def test_rows_point_at_the_side_that_moved(tmp_path: Path) -> None:
    """The file and line are those of head, also where the value is gone."""
    built = shop(tmp_path / "shop")
    less = says("production").replace("log: info\n", "")
    proposed(built, {file_of("production"): less})
    (row,) = (row for row in check(built, tmp_path).opened if row.left == "staging")
    head = collect.open_repository(built.folder)
    places = Places(head, built.tip("feature") or "")
    turned = msgspec.structs.replace(row, moved_by_change="left")

    assert ("right", "unknown") == (row.moved_by_change, row.right_state.value)
    assert (file_of("staging"), 3) == (row.file, row.line)
    assert (file_of("staging"), 3) == (places.row(turned).file, places.row(turned).line)


def test_omissions_point_at_both_places(tmp_path: Path) -> None:
    """Where it moved, and where the other one stands."""
    built = shop(tmp_path / "shop")
    head = proposed(built, {file_of("qa"): says("qa", "2.0")})
    places = Places(collect.open_repository(built.folder), head)
    one = Forgotten("web", "/image/tag", "qa", "staging", "web", "/image/tag", 8, 8, value="2.0")
    told = places.omission(one, file_of("qa"), file_of(NAMES[1]))

    assert (file_of("qa"), 2, file_of("staging"), 2) == (
        told.file,
        told.line,
        told.missing_file,
        told.missing_line,
    )


def test_a_file_that_is_not_there_has_no_lines(tmp_path: Path) -> None:
    """A file of another commit, or one that head removes, is named without a line."""
    built = shop(tmp_path / "shop")
    places = Places(collect.open_repository(built.folder), built.tip() or "")

    assert places.line("gone.yaml", "/a", None, "") is None
