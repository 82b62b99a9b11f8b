"""Laws of comparing things as they come, on any manifests in any layout of files."""

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.engine.beside.answer import compare
from driftline.inventory.counterparts import matched, thing
from driftline.model.address import escape
from driftline.model.document import DocumentKind

LEAVES = st.one_of(
    st.booleans(), st.integers(0, 9), st.text("abc", max_size=3), st.none(), st.just("1000m")
)
KEYS = st.sampled_from(["a", "b/c", "~d", "[e"])
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.dictionaries(KEYS, inner, max_size=3), st.lists(inner, max_size=3)),
    max_leaves=8,
)
NAMES = st.tuples(st.sampled_from(["Service", "Job"]), st.sampled_from(["one", "two", "three"]))
FLEETS = st.dictionaries(NAMES, st.dictionaries(KEYS, TREES, max_size=3), min_size=1, max_size=4)


def manifests(fleet: Mapping[tuple[str, str], Any]) -> list[dict[str, Any]]:
    """A manifest for each entry of a fleet."""
    return [
        {"apiVersion": "v1", "kind": kind, "metadata": {"name": name}, "spec": spec}
        for (kind, name), spec in fleet.items()
    ]


def in_one_file(folder: Path, objects: Sequence[Any]) -> None:
    """All manifests in one YAML file, keys in any order."""
    folder.mkdir()
    text = yaml.dump_all(objects, sort_keys=True, default_flow_style=False)
    (folder / "all.yaml").write_text(text, encoding="utf-8")


def in_many_files(folder: Path, objects: Sequence[Any]) -> None:
    """A JSON file for each manifest, the last one first."""
    for number, one in enumerate(reversed(objects)):
        place = folder / str(number % 2)
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number}.json").write_text(json.dumps(one, indent=1), encoding="utf-8")


@settings(max_examples=40)
@given(FLEETS)
def test_the_layout_of_files_is_no_difference(fleet: dict[tuple[str, str], Any]) -> None:
    """The same objects in other files, in another notation and order, are equal."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        in_one_file(folder / "a", manifests(fleet))
        in_many_files(folder / "b", manifests(fleet))
        answer = compare("./a", "./b", folder)

        assert ((), ()) == (answer.divergences, answer.gaps)
        assert len(fleet) == answer.pair.roles_common


@settings(max_examples=40)
@given(FLEETS, KEYS, st.data())
def test_one_edit_is_one_difference(
    fleet: dict[tuple[str, str], Any], key: str, data: st.DataObject
) -> None:
    """A value that was set is told at its place with its role, and nothing else is."""
    edited = data.draw(st.sampled_from(sorted(fleet)))
    before = fleet | {edited: {**fleet[edited], key: "before"}}
    after = fleet | {edited: {**fleet[edited], key: "after"}}
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        in_one_file(folder / "a", manifests(before))
        in_many_files(folder / "b", manifests(after))
        answer = compare("./a", "./b", folder)

        assert [("/".join(edited), f"/spec/{escape(key)}", "before", "after")] == [
            (row.role, row.path, row.left_value, row.right_value) for row in answer.divergences
        ]


@settings(max_examples=40)
@given(FLEETS, FLEETS)
def test_the_sides_can_be_exchanged(
    one: dict[tuple[str, str], Any], other: dict[tuple[str, str], Any]
) -> None:
    """What is told of left and right is told of right and left the other way round."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        in_one_file(folder / "a", manifests(one))
        in_one_file(folder / "b", manifests(other))
        there, back = compare("./a", "./b", folder), compare("./b", "./a", folder)
        told = [
            (row.role, row.path, json.dumps(row.left_value), json.dumps(row.right_value))
            for row in there.divergences
        ]
        told_back = [
            (row.role, row.path, json.dumps(row.right_value), json.dumps(row.left_value))
            for row in back.divergences
        ]

        assert told == told_back
        assert there.pair.facts_left_only == back.pair.facts_right_only


THINGS = st.lists(
    st.builds(
        lambda file, key, value: thing(file, key, DocumentKind.PLAIN, {"/x": str(value)}),
        st.sampled_from(["a.yaml", "b.yaml", "c/a.yaml"]),
        st.sampled_from(["", "#1", "n", "n#2"]),
        st.integers(0, 2),
    ),
    max_size=6,
)


@given(THINGS, THINGS, st.booleans())
def test_everything_is_matched_once(left: list[Any], right: list[Any], alone: bool) -> None:  # noqa: FBT001
    """Each thing of each side is in exactly one match, whatever is alike."""
    found = matched(left, right, files={}, words=frozenset(), is_one_file_each=alone)

    assert sorted(map(id, left)) == sorted(id(one.left) for one in found if one.left is not None)
    assert sorted(map(id, right)) == sorted(id(one.right) for one in found if one.right is not None)
