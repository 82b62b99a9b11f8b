"""What is told of things that were laid side by side: rows, counts, gaps, and notes."""

import json
from typing import Any

from driftline.analysis.side_by_side import Account, Told, hiding, told
from driftline.inventory.counterparts import Match, Thing, thing
from driftline.model.answers.parity import Side
from driftline.model.document import DocumentKind


def document(file: str, key: str = "", kind: str = "plain", **facts: Any) -> Thing:
    """A thing with these facts."""
    spelled = {f"/{place}": json.dumps(value) for place, value in facts.items()}
    return thing(file, key, DocumentKind(kind), spelled)


def account(name: str, *files: str, **gaps: str) -> Account:
    """A side with these files; a gap is named by its file without `.yaml`."""
    unread = {f"{file}.yaml": reason for file, reason in gaps.items()}
    return Account(name, "declared", frozenset(files) | unread.keys(), unread)


def asked(*matches: Match, left: Account | None = None, right: Account | None = None) -> Told:
    """What is told of these matches."""
    return told(
        matches,
        left or account("./a", "a.yaml"),
        right or account("./b", "a.yaml"),
        frozenset(),
    )


def test_values_are_compared_by_meaning() -> None:
    """A row has both values and files; spellings of one meaning make none."""
    one = document("a.yaml", cpu="1000m", tag=1, only=True)
    answer = asked(Match(one, document("b.yaml", cpu=1, tag=2)))
    rows = [(row.role, row.path, row.left_value, row.right_value) for row in answer.rows]

    assert [("a.yaml", "/only", True, None), ("a.yaml", "/tag", 1, 2)] == rows
    assert {("a.yaml", "b.yaml")} == {(row.left_file, row.right_file) for row in answer.rows}
    assert (2, 1, 1, 0) == (
        answer.pair.facts_common,
        answer.pair.facts_differ,
        answer.pair.facts_left_only,
        answer.pair.facts_right_only,
    )
    assert [("a.yaml", 2)] == [(one.role, one.facts_common) for one in answer.roles]


def test_nothing_is_said_of_time() -> None:
    """Files as they come have no past, so nobody moved and nothing began."""
    (row,) = asked(Match(document("a", x=1), document("a", x=2))).rows

    assert (None, "unknown", "unknown", None) == (row.since, row.onset, row.moved, row.actor)


def test_what_one_side_alone_has_is_one_row() -> None:
    """A thing without a counterpart is absent on the other side, and its facts are counted."""
    answer = asked(Match(document("a.yaml", x=1, y=2), None), Match(None, document("b.yaml", z=1)))
    states = [(row.role, row.left_state, row.right_state) for row in answer.rows]

    assert [
        ("a.yaml", Side.PRESENT, Side.ABSENT),
        ("b.yaml", Side.ABSENT, Side.PRESENT),
    ] == states
    assert (1, 1, 2, 1) == (
        answer.pair.roles_left_only,
        answer.pair.roles_right_only,
        answer.pair.facts_in_left_roles,
        answer.pair.facts_right_only,
    )


def test_unknown_is_never_absent() -> None:
    """What may stand in a file that nobody could read is unknown, with that file as the reason."""
    right = account("./b", "b.yaml", broken="not valid YAML")
    answer = asked(Match(document("a.yaml", "Service/x", "object", port=80), None), right=right)
    (row,) = answer.rows

    assert (Side.UNKNOWN, "unknown") == (row.right_state, row.kind)
    assert "it may be in broken.yaml, which could not be read" == row.reason
    assert (0, 1) == (answer.pair.roles_left_only, answer.pair.unknown)


def test_which_file_may_hide_a_thing() -> None:
    """The file of its path, a closed folder, or for an object any file that only they have."""
    own = account("./a", "a.yaml", "broken.yaml")
    values, service = document("deep/v.yaml", x=1), document("a.yaml", "Service/x", "object")
    closed = Account("./b", "declared", frozenset({"deep/", "x.yaml"}), {"deep/": "closed"})
    elsewhere = account("./b", "x.yaml", other="broken")
    counterpart = account("./b", "x.yaml", broken="broken")

    assert ("deep/", "deep/") == (hiding(values, own, closed), hiding(service, own, closed))
    assert ("", "other.yaml") == (hiding(values, own, elsewhere), hiding(service, own, elsewhere))
    # What the own side has at that path is what the unread file would hold.
    assert "" == hiding(service, own, counterpart)
    assert "broken.yaml" == hiding(document("broken.yaml", x=1), own, counterpart)
    assert "other.yaml" == hiding(values, own, account("./b.yaml", other="broken"))


def test_names_are_told_apart() -> None:
    """Two things of one name bear their files, and two of one file a number."""
    twice = [
        Match(document("a.tfstate", "aws_vpc.main", x=1), None),
        Match(document("b.tfstate", "aws_vpc.main", x=1), None),
        Match(document("b.tfstate", "aws_vpc.main#2", x=1), None),
        Match(document("c.yaml", "#1", x=1), None),
    ]

    assert [
        "aws_vpc.main in a.tfstate",
        "aws_vpc.main in b.tfstate",
        "aws_vpc.main in b.tfstate#2",
        "c.yaml#1",
    ] == [row.role for row in asked(*twice).rows]


def test_other_names_are_noted() -> None:
    """What was matched under another name is said, and what differs in its namespace shortly."""
    web, same = (
        thing(
            "a.yaml",
            f"Service/{space}/web",
            DocumentKind.OBJECT,
            {
                "/kind": '"Service"',
                "/metadata/name": '"web"',
                "/metadata/namespace": f'"{space}"',
            },
        )
        for space in ("staging", "production")
    )
    files = Match(document("a.env", x=1), document("b.env", x=1), is_sure=False)
    answer = asked(Match(web, same, is_sure=False), files)

    assert ["Service/web"] == [row.role for row in answer.rows]
    assert (
        "1 matched though their namespaces differ: staging for production",
        "1 matched though their names differ: a.env for b.env",
    ) == answer.notes


def test_dependencies_are_counted() -> None:
    """Another version of a component is one row: its digests are no news of their own."""
    one = document("bom", "pkg:npm/a", version="1", hashes="x")
    other = document("bom", "pkg:npm/a", version="2", hashes="x")
    old, new = (
        thing(item.file, item.key, item.kind, {**_spelled(item), "/hashes/SHA-1": f'"{at}"'})
        for at, item in enumerate((one, other))
    )
    answer = asked(Match(old, new), Match(document("bom", "pkg:npm/b", version="1"), None))

    assert ["/version", ""] == [row.path for row in answer.rows]
    assert (2, 1) == (answer.pair.facts_common, answer.pair.facts_differ)
    assert ("dependencies: 1 in another version, 1 only left, 0 only right, of 2",) == answer.notes


def _spelled(one: Thing) -> dict[str, str]:
    return {address: point.value or "" for address, point in one.view.facts.items()}
