"""The last merges of recorded histories, as pull requests: what was said of them, and was it so."""

from collections import Counter
from pathlib import Path

import pytest

from tests.campaigns.replaying import Replayed, halved, replayed
from tests.engine.recorded import read

LAST = 30
PRECISION_MIN = 0.6
RECORDED = ("flux2-kustomize-helm-example", "mybinder.org-deploy", "wbaas-deploy")


def grades(found: list[Replayed]) -> Counter[bool]:
    """How often what the check said came true, where that is known."""
    claims = [claim for one in found for claim in one.claims]
    return Counter(claim.is_right for claim in claims if claim.is_right is not None)


@pytest.mark.slow
@pytest.mark.data
@pytest.mark.parametrize("name", RECORDED)
def test_what_is_said_of_merges_comes_true(data: Path, tmp_path: Path, name: str) -> None:
    """Every merge is answered; what is named as forgotten or following mostly moves in time."""
    settings = read(data, name, tmp_path)
    found = list(replayed(tmp_path / name, settings, last=LAST))
    graded = grades(found)

    assert len(found) == LAST
    assert all(row.kind for one in found for row in one.answer.opened)
    assert graded[True] >= PRECISION_MIN * graded.total()


@pytest.mark.slow
@pytest.mark.data
def test_releases_as_usual_pass(data: Path, tmp_path: Path) -> None:
    """Of merges of a history that promotes within minutes, hardly one fails as it stands."""
    settings = read(data, "wbaas-deploy", tmp_path)
    found = list(replayed(tmp_path / "wbaas-deploy", settings, last=LAST))
    failing = [one.commit for one in found if "opened" in one.answer.failed]

    assert len(failing) <= LAST // 10, failing


@pytest.mark.slow
@pytest.mark.data
def test_half_of_a_merge_is_missed(data: Path, tmp_path: Path) -> None:
    """A merge that moves two environments at once, without one of them, is told to forget it."""
    settings = read(data, "wbaas-deploy", tmp_path)
    found = list(halved(tmp_path / "wbaas-deploy", settings, last=LAST // 2))
    told = [one for one in found if one.told]

    assert len(found) >= LAST // 4
    assert len(told) >= PRECISION_MIN * len(found)
