"""What a commit does to the files."""

import pytest

from driftline.lab.edits import (
    Append,
    Copy,
    Edit,
    Move,
    Put,
    Reformat,
    Remove,
    Replace,
    SetOwn,
    SetTag,
    SetValue,
    applied,
    changed,
    own_values,
)

TREE = {
    "env/staging/orders.yaml": "image:\n  tag: 1.0.0  # newest\n",
    "env/staging/mail.yaml": "b: x\n\na: 1\n",
    "apps/web/overlays/staging/kustomization.yaml": (
        "images:\n  - name: registry.ternandtide.example/web\n    newTag: 7.0.0\n"
    ),
}
ORDERS, MAIL, WEB = TREE

CASES: list[tuple[str, Edit, dict[str, str | None]]] = [
    ("a file is written", Put("new.yaml", "a: 1\n"), {"new.yaml": "a: 1\n"}),
    ("a value is set", SetValue(MAIL, "/a", "2"), {MAIL: "b: x\n\na: 2\n"}),
    (
        "an override is found in the old folder",
        SetOwn("orders", "staging", "/image/tag", "1.0.1"),
        {ORDERS: "image:\n  tag: 1.0.1  # newest\n"},
    ),
    (
        "a Helm service's tag is a value",
        SetTag("orders", "staging", "2.0.0"),
        {ORDERS: "image:\n  tag: 2.0.0  # newest\n"},
    ),
    (
        "a kustomization's tag stands beside the image's name",
        SetTag("web", "staging", "7.0.1"),
        {WEB: TREE[WEB].replace("7.0.0", "7.0.1")},
    ),
    ("text is replaced", Replace(MAIL, "b: x", "b: y"), {MAIL: "b: y\n\na: 1\n"}),
    ("lines are added", Append(MAIL, "c: 3\n"), {MAIL: "b: x\n\na: 1\nc: 3\n"}),
    ("a file goes", Remove(MAIL), {MAIL: None}),
    ("a folder goes", Remove("env/"), {ORDERS: None, MAIL: None}),
    ("a file moves", Move(MAIL, "mail.yaml"), {MAIL: None, "mail.yaml": TREE[MAIL]}),
    ("a copy has new names", Copy(MAIL, "us.yaml", (("x", "y"),)), {"us.yaml": "b: y\n\na: 1\n"}),
    ("a formatter sorts and quotes", Reformat(MAIL), {MAIL: 'a: 1\n\nb: "x"\n'}),
]

MISTAKES: list[Edit] = [
    SetOwn("orders", "production", "/image/tag", "1"),
    SetValue(MAIL, "/nothing", "1"),
    Replace(MAIL, "not there", "1"),
    Remove("nowhere/"),
    Move("nowhere.yaml", "b.yaml"),
]


def test_edits() -> None:
    """Each kind of edit leaves just the files different that it says."""
    assert len(CASES) >= 12, "no cases found"
    for why, edit, expected in CASES:
        assert expected == changed(TREE, (edit,)), why


def test_edits_build_on_each_other() -> None:
    """An edit sees what the one before it did; what ends as it began is no change."""
    there_and_back = (SetValue(MAIL, "/a", "2"), SetValue(MAIL, "/a", "1"))

    assert {} == changed(TREE, there_and_back)
    assert {MAIL: None, "m.yaml": "b: x\n\na: 5\n"} == changed(
        TREE, (Move(MAIL, "m.yaml"), SetValue("m.yaml", "/a", "5"))
    )


def test_a_story_cannot_edit_what_is_not_there() -> None:
    """An edit that does not fit the tree is an error, not a silent nothing."""
    for edit in MISTAKES:
        with pytest.raises(KeyError):
            changed(TREE, (edit,))


def test_applying_changes_leaves_the_tree_alone() -> None:
    """The tree with changes is another tree."""
    after = applied(TREE, {MAIL: None, "new": "text"})

    assert {ORDERS, WEB, "new"} == set(after)
    assert MAIL in TREE
    assert ORDERS == own_values(TREE, "orders", "staging")
