"""Repositories that are not what a scan hopes for: each gives an answer or one clear line."""

import os
from pathlib import Path

import pytest

from tests.campaigns.driving import (
    PLAIN,
    SERVICE,
    Machine,
    assert_civil,
    assert_refused,
    commit,
    git,
    lasting,
    repository,
)

DAY = 86_400


def _history(count: int) -> list[bytes]:
    """A first commit and some promotions after it."""
    start = 1_750_000_000
    commits = [commit(PLAIN, at=start)]
    for number in range(1, count):
        path = list(PLAIN)[number % 2]
        text = SERVICE.format(replicas=number + 3)
        commits.append(commit({path: text}, at=start + number * DAY, subject=f"step {number}"))
    return commits


def test_not_a_repository(machine: Machine, tmp_path: Path) -> None:
    """A folder that is no repository is named, and what to do is said."""
    (tmp_path / "plain").mkdir()

    assert_refused(machine.run("scan", tmp_path / "plain"), "plain", "git")


@pytest.mark.parametrize("name", ["nowhere", "file"])
def test_no_such_folder(machine: Machine, tmp_path: Path, name: str) -> None:
    """A path that is not there, or is a file, is named."""
    (tmp_path / "file").write_text("text")

    assert_refused(machine.run("scan", tmp_path / name), name)


def test_an_empty_repository(machine: Machine, tmp_path: Path) -> None:
    """A repository without a commit is said to have none."""
    folder = repository(tmp_path / "empty")

    assert_refused(machine.run("scan", folder), "empty", "commit")


def test_a_shallow_clone_and_what_follows(machine: Machine, tmp_path: Path) -> None:
    """A shallow clone is read as far as it goes, and says so; deepened, all of it is there."""
    whole = repository(tmp_path / "whole", *_history(12))
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth", "4", f"file://{whole}", str(shallow))
    first = machine.scan(shallow)["repositories"][0]
    screen = machine.run("scan", shallow)
    git(shallow, "fetch", "--quiet", "--unshallow")
    after = machine.scan(shallow)

    assert (True, 4) == (first["shallow"], first["looks"])
    assert_civil(screen)
    assert "shallow" in screen.out
    assert (False, 12) == (
        after["repositories"][0]["shallow"],
        after["repositories"][0]["looks"],
    )
    assert lasting(machine.scan(whole))["divergences"] == lasting(after)["divergences"]


def test_bare_mirror_worktree_and_subfolder(machine: Machine, tmp_path: Path) -> None:
    """The same history gives the same answer however its repository is kept."""
    whole = repository(tmp_path / "whole", *_history(6))
    git(tmp_path, "clone", "--quiet", "--bare", str(whole), "bare.git")
    git(whole, "worktree", "add", "--quiet", "--detach", str(tmp_path / "linked"))
    expected = lasting(machine.scan(whole))

    for place in (tmp_path / "bare.git", tmp_path / "linked", whole / "environments"):
        assert expected["divergences"] == lasting(machine.scan(place))["divergences"], place


def test_nothing_is_written_to_what_is_scanned(machine: Machine, tmp_path: Path) -> None:
    """A scan leaves every file of the repository and its .git as it was."""
    folder = repository(tmp_path / "whole", *_history(6))

    def listing() -> list[tuple[str, int, int]]:
        found = [path for path in folder.rglob("*") if path.is_file()]
        return sorted((str(p), p.stat().st_mtime_ns, p.stat().st_size) for p in found)

    before = listing()
    machine.scan(folder)

    assert before == listing()


def test_no_environments(machine: Machine, tmp_path: Path) -> None:
    """A repository without environments is told what was looked at, and how to say more."""
    folder = repository(
        tmp_path / "library",
        commit({"src/app.py": "pass\n", "config/settings.yaml": "a: 1\n", "README.md": "# x\n"}),
    )
    outcome = machine.run("scan", folder)
    answer = machine.scan(folder)

    assert_civil(outcome)
    assert [] == answer["environments"]
    assert answer["questions"], "nothing is asked"
    assert "driftline.toml" in outcome.out
    assert "places" in outcome.out or "environments =" in outcome.out


def test_one_environment_only(machine: Machine, tmp_path: Path) -> None:
    """With a single environment there is nothing to compare, and that is no error."""
    folder = repository(
        tmp_path / "one", commit({"environments/production/api.yaml": SERVICE.format(replicas=1)})
    )

    assert_civil(machine.run("scan", folder))
    assert [] == machine.scan(folder)["divergences"]


def test_a_file_becomes_a_folder_and_a_file_again(machine: Machine, tmp_path: Path) -> None:
    """A path may change its nature; what stood there before is gone, not mixed in."""
    path = "environments/staging/api.yaml"
    folder = repository(
        tmp_path / "shape",
        commit(PLAIN, at=1_750_000_000),
        commit({path: None, f"{path}/values.yaml": "replicas: 7\n"}, at=1_750_100_000),
        commit({f"{path}/values.yaml": None, path: "replicas: 9\n"}, at=1_750_200_000),
        checkout=False,
    )
    found = {
        (one["role"], one["path"]): one["left_value"]
        if one["left"] == "staging"
        else one["right_value"]
        for one in machine.scan(folder)["divergences"]
    }

    assert 9 == found["api", "/replicas"]


def test_a_symlink_leads_nowhere(machine: Machine, tmp_path: Path) -> None:
    """A link is never followed: what it points to is neither read nor shown."""
    secret = tmp_path / "outside.yaml"
    secret.write_text("replicas: 424242\n")
    folder = repository(
        tmp_path / "links",
        commit(
            {
                **PLAIN,
                "environments/staging/link.yaml": str(secret),
                "environments/staging/loop": ".",
                "environments/production/link.yaml": "../../../../../../etc/hostname",
            },
            modes={
                "environments/staging/link.yaml": "120000",
                "environments/staging/loop": "120000",
                "environments/production/link.yaml": "120000",
            },
        ),
    )
    outcome = machine.run("scan", folder, "--format", "json")

    assert_civil(outcome)
    assert "424242" not in outcome.out
    assert {"api", "web"} == {one["role"] for one in outcome.answer["divergences"]}


def test_a_submodule_is_not_entered(machine: Machine, tmp_path: Path) -> None:
    """A submodule's commit is somebody else's history."""
    path = "environments/staging/other"
    folder = repository(
        tmp_path / "sub",
        commit({**PLAIN, path: "1" * 40}, modes={path: "160000"}),
        checkout=False,
    )

    assert_civil(machine.run("scan", folder))


def test_a_repository_with_a_hole(machine: Machine, tmp_path: Path) -> None:
    """A missing object is told in one line, or is a gap; it is never a crash or silence."""
    folder = repository(tmp_path / "hole", *_history(6))
    packs = list((folder / ".git" / "objects" / "pack").glob("*.pack"))
    for pack in packs:
        body = pack.read_bytes()
        for beside in pack.parent.glob(pack.stem + ".*"):
            beside.unlink()
        git(folder, "unpack-objects", "-q", feed=body)
    blob = git(folder, "rev-parse", "HEAD:environments/staging/api.yaml").decode().strip()
    (folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    outcome = machine.run("scan", folder, "--format", "json")

    assert_civil(outcome, (0, 2))
    if outcome.code == 0:
        assert any("api.yaml" in gap["path"] for gap in outcome.answer["gaps"])
    else:
        assert "fsck" in outcome.err or "missing" in outcome.err


def test_a_broken_repository(machine: Machine, tmp_path: Path) -> None:
    """A repository whose HEAD is rubbish is named as broken."""
    folder = repository(tmp_path / "broken", *_history(3))
    (folder / ".git" / "refs" / "heads" / "main").write_text("rubbish\n")

    assert_refused(machine.run("scan", folder), "broken")


def test_a_rewritten_history(machine: Machine, tmp_path: Path) -> None:
    """After a force push the new history is reported, and that it was rewritten is said."""
    folder = repository(tmp_path / "forced", *_history(8))
    machine.scan(folder)
    git(folder, "reset", "--quiet", "--hard", "HEAD~3")
    (folder / "environments" / "staging" / "api.yaml").write_text("replicas: 77\n")
    git(folder, "-c", "user.name=Ada", "-c", "user.email=a@example.com", "commit", "-qam", "new")
    answer = machine.scan(folder)

    assert 2 == answer["repositories"][0]["epochs"]
    assert any(77 in (one["left_value"], one["right_value"]) for one in answer["divergences"])


def test_programs_named_by_a_repository_do_not_run(machine: Machine, tmp_path: Path) -> None:
    """A repository's configuration, attributes and hooks cannot make a scan run anything."""
    folder = repository(
        tmp_path / "trap",
        commit({**PLAIN, ".gitattributes": "*.yaml diff=evil filter=evil\n"}),
        checkout=False,
    )
    ran = tmp_path / "ran"
    script = tmp_path / "evil"
    script.write_text(f"#!/bin/sh\ntouch {ran}\ncat\n")
    script.chmod(0o755)
    for key in (
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "core.editor",
        "diff.external",
        "diff.evil.textconv",
        "diff.evil.command",
        "filter.evil.smudge",
        "filter.evil.clean",
        "filter.evil.process",
        "gpg.program",
        "credential.helper",
        "core.alternateRefsCommand",
        "uploadpack.packObjectsHook",
    ):
        git(folder, "config", key, str(script))
    git(folder, "config", "log.showSignature", "true")
    hooks = folder / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for hook in ("post-checkout", "pre-auto-gc", "reference-transaction", "post-index-change"):
        (hooks / hook).symlink_to(script)
    assert_civil(machine.run("scan", folder))

    assert not ran.exists()


def _partial(tmp_path: Path) -> Path:
    """A clone that has commits and trees, and none of the files' contents."""
    source = repository(tmp_path / "source", *_history(4))
    git(source, "config", "uploadpack.allowFilter", "true")
    where = f"file://{source}"
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", "--no-checkout", where, "partial")
    return tmp_path / "partial"


def test_a_partial_clone_is_not_completed(machine: Machine, tmp_path: Path) -> None:
    """What a partial clone lacks is a gap; it is not fetched behind the user's back."""
    folder = _partial(tmp_path)
    before = sorted(str(path) for path in folder.rglob("*"))
    answer = machine.scan(folder)

    assert len(PLAIN) == len(answer["gaps"])
    assert before == sorted(str(path) for path in folder.rglob("*"))


def test_an_environment_that_cannot_be_read_has_not_ended(machine: Machine, tmp_path: Path) -> None:
    """Unknown is not absent: environments behind gaps are there."""
    answer = machine.scan(_partial(tmp_path))

    assert all(one["alive"] for one in answer["environments"])


def test_the_caller_s_git_variables_do_not_lead_astray(machine: Machine, tmp_path: Path) -> None:
    """Inside a hook git's variables name another repository; the one asked for is read."""
    folder = repository(tmp_path / "asked", *_history(4))
    other = repository(tmp_path / "other", commit({"environments/qa/x.yaml": "a: 1\n"}))
    expected = lasting(machine.scan(folder))
    outcome = machine.run(
        "scan",
        folder,
        "--format",
        "json",
        "--store",
        tmp_path / "fresh.db",
        environment={
            "GIT_DIR": str(other / ".git"),
            "GIT_WORK_TREE": str(other),
            "GIT_INDEX_FILE": str(tmp_path / "index"),
            "GIT_OBJECT_DIRECTORY": str(other / ".git" / "objects"),
            "GIT_NAMESPACE": "elsewhere",
            "GIT_TRACE": "1",
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "core.quotePath",
            "GIT_CONFIG_VALUE_0": "true",
        },
    )

    assert_civil(outcome)
    assert expected == lasting(outcome.answer)


def test_a_branch_with_a_name_that_hides(machine: Machine, tmp_path: Path) -> None:
    """A branch may be called what it likes; the report stays readable."""
    folder = repository(tmp_path / "branch", *_history(4))
    git(folder, "switch", "--quiet", "--create", "env/\u202egnp-\U0001f4a9")
    for form in ("table", "markdown", "json"):
        assert_civil(machine.run("scan", folder, "--format", form))


def test_somebody_else_s_repository(machine: Machine, tmp_path: Path) -> None:
    """Git's refusal to read what another user owns is passed on with the way out, or not needed."""
    folder = repository(tmp_path / "theirs", *_history(3))
    pretend = {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}
    outcome = machine.run("scan", folder, environment=pretend)

    assert_civil(outcome, (0, 2))
    assert outcome.code == 0 or "safe.directory" in outcome.err


@pytest.mark.parametrize(
    ("why", "at", "author"),
    [
        ("before most clocks", 1, "Ada <ada@example.com>"),
        ("after the last year that dates can show", 2**40, "Ada <ada@example.com>"),
        ("nobody", 1_760_000_000, "<>"),
        ("no address", 1_760_000_000, "Ada <>"),
        ("letters of another age", 1_760_000_000, b"J\xe9r\xf4me <j@example.com>"),
        ("odd brackets in a name", 1_760_000_000, "A'; DROP TABLE look; -- <a@example.com>"),
    ],
)
def test_strange_commits(
    machine: Machine, tmp_path: Path, why: str, at: int, author: str | bytes
) -> None:
    """Instants beyond calendars and authors without names are read like others."""
    folder = repository(
        tmp_path / "strange",
        commit(PLAIN, at=at, author=author),
        commit({next(iter(PLAIN)): "replicas: 12\n"}, at=at + 60, author=author),
    )
    outcome = machine.run("scan", folder)

    assert_civil(outcome)
    assert_civil(machine.run("history", "api", "/replicas", cwd=folder))
    assert os.linesep in outcome.out, why
