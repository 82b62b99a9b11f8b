"""Compare gives the counts that plain git and PyYAML give, on recorded histories."""

from pathlib import Path

import pytest

from driftline.engine import ask
from driftline.model.answers.parity import Comparison, Side
from tests.engine import recorded

# Leaves of config/staging.yaml against config/prod.yaml before each midnight UTC:
# common, equal, differing, only staging, only prod; counted with plain git and
# PyYAML, lists by position.
OWN = (
    ("2018-12-31T23:59:59", (46, 15, 31, 1, 60)),
    ("2020-12-31T23:59:59", (56, 18, 38, 21, 53)),
    ("2023-12-31T23:59:59", (75, 25, 50, 27, 64)),
    ("2026-08-05T23:59:59", (54, 15, 39, 36, 62)),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the recorded repositories are unpacked."""
    return tmp_path_factory.mktemp("recorded")


def counts(answer: Comparison, role: str) -> tuple[int, int, int, int, int]:
    """Common, equal, differing, only left and only right facts of one role."""
    (one,) = [row for row in answer.roles if row.role == role]
    equal = one.facts_common - one.facts_differ
    return one.facts_common, equal, one.facts_differ, one.facts_left_only, one.facts_right_only


@pytest.mark.data
@pytest.mark.parametrize(("at", "expected"), OWN, ids=[row[0][:4] for row in OWN])
def test_leaves_of_two_files(
    data: Path, folder: Path, at: str, expected: tuple[int, int, int, int, int]
) -> None:
    """The environments' own files alone have the leaves that were counted independently."""
    settings = recorded.read(data, "mybinder.org-deploy", folder)

    answer = ask.compare(f"staging@{at}", f"prod@{at}", settings, now=recorded.NOW, layer="own")

    assert expected == counts(answer, "mybinder")


@pytest.mark.data
def test_leaves_over_the_shared_chart(data: Path, folder: Path) -> None:
    """With the shared chart's values below, inherited leaves are common to both."""
    settings = recorded.read(data, "mybinder.org-deploy", folder)

    answer = ask.compare("staging", "production", settings, now=recorded.NOW)
    (role,) = [row for row in answer.roles if row.role == "mybinder"]

    assert (343, 64, 29) == (role.facts_common, role.facts_differ, role.inherited)
    assert 69 == role.facts_left_only + role.facts_right_only + role.unknown


@pytest.mark.data
def test_one_service(data: Path, folder: Path) -> None:
    """One service's values: 114 leaves in common, of which 22 differ."""
    settings = recorded.read(data, "wbaas-deploy", folder)

    at = "@2025-12-31T23:59:59"
    answer = ask.compare(f"stg{at}", f"prod{at}", settings, now=recorded.NOW, layer="own")

    assert (114, 92, 22, 1, 0) == counts(answer, "api")


@pytest.mark.data
def test_unseen_chart(data: Path, folder: Path) -> None:
    """What one side leaves to a chart that lives elsewhere is unknown, not absent."""
    settings = recorded.read(data, "wbaas-deploy", folder)

    at = "@2025-12-31T23:59:59"
    answer = ask.compare(f"stg{at}", f"prod{at}", settings, now=recorded.NOW)
    (row,) = [row for row in answer.divergences if row.role == "api" and not row.right_file]

    assert (Side.PRESENT, Side.UNKNOWN) == (row.left_state, row.right_state)


@pytest.mark.data
def test_changes_of_a_tag(data: Path, folder: Path) -> None:
    """The series of an image tag has every change that the files had."""
    settings = recorded.read(data, "wbaas-deploy", folder)

    answer = ask.history("api", "image.tag", settings, now=recorded.NOW)

    assert {"staging": 144, "production": 135} == {
        one.environment: len(one.steps) for one in answer.series if one.environment != "local"
    }
