"""A patch does what it says to one environment, and nothing to any other."""

import json
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from driftline.engine import ask
from driftline.engine.aligning.answer import Asked
from driftline.engine.knowing.known import know, side
from driftline.engine.settings import Settings
from driftline.errors import UsageError
from driftline.history.sqlite_store import open_store
from driftline.model.answers.align import AlignAnswer
from tests.engine.asking import NOW, company, scanned, values
from tests.sources.git.building import Building

STAGING, PRODUCTION = "env/staging/web.values.yaml", "env/production/web.values.yaml"


def aligned(settings: Settings, role: str, path: str, **asked: Any) -> AlignAnswer:
    """The patch that brings production to staging."""
    wanted = Asked(
        **{"source": "staging", "target": "production", "role": role, "path": path, **asked}
    )
    return ask.align(wanted, settings, now=NOW)


def values_after(
    folder: Path, built: Building, answer: AlignAnswer, environment: str = "production"
) -> dict[tuple[str, str], Any]:
    """What an environment holds after git has applied the patch: role and path to value."""
    work = folder / "work"
    subprocess.run(["git", "clone", "-q", str(built.folder), str(work)], check=True)
    subprocess.run(["git", "apply", "-"], cwd=work, input=answer.patch.encode(), check=True)
    who = ["-c", "user.name=t", "-c", "user.email=t@example.com"]
    subprocess.run(["git", *who, "commit", "-aqm", "align"], cwd=work, check=True)
    (folder / "again").mkdir()
    told, settings = scanned(folder / "again", work)
    assert not told.gaps
    with closing(open_store(settings.store_path, read_only=True)) as store:
        known = know(store, store.sources(), settings, layer="effective")
    views = side(environment, known.units.units[environment]).views
    return {
        (role, address): json.loads(point.value or "")
        for role, view in views.items()
        for address, point in view.facts.items()
    }


def test_a_value_of_its_own_is_set_in_place(tmp_path: Path) -> None:
    """The environment's own file changes by one line."""
    built = company(tmp_path / "infra")
    _, settings = scanned(tmp_path, built.folder)

    answer = aligned(settings, "web", "/image/tag")

    assert (PRODUCTION,) == answer.files
    assert [("/image/tag", "1.1", "1.2")] == [
        (one.path, str(one.before), str(one.after)) for one in answer.aligned
    ]
    assert ["-  tag: 1.1", "+  tag: 1.2"] == [
        line
        for line in answer.patch.split("\n")
        if line[:1] in ("+", "-") and line[:3] not in ("+++", "---")
    ]
    assert 1.2 == values_after(tmp_path, built, answer)["web", "/image/tag"]


def test_an_override_goes_where_the_other_inherits(tmp_path: Path) -> None:
    """Where staging has the value from the chart, production's override is taken out."""
    built = company(tmp_path / "infra")
    _, settings = scanned(tmp_path, built.folder)

    answer = aligned(settings, "web", "/log", is_forced=True)

    assert ["takes the override out of " + PRODUCTION] == [one.what for one in answer.aligned]
    assert "info" == values_after(tmp_path, built, answer)["web", "/log"]


def test_an_inherited_value_gets_an_override(tmp_path: Path) -> None:
    """The shared layer is left alone; the environment's own file gains a line."""
    built = company(tmp_path / "infra")
    _, settings = scanned(tmp_path, built.folder)

    answer = aligned(settings, "web", "/log", source="production", target="staging", is_forced=True)

    assert (STAGING,) == answer.files
    assert "+log: warn" in answer.patch
    assert "warn" == values_after(tmp_path, built, answer, "staging")["web", "/log"]


def test_what_differs_by_design_needs_force(tmp_path: Path) -> None:
    """A host of its own is refused unless somebody insists."""
    built = company(tmp_path / "infra")
    _, settings = scanned(tmp_path, built.folder)

    refused = aligned(settings, "web", "/host")
    forced = aligned(settings, "web", "/host", is_forced=True)

    assert ("", ()) == (refused.patch, refused.aligned)
    assert "--force aligns it all the same" in refused.refusals[0].why
    assert "+host: staging.example.com" in forced.patch


def test_a_whole_role_at_once(tmp_path: Path) -> None:
    """The path / is everything that differs in the role, as one patch of one file."""
    built = company(tmp_path / "infra")
    _, settings = scanned(tmp_path, built.folder)

    answer = aligned(settings, "web", "/", is_forced=True)

    assert {"/image/tag", "/replicas", "/host", "/log"} == {one.path for one in answer.aligned}
    assert 1 == answer.patch.count("+++ ")


def test_a_list_is_completed_and_cut(tmp_path: Path) -> None:
    """Elements that are missing come with all they hold, and what is too much goes."""
    built = Building(tmp_path / "infra")
    env = "env:\n  - name: MODE\n    value: fast\n"
    more = "  - name: LOG\n    secret: false\n    value: warn\n"
    built.commit(
        {
            STAGING: values("1", 1, host="staging.example.com", extra=env + more),
            PRODUCTION: values("1", 1, host="example.com", extra=env),
        }
    )
    _, settings = scanned(tmp_path, built.folder)

    there = aligned(settings, "web", "/env", is_forced=True)
    back = aligned(settings, "web", "/env", source="production", target="staging", is_forced=True)

    assert "+" + more.replace("\n", "\n+").rstrip("+") in there.patch
    assert "-" + more.replace("\n", "\n-").rstrip("-") in back.patch


OVERLAY = "resources: [../../base]\nimages:\n  - name: web\n    newTag: {tag}  # the release\n"
DEPLOYMENT = """apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  template:
    spec:
      containers:
        - name: web
          image: web:0
"""
IMAGE = "/spec/template/spec/containers/[name=web]/image"


def overlays(folder: Path, **extra: str) -> Building:
    """A base with two overlays, each with an image and what is said of it besides."""
    built = Building(folder)
    files = {
        "base/kustomization.yaml": "resources: [web.yaml]\n",
        "base/web.yaml": DEPLOYMENT,
        "overlays/staging/kustomization.yaml": OVERLAY.replace("{tag}", "v2")
        + extra.get("staging", ""),
        "overlays/production/kustomization.yaml": OVERLAY.replace("{tag}", "v1")
        + extra.get("production", ""),
    }
    built.commit(files)
    return built


def test_the_image_of_an_overlay(tmp_path: Path) -> None:
    """An image is set in the kustomization of the overlay."""
    built = overlays(tmp_path / "infra")
    _, settings = scanned(tmp_path, built.folder)

    answer = aligned(settings, "Deployment/web", IMAGE)

    assert ("overlays/production/kustomization.yaml",) == answer.files
    assert "+    newTag: v2  # the release" in answer.patch
    assert "web:v2" == values_after(tmp_path, built, answer)["Deployment/web", IMAGE]


def test_the_replicas_of_an_overlay(tmp_path: Path) -> None:
    """A number of replicas that the base sets gets an entry of its own."""
    counts = "replicas:\n  - name: web\n    count: 5\n"
    built = overlays(tmp_path / "infra", staging=counts)
    _, settings = scanned(tmp_path, built.folder)

    answer = aligned(settings, "Deployment/web", "/spec/replicas", is_forced=True)

    assert "".join(f"+{line}\n" for line in counts.splitlines()) in answer.patch
    assert 5 == values_after(tmp_path, built, answer)["Deployment/web", "/spec/replicas"]


def test_a_patch_that_stands_as_text(tmp_path: Path) -> None:
    """A value that an inline patch sets is changed inside of the patch."""
    patch = (
        "patches:\n  - patch: |-\n      apiVersion: apps/v1\n      kind: Deployment\n"
        "      metadata:\n        name: web\n      spec:\n        paused: {}\n"
    )
    built = overlays(
        tmp_path / "infra",
        staging=patch.format("true"),
        production=patch.format("false  # not yet"),
    )
    _, settings = scanned(tmp_path, built.folder)

    answer = aligned(settings, "Deployment/web", "/spec/paused", is_forced=True)

    assert "+        paused: true  # not yet" in answer.patch
    assert values_after(tmp_path, built, answer)["Deployment/web", "/spec/paused"] is True


def test_a_shared_layer_is_never_edited(tmp_path: Path) -> None:
    """What an overlay has no place for is refused, with the file that would have to change."""
    built = overlays(
        tmp_path / "infra",
        staging="commonLabels: {team: shop}\n",
    )
    _, settings = scanned(tmp_path, built.folder)

    answer = aligned(settings, "Deployment/web", "/metadata/labels/team", is_forced=True)

    assert "" == answer.patch
    assert 1 == len(answer.refusals)


def test_a_file_of_several_environments_is_no_file_of_one(tmp_path: Path) -> None:
    """An overlay on which another environment builds cannot be changed for one alone."""
    built = overlays(tmp_path / "infra")
    built.commit(
        {"overlays/qa/kustomization.yaml": "resources: [../production]\nnamePrefix: qa-\n"}
    )
    _, settings = scanned(tmp_path, built.folder)

    answer = aligned(settings, "Deployment/web", IMAGE, is_forced=True)

    assert "" == answer.patch
    assert "in qa would change as well" in answer.refusals[0].why


def test_a_secret_is_refused_and_not_shown(tmp_path: Path) -> None:
    """Nothing of a secret can be copied: only digests are known."""
    built = Building(tmp_path / "infra")
    built.commit(
        {
            STAGING: values("1", 1, host="a.example.com", extra="password: hunter2-staging\n"),
            PRODUCTION: values("1", 1, host="b.example.com", extra="password: hunter2-live\n"),
        }
    )
    _, settings = scanned(tmp_path, built.folder)

    answer = aligned(settings, "web", "/password", is_forced=True)

    assert "it is a secret, of which only a digest is known" == answer.refusals[0].why
    assert "hunter2" not in repr(answer)


def test_all_that_stands(tmp_path: Path) -> None:
    """Without a role, everything that stands goes into one patch."""
    built = company(tmp_path / "infra")
    told, settings = scanned(tmp_path, built.folder)
    standing = {
        (one.role, one.path)
        for one in told.divergences
        if one.kind == "standing" and {one.left, one.right} == {"staging", "production"}
    }

    answer = aligned(settings, "", "")

    assert standing
    assert standing == {(one.role, one.path) for one in answer.aligned}


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"role": "web", "path": "/port"}, "does not differ"),
        ({"role": "web", "path": "/nowhere"}, "no path is called"),
        ({"role": "database", "path": "/x"}, "no role is called"),
        ({"role": "web", "path": "/log", "target": "stg"}, "already like itself"),
        ({"role": "web", "path": "/log", "target": "qa"}, "no environment is called"),
    ],
)
def test_wrong_names(tmp_path: Path, asked: Mapping[str, str], message: str) -> None:
    """A name that means nothing here is an error that says what to do."""
    built = company(tmp_path / "infra")
    _, settings = scanned(tmp_path, built.folder)

    with pytest.raises(UsageError, match=message):
        aligned(settings, asked["role"], asked["path"], target=asked.get("target", "production"))


def test_branches_that_are_environments(tmp_path: Path) -> None:
    """The patch is for the branch of the target, and says so."""
    built = Building(tmp_path / "infra")
    first = built.commit({"web.yaml": "replicas: 1\ntag: a\n"})
    for branch, tag in (("staging", "b"), ("production", "a")):
        text = f"replicas: 1\ntag: {tag}\n"
        built.commit({"web.yaml": text}, branch=branch, parents=(first,))
    _, settings = scanned(tmp_path, built.folder)

    answer = aligned(settings, "web", "/tag", is_forced=True)

    assert ("production", ("web.yaml",)) == (answer.branch, answer.files)
    assert "-tag: a\n+tag: b\n" in answer.patch


def test_a_repository_that_moved_on(tmp_path: Path) -> None:
    """A patch for a commit that is not the last one any more comes with a note."""
    built = company(tmp_path / "infra")
    _, settings = scanned(tmp_path, built.folder)
    built.commit({"README.md": "more"})
    assert built.folder.is_dir()

    answer = aligned(settings, "web", "/image/tag")

    assert 1 == len(answer.notes)
    assert "has moved on since" in answer.notes[0]


def test_a_folder_that_is_no_repository(tmp_path: Path) -> None:
    """Where there is no commit, the patch is for the files as they lie there."""
    folder = tmp_path / "plain"
    for file, tag in ((STAGING, "2"), (PRODUCTION, "1")):
        (folder / file).parent.mkdir(parents=True)
        (folder / file).write_text(f"tag: {tag}\nreplicas: 1\n", encoding="utf-8")
    _, settings = scanned(tmp_path, folder)

    answer = aligned(settings, "web", "/tag", is_forced=True)

    assert "-tag: 1\n+tag: 2\n" in answer.patch
