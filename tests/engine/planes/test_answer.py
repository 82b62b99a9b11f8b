"""What runs beside what was declared: each difference once, with its reason, and no noise."""

from pathlib import Path

from driftline.model.answers.parity import Comparison
from driftline.model.ref import time_text
from tests.engine.running import manager
from tests.engine.two_planes import compared_planes, day, running, steady
from tests.sources.git.building import DAY, START

INTENT = ("production:declared", "production:observed")
KUBECTL = manager("kubectl-edit", "2023-11-18T00:00:00Z", "level")


def rows(answer: Comparison) -> dict[str, tuple[str, object, object]]:
    """Role and path to kind and both values."""
    return {
        f"{row.role} {row.path}".strip(): (row.kind, row.left_value, row.right_value)
        for row in answer.divergences
    }


def test_nothing_differs(tmp_path: Path) -> None:
    """A system that runs as declared has no difference, and its noise is counted."""
    answer = compared_planes(steady(tmp_path))

    assert {} == rows(answer)
    assert (0, "declared/observed") == (answer.pair.standing, answer.pair.plane)
    assert 0 < answer.pair.noise
    assert ((), (), ()) == (answer.noise, answer.unmanaged, answer.ghosts)


def test_noise_can_be_shown(tmp_path: Path) -> None:
    """Whoever asks sees what was left out, each with its rule and its reason."""
    answer = compared_planes(steady(tmp_path), shows_noise=True)

    assert answer.pair.noise == len(answer.noise)
    assert ("everywhere", "") in {(row.rule, row.path) for row in answer.noise}
    assert all(row.reason for row in answer.noise)


def test_somebody_changed_the_system(tmp_path: Path) -> None:
    """A value that moved by hand stands since the look that saw it, with its mover."""
    shop = steady(tmp_path)
    changed = running("production", level="debug", workers="4")
    changed[0]["metadata"]["managedFields"].append(KUBECTL)
    shop.look(6, [*running("staging"), *changed], by="kubectl-edit")
    (row,) = compared_planes(shop).divergences

    assert ("ConfigMap/web", "/data/level", "standing") == (row.role, row.path, row.kind)
    assert ("info", "debug", "right", 6) == (
        row.left_value, row.right_value, row.moved, day(row.since),
    )  # fmt: skip
    assert row.actor is not None
    assert "kubectl-edit" == row.actor.name


def test_a_later_listing_closes_the_gap(tmp_path: Path) -> None:
    """After the next good look everything is known again."""
    shop = steady(tmp_path)
    shop.look(5, [], configmaps="denied: configmaps")
    shop.look(6, [*running("staging"), *running("production")])
    answer = compared_planes(shop)

    assert ({}, ()) == (rows(answer), answer.gaps)


def test_the_same_the_other_way_round(tmp_path: Path) -> None:
    """Two planes always read from what is meant to what runs, whichever is named first."""
    shop = steady(tmp_path)
    shop.look(5, [*running("staging"), *running("production", level="debug", workers="4")])
    answer = compared_planes(shop, *reversed(INTENT))

    assert ("declared", "observed") == (answer.left_plane, answer.right_plane)
    assert INTENT[0] == answer.left_ref
    assert rows(compared_planes(shop)) == rows(answer)


def test_as_it_was(tmp_path: Path) -> None:
    """An instant of the past is answered as it was then."""
    shop = steady(tmp_path)
    shop.look(5, [*running("staging"), *running("production", level="debug", workers="4")])
    before = time_text(START + 3 * DAY)

    assert {} == rows(compared_planes(shop, f"{INTENT[0]}@{before}", f"{INTENT[1]}@{before}"))


def test_its_own_past(tmp_path: Path) -> None:
    """A running environment is compared with what ran before."""
    shop = steady(tmp_path)
    shop.look(5, [*running("staging"), *running("production", level="debug", workers="4")])
    answer = compared_planes(
        shop, "production:observed", f"production:observed@{time_text(START + 3 * DAY)}"
    )

    assert [("ConfigMap/web", "/data/level", "debug", "info")] == [
        (row.role, row.path, row.left_value, row.right_value) for row in answer.divergences
    ]
