"""The answer of `trend`: which pairs, from when, and what is noted beside the figures."""

from pathlib import Path

import pytest

from driftline.engine import ask
from driftline.engine.settings import Settings
from driftline.errors import UsageError
from driftline.model.answers.trend import TrendAnswer
from driftline.model.ref import time_text
from tests.engine import recorded
from tests.engine.asking import NOW, company, scanned

PAIR = ("staging", "production")


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A little company that was read."""
    folder = tmp_path_factory.mktemp("company")
    return scanned(folder, company(folder / "infra").folder)[1]


def checked(answer: TrendAnswer) -> TrendAnswer:
    """The answer, whose parts, weeks and services are the whole of each pair to the bit."""
    for pair in {(one.left, one.right) for one in answer.trend}:
        points = [one for one in answer.trend if (one.left, one.right) == pair]
        parts = [one for one in answer.parts if (one.left, one.right) == pair]
        weeks = [one for one in answer.velocity if (one.left, one.right) == pair]
        roles = [one for one in answer.services if (one.left, one.right) == pair]
        change = points[-1].distance - points[0].distance

        assert change == sum(one.added - one.removed for one in parts)
        assert change == sum(one.change for one in weeks)
        assert points[-1].distance == sum(one.distance for one in roles)
        assert points[-1].paths == sum(one.paths for one in roles)
        assert abs(change) <= points[-1].path_length - points[0].path_length
    return answer


def test_one_pair_from_its_beginning(asked: Settings) -> None:
    """Points run from the day on which both existed until now."""
    answer = checked(ask.trend(asked, now=NOW, pair=PAIR))
    scan = ask.status(asked, now=NOW)
    last = answer.trend[-1]

    assert PAIR == (last.left, last.right)
    assert PAIR == answer.focus
    assert answer.since is None
    assert len([one for one in scan.divergences if one.left_state != "unknown"]) == last.paths
    assert {"human"} <= {one.actor_class for one in answer.parts}


def test_other_spellings_of_names(asked: Settings) -> None:
    """Environments and roles are found by what people write."""
    answer = ask.trend(asked, now=NOW, pair=("stg", "prod"), role="WEB")

    assert (PAIR, "web") == ((answer.trend[0].left, answer.trend[0].right), answer.role)
    assert {"web"} == {one.role for one in answer.services}


def test_all_pairs_over_a_year(asked: Settings) -> None:
    """Without names every pair is told, from a year ago on."""
    answer = checked(ask.trend(asked, now=NOW))

    assert {PAIR} == {(one.left, one.right) for one in answer.trend}
    assert answer.since is not None
    assert 53 >= len(answer.trend)


def test_since(asked: Settings) -> None:
    """Points begin where they are asked to, in any form that a ref may have."""
    answer = checked(ask.trend(asked, now=NOW, pair=PAIR, since="{3.weeks.ago}"))

    assert answer.since == answer.trend[0].at
    assert 4 == len(answer.velocity)


@pytest.mark.parametrize("since", ["{3.weeks.ago}", "3.weeks.ago", "21 days ago"])
def test_how_long_ago(asked: Settings, since: str) -> None:
    """How long ago is said with braces or without."""
    answer = ask.trend(asked, now=NOW, pair=PAIR, since=since)

    assert time_text(NOW - 21 * 86_400) == answer.since


WRONG = (
    ({"pair": ("staging", "staging")}, "does not drift from itself"),
    ({"pair": ("staging", "moon")}, "no environment is called 'moon'"),
    ({"pair": PAIR, "role": "moon"}, "no role is called 'moon'"),
    ({"pair": PAIR, "since": "soon"}, "'soon' is not a time"),
    ({"pair": PAIR, "since": "2026-13-01"}, "'2026-13-01' is not a time"),
    ({"pair": PAIR, "since": "2999-01-01"}, "still to come"),
)


@pytest.mark.parametrize(("question", "complaint"), WRONG, ids=[row[1] for row in WRONG])
def test_wrong_questions(asked: Settings, question: dict[str, str], complaint: str) -> None:
    """What cannot be answered is said, with what was wrong."""
    with pytest.raises(UsageError, match=complaint):
        ask.trend(asked, now=NOW, **question)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the recorded repositories are unpacked."""
    return tmp_path_factory.mktemp("recorded")


@pytest.mark.data
@pytest.mark.parametrize("name", ["wbaas-deploy", "flux2-kustomize-helm-example"])
def test_recorded_histories(data: Path, folder: Path, name: str) -> None:
    """Years of real changes add up to the bit, and the present counts are those of the report."""
    settings = recorded.read(data, name, folder)
    answer = checked(ask.trend(settings, now=recorded.NOW, since="1971-01-01"))
    last = {(one.left, one.right): one for one in answer.trend}
    pairs = ask.status(settings, now=recorded.NOW).pairs

    assert pairs
    for pair in pairs:
        point = last[pair.left, pair.right]
        one_sided = pair.facts_in_left_roles + pair.facts_in_right_roles
        alone = pair.facts_left_only + pair.facts_right_only - one_sided
        # An empty container whose content the other side has is a fact, and no difference.
        assert 0 <= pair.facts_differ + alone - point.paths <= 2
        assert pair.roles_left_only + pair.roles_right_only == point.roles_missing


@pytest.mark.data
def test_a_bot_that_promotes(data: Path, folder: Path) -> None:
    """Where a bot deploys to staging first, it moves staging away and production after it."""
    settings = recorded.read(data, "wbaas-deploy", folder)
    answer = ask.trend(settings, now=recorded.NOW, pair=PAIR)
    bot = {one.side: one for one in answer.parts if one.actor_class == "bot"}

    assert bot["left"].added > 20 * bot["left"].removed
    assert bot["right"].removed > 20 * bot["right"].added
