"""Objects of one plane alone, coverage and noise, as people read them."""

import msgspec

from driftline.model.answers.observed import ObservedCluster
from driftline.model.answers.parity import Comparison
from driftline.model.answers.planes import ActorRef, Ghost, KindCoverage, QuietNote, Unmanaged
from driftline.render.lines import to_text
from driftline.render.page import Page
from driftline.render.planes_table import (
    clusters_seen,
    named_by_plane,
    plane_blocks,
    plane_lines,
)
from tests.render import samples

NOW = "2026-08-08T12:00:00Z"
PAGE = Page(width=110)
MADE = Unmanaged(
    "production", "observed", "Deployment/shell", "Deployment", "shop", "shell",
    "2026-08-05T12:00:00Z", None, "team-a", ActorRef("kubectl-create", "human"), 29,
    "standing", "runs, and is declared nowhere",
)  # fmt: skip
GONE = Ghost(
    "production", "declared", "PodDisruptionBudget/web", "PodDisruptionBudget", "shop", "web",
    "2026-08-01T12:00:00Z", was_there=True, owner="", actor=None, file="production/web.yaml",
    judged="standing", reason="removed from the system",
)  # fmt: skip
COVERAGE = (
    KindCoverage("production", "ConfigMap", 3, 3, 3, 100.0),
    KindCoverage("production", "Deployment", 4, 3, 3, 75.0),
    KindCoverage("production", "Secret", 2, 2, 2, None, "denied"),
)
BAND = QuietNote("Deployment/web", "/spec/replicas", "autoscaler", "moves in its band", 3, 4)


def comparison() -> Comparison:
    """An intent beside what runs."""
    plain = samples.comparison()
    pair = msgspec.structs.replace(
        plain.pair, left="production", right="production", left_plane="declared",
        right_plane="observed", noise=601,
    )  # fmt: skip
    return msgspec.structs.replace(
        plain, pair=pair, unmanaged=(MADE,), ghosts=(GONE,), coverage=COVERAGE,
        informational=(BAND,),
    )  # fmt: skip


def test_what_only_one_plane_has() -> None:
    """Objects with age, place, size and maker; coverage where it is not whole; noise as a count."""
    text = to_text(plane_lines(comparison(), PAGE, NOW), color=False)

    assert "Runs, and is declared nowhere (1)" in text
    assert "Deployment/shell  shop   3 d  29 facts · human kubectl-create · team-a" in text
    assert "PodDisruptionBudget/web  shop   7 d  production/web.yaml" in text
    assert "Deployment 3 of 4 (75 %) · 1 kind wholly, 3 objects · not listed: Secret" in text
    assert "601 differences that mean nothing; --show-noise lists them" in text
    assert "Deployment/web /spec/replicas 4: moves in its band" in text


def test_noise_that_was_asked_for() -> None:
    """Each line of noise says where, by which rule and why."""
    shown = msgspec.structs.replace(comparison(), noise=(BAND,))
    text = to_text(plane_lines(shown, PAGE, NOW), color=False)

    assert "Deployment/web /spec/replicas  autoscaler: moves in its band" in text
    assert "--show-noise" not in text


def test_siblings_have_none_of_it() -> None:
    """A comparison without planes has no further lines."""
    assert [] == plane_lines(samples.comparison(), PAGE, NOW)
    assert [] == plane_blocks(samples.comparison())


def test_sides_are_named_by_their_planes() -> None:
    """Two planes of one environment are told apart by their planes, siblings by their names."""
    pair = named_by_plane(comparison()).pair

    assert ("declared", "observed") == (pair.left, pair.right)
    assert samples.comparison() == named_by_plane(samples.comparison())


def test_markdown() -> None:
    """The same objects stand in tables."""
    text = "\n".join(plane_blocks(comparison())).replace("\\", "")

    assert "| `Deployment/shell` | shop | 2026-08-05 | 29 | human kubectl-create | team-a |" in text
    assert "| Secret | 2 | 2 | 2 | not listed |" in text


def test_hostile_names_stay_names() -> None:
    """Nothing that a cluster calls something reaches a terminal or a table raw."""
    bad = msgspec.structs.replace(MADE, name="x\x1b[2J|\n`y", namespace="a|b")
    one = msgspec.structs.replace(comparison(), unmanaged=(bad,))

    assert "\x1b" not in to_text(plane_lines(one, PAGE, NOW), color=False)
    assert "\x1b" not in "".join(plane_blocks(one))


def test_clusters() -> None:
    """A cluster that could not be looked at says why."""
    seen = ObservedCluster("prod", "2026-08-08T12:00:00Z", 12, 3, 9)
    (text,) = clusters_seen((seen, ObservedCluster("test", None, error="no route")))

    assert "| `prod` | 2026-08-08 12:00 | 12 | 3 | 9 | 0 |" in text.replace("\\", "")
    assert "| `test` | no route |" in text
    assert [] == clusters_seen(())
