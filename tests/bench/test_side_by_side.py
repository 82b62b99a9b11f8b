from pathlib import Path

import pytest

from bench import side_by_side
from bench.tree_floor import parse_all, parse_unequal


@pytest.fixture
def trees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, set[tuple[str, str]]]:
    """Small trees with the same kinds of edits, and what has to be found."""
    monkeypatch.setattr(side_by_side, "MANIFESTS", 40)
    monkeypatch.setattr(side_by_side, "EDITS", 8)
    monkeypatch.setattr(side_by_side, "COSMETIC", 16)
    return tmp_path, side_by_side.write_trees(tmp_path)


def test_the_answer_is_exact(trees: tuple[Path, set[tuple[str, str]]]) -> None:
    """Every real edit is found, and no other way of writing is taken for one."""
    folder, expected = trees

    assert 8 == len(expected)
    assert expected == side_by_side.found(folder)


def test_the_floors_do_what_they_say(trees: tuple[Path, set[tuple[str, str]]]) -> None:
    """One floor parses every file of both trees, the other only what is not equal."""
    folder, _ = trees

    assert 80 == parse_all(folder / "a", folder / "b")
    assert 48 == parse_unequal(folder / "a", folder / "b")
