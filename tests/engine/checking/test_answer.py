"""A change is told by what it opens, closes, changes, leaves standing and forgets."""

from pathlib import Path

import pytest

from driftline.engine import ask
from driftline.engine.answering.narrowing import Wanted
from driftline.engine.checking.answer import failed
from driftline.errors import UsageError
from driftline.model.progress import Unwatched
from tests.engine.pull_requests import (
    NAMES,
    check,
    file_of,
    now_of,
    places,
    proposed,
    says,
    settings,
    shop,
)
from tests.sources.git.building import Building, Link, git


def test_a_release_as_usual_is_in_flight_and_names_its_follower(tmp_path: Path) -> None:
    """What goes the usual way opens nothing to answer for; who takes it over is told."""
    built = shop(tmp_path / "shop")
    proposed(built, {file_of(name): says(name, "2.0") for name in NAMES[:2]})
    answer = check(built, tmp_path)
    (follower,) = {(one.to, one.path, one.arrived) for one in answer.followers}

    assert [
        ("qa", "production", "/image/tag"),
        ("staging", "production", "/image/tag"),
    ] == places(answer.opened)
    assert {"in flight"} == {row.kind for row in answer.opened}
    assert ("production", "/image/tag", 8) == follower
    assert () == answer.failed
    assert () == answer.forgotten


def test_production_alone_is_standing_at_once(tmp_path: Path) -> None:
    """A value that no sibling ever held stands as soon as it is merged, with its place."""
    built = shop(tmp_path / "shop")
    proposed(built, {file_of("production"): says("production", log="debug")})
    answer = check(built, tmp_path)
    row = next(row for row in answer.opened if row.left == "staging")

    assert {"standing"} == {row.kind for row in answer.opened}
    assert ("/log", "info", "debug") == (row.path, row.left_value, row.right_value)
    assert ("right", "info") == (row.moved_by_change, row.right_before)
    assert (file_of("production"), 3) == (row.file, row.line)
    assert ("opened",) == answer.failed


def test_a_follower_closes_what_was_open(tmp_path: Path) -> None:
    """Catching up closes the difference, and nothing else is told of."""
    built = shop(tmp_path / "shop")
    built.commit({file_of(name): says(name, "2.0") for name in NAMES[:2]}, "2.0")
    proposed(built, {file_of("production"): says("production", "2.0")})
    answer = check(built, tmp_path)

    assert [
        ("qa", "production", "/image/tag"),
        ("staging", "production", "/image/tag"),
    ] == places(answer.closed)
    assert () == answer.opened
    assert {(1, 0)} == {
        (one.closed, one.opened) for one in answer.pairs if one.right == "production"
    }


def test_a_difference_that_moves_is_changed(tmp_path: Path) -> None:
    """A row that differed and differs still is changed, with both values before."""
    built = shop(tmp_path / "shop")
    built.commit({file_of("production"): says("production", log="warn")})
    proposed(built, {file_of("production"): says("production", log="debug")})
    answer = check(built, tmp_path)
    row = next(row for row in answer.changed if row.left == "staging")

    assert ("standing", "standing") == (row.kind_before, row.kind)
    assert ("warn", "debug") == (row.right_before, row.right_value)
    assert () == answer.failed


def test_what_moves_with_it_is_forgotten(tmp_path: Path) -> None:
    """A sibling that always moved in the same look, and a path beside it, are missed."""
    built = shop(tmp_path / "shop")
    proposed(built, {file_of("qa"): says("qa", "2.0")})
    sibling = check(built, tmp_path, fail_on=("forgotten",))
    lone = says("production").replace("cpu: 9", "cpu: 12")
    proposed(built, {file_of("production"): lone}, branch="limits")
    partner = check(built, tmp_path, head="limits", fail_on=("forgotten",))

    assert [("qa", "staging", "/image/tag", 8, 8)] == [
        (one.environment, one.missing_environment, one.missing_path, one.together, one.times)
        for one in sibling.forgotten
    ]
    assert [("/limits/cpu", "production", "/limits/memory", 7)] == [
        (one.path, one.missing_environment, one.missing_path, one.missing_line)
        for one in partner.forgotten
    ]
    assert ("forgotten",) == sibling.failed == partner.failed


def test_standing_rows_of_touched_roles_remain(tmp_path: Path) -> None:
    """What stood in a role that the change touches is listed; other roles only if asked for."""
    built = shop(tmp_path / "shop")
    built.commit({file_of(name, "api"): "log: info\n" for name in NAMES})
    built.commit({file_of("production", "api"): "log: warn\n"})
    built.commit({file_of("production"): says("production", log="warn")})
    proposed(built, {file_of(name): says(name, "2.0") for name in NAMES[:2]})
    near = check(built, tmp_path)
    all_of_it = check(built, tmp_path, fail_on=("standing",))

    assert {("web", "/log")} == {(row.role, row.path) for row in near.standing}
    assert {("web", "/log"), ("api", "/log")} == {
        (row.role, row.path) for row in all_of_it.standing
    }
    assert ("standing",) == all_of_it.failed


def test_nothing_of_a_feature_branch_is_stored(tmp_path: Path) -> None:
    """The history holds the base alone, and a second check answers the same without reading."""
    built = shop(tmp_path / "shop")
    head = proposed(built, {file_of("qa"): says("qa", "2.0")})
    first = check(built, tmp_path)
    size = (tmp_path / "history.db").stat().st_size
    second = check(built, tmp_path)

    assert first == second
    assert size == (tmp_path / "history.db").stat().st_size
    assert head.encode() not in (tmp_path / "history.db").read_bytes()
    told = ask.status(settings(built, tmp_path), now=now_of(built))
    assert [built.tip()] == [one.head for one in told.repositories]
    assert {"qa", "staging", "production"} == {one.name for one in told.environments}


def test_the_history_of_a_scan_is_used(tmp_path: Path) -> None:
    """Where a scan has read the commit at which both part, nothing is read again."""
    built = shop(tmp_path / "shop")
    settings_here = settings(built, tmp_path)
    ask.scan([built.folder], settings_here, now=now_of(built), progress=Unwatched())
    proposed(built, {file_of("qa"): says("qa", "2.0")})
    answer = check(built, tmp_path)
    told = ask.status(settings_here, now=now_of(built))

    assert {("qa", "staging"), ("qa", "production")} == {
        (row.left, row.right) for row in answer.opened
    }
    assert [None] == [one.branch for one in told.repositories]


def test_a_base_that_went_on_is_no_part_of_the_change(tmp_path: Path) -> None:
    """What main did since both parted is neither opened, closed nor reverted."""
    built = shop(tmp_path / "shop")
    proposed(built, {file_of("qa", "tool"): "log: info\n"})
    before = check(built, tmp_path)
    built.commit({file_of("production"): says("production", "9.9", log="loud")})
    built.commit({file_of("staging", "new"): "log: info\n"})
    after = check(built, tmp_path)

    assert before.merge_base == after.merge_base
    assert places(before.opened) == places(after.opened)
    assert () == after.closed == after.changed


def test_a_merge_of_the_base_into_the_branch_is_no_part_of_the_change(tmp_path: Path) -> None:
    """The merge base moves on with the merge, although no chain of first parents holds it."""
    built = shop(tmp_path / "shop")
    proposed(built, {file_of("production"): says("production", log="debug")})
    tip = built.commit({file_of("staging", "new"): "log: info\n"}, "meanwhile on main")
    built.merge(tip, files={file_of("staging", "new"): "log: info\n"}, branch="feature")
    answer = check(built, tmp_path)

    assert tip == answer.merge_base
    assert {"/log"} == {row.path for row in answer.opened}


def test_a_merge_base_inside_a_merge_is_reached(tmp_path: Path) -> None:
    """Where both part on a commit that main only merged, its files count as the base."""
    built = shop(tmp_path / "shop")
    inner = proposed(built, {file_of("staging", "new"): "log: info\n"}, branch="side")
    built.merge(inner, files={file_of("staging", "new"): "log: info\n"})
    built.commit(
        {file_of("production", "new"): "log: info\n"}, "head", branch="feature", parents=(inner,)
    )
    answer = check(built, tmp_path)

    assert inner == answer.merge_base
    assert [("production", "production")] == [
        (row.right, row.right) for row in answer.closed if row.left == "staging"
    ]


def test_a_renamed_file_moves_nothing(tmp_path: Path) -> None:
    """A file that only moves keeps its life, and the change does nothing."""
    built = shop(tmp_path / "shop")
    proposed(
        built,
        {
            **{file_of(name): None for name in NAMES},
            **{f"deploy/{name}/web.values.yaml": says(name) for name in NAMES},
        },
    )
    answer = check(built, tmp_path)

    assert () == answer.opened == answer.changed


def test_a_new_environment_is_told_and_not_opened(tmp_path: Path) -> None:
    """An environment that begins with the change differs from nobody yet; one that ends, too."""
    built = shop(tmp_path / "shop")
    proposed(built, {file_of("dev"): says("dev", log="debug")})
    begun = check(built, tmp_path)
    proposed(built, {file_of("qa"): None}, branch="less")
    ended = check(built, tmp_path, head="less")

    assert () == begun.opened
    assert any(note.startswith("dev is new") for note in begun.notes)
    assert () == ended.closed
    assert any(note.startswith("qa is gone") for note in ended.notes)


def test_a_role_that_one_side_lacks_is_one_row(tmp_path: Path) -> None:
    """A role that begins in one environment alone is one opened row with its file."""
    built = shop(tmp_path / "shop")
    proposed(built, {file_of("production", "cache"): "size: 1\nlog: info\n"})
    answer = check(built, tmp_path)

    assert {("cache", "")} == {(row.role, row.path) for row in answer.opened}
    assert {file_of("production", "cache")} == {row.file for row in answer.opened}


@pytest.mark.parametrize(
    ("text", "reason"),
    [("image: [\n", "not valid YAML"), ("a: {{ .Values.x }}\nb: {{ y }}: z\n", "template")],
)
def test_what_cannot_be_read_is_a_gap_of_the_answer(tmp_path: Path, text: str, reason: str) -> None:
    """A file that the change makes unreadable is a gap, and nothing in it is closed."""
    built = shop(tmp_path / "shop")
    proposed(built, {file_of("production"): text})
    answer = check(built, tmp_path, fail_on=("opened", "gaps"))

    assert [file_of("production")] == [gap.path for gap in answer.gaps]
    assert reason in answer.gaps[0].reason
    assert () == answer.closed
    assert ("gaps",) == answer.failed


def test_links_and_submodules_are_gaps(tmp_path: Path) -> None:
    """A link to configuration is not followed, and says so."""
    built = shop(tmp_path / "shop")
    proposed(built, {file_of("staging"): Link("../production/web.values.yaml")})
    answer = check(built, tmp_path)

    assert ["a symbolic link to ../production/web.values.yaml, which is not followed"] == [
        gap.reason for gap in answer.gaps
    ]


def test_an_acceptance_in_the_same_change_counts(tmp_path: Path) -> None:
    """A decision that the change itself brings settles what it opens."""
    built = shop(tmp_path / "shop")
    ledger = (
        "decisions:\n- decision: accept\n  role: web\n  path: /log\n"
        "  environments: [staging, production]\n  until: 2030-01-01\n"
        "  reason: an incident\n  owner: Grace\n  values: [info, debug]\n  made_on: 2023-11-01\n"
    )
    files = {file_of("production"): says("production", log="debug")}
    proposed(built, {**files, "driftline-ledger.yaml": ledger})
    answer = check(built, tmp_path, wanted=Wanted(environments=("staging", "production")))

    assert {("staging", "production", "accepted")} == {
        (row.left, row.right, row.kind) for row in answer.opened
    }
    assert () == answer.failed


def test_rows_are_chosen_by_environment_and_role(tmp_path: Path) -> None:
    """What is not asked for is neither told nor counted, and fails nothing."""
    built = shop(tmp_path / "shop")
    proposed(built, {file_of("production"): says("production", log="debug")})
    answer = check(built, tmp_path, wanted=Wanted(environments=("qa", "staging")))

    assert () == answer.opened
    assert () == answer.failed
    with pytest.raises(UsageError, match="prodction"):
        check(built, tmp_path, wanted=Wanted(environments=("prodction",)))


def test_nothing_changed_is_nothing_told(tmp_path: Path) -> None:
    """Base and head that are one commit have nothing between them."""
    built = shop(tmp_path / "shop")
    answer = check(built, tmp_path, head="main", fail_on=("opened", "forgotten", "gaps"))

    assert () == answer.opened == answer.closed
    assert any("there is no change to check" in note for note in answer.notes)
    assert () == answer.pairs
    assert () == answer.failed
    assert () == failed(answer)


def test_a_shallow_clone_says_what_it_costs(tmp_path: Path) -> None:
    """What was learnt from a short past is told as such; a cut before both part is an error."""
    built = shop(tmp_path / "shop")
    proposed(built, {file_of("qa"): says("qa", "2.0")})
    folder = tmp_path / "clone"
    url = f"file://{built.folder}"
    git(tmp_path, "clone", "--quiet", "--depth=3", "--no-single-branch", url, str(folder))
    clone = Building.__new__(Building)
    clone._folder, clone._importing, clone._tips, clone._marks = folder, None, {}, {}
    answer = check(clone, tmp_path, base="origin/main", head="origin/feature", now=now_of(built))

    assert any("shallow" in note for note in answer.notes)
    assert () == answer.forgotten


def test_secrets_are_masked(tmp_path: Path) -> None:
    """A secret of a branch under review is compared by its digest and never told."""
    built = shop(tmp_path / "shop")
    proposed(built, {file_of("production"): "password: s3cr3t-of-the-branch\n"})
    answer = check(built, tmp_path)

    assert "s3cr3t-of-the-branch" not in repr(answer)
    assert b"s3cr3t-of-the-branch" not in (tmp_path / "history.db").read_bytes()
