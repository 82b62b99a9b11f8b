"""Refs find instants by every form that people write, and errors say what would be right."""

import pytest

from driftline.engine import ask
from driftline.engine.settings import Settings
from driftline.errors import UsageError
from driftline.model.answers.parity import Comparison
from tests.engine.asking import NOW, company, scanned
from tests.sources.git.building import DAY, START


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A company that was read once for all tests here."""
    folder = tmp_path_factory.mktemp("referring")
    return scanned(folder, company(folder / "infra").folder)[1]


def tag(answer: Comparison) -> tuple[object, object]:
    """The image tags of both sides; None where they agree."""
    found = [row for row in answer.divergences if row.path == "/image/tag"]
    return (found[0].left_value, found[0].right_value) if found else (None, None)


# The company promotes 1.1 a day after staging has it; see asking.py.
FORMS = (
    ("production@2023-11-17", (1.2, 1.0), "a date, its midnight in UTC"),
    (f"production@{{{(NOW - START - 2 * DAY) // DAY}.days.ago}}", (1.2, 1.0), "so long ago"),
    ("production~1", (1.2, 1.1), "one look that changed it back"),
    ("production~2", (1.2, 1.0), "two looks that changed it back"),
    ("production#1", (1.2, 1.0), "a look by its number"),
    ("prod:declared", (1.2, 1.1), "a plane"),
)


@pytest.mark.parametrize(("ref", "expected", "why"), FORMS, ids=[row[2] for row in FORMS])
def test_forms(settings: Settings, ref: str, expected: tuple[object, object], why: str) -> None:
    """Each form of a ref finds the instant that it means."""
    assert expected == tag(ask.compare("staging", ref, settings, now=NOW)), why


def test_a_commit(settings: Settings) -> None:
    """An environment at a commit is found by the beginning of its hash."""
    steps = (
        ask.history("web", "image.tag", settings, now=NOW, environment="staging").series[0].steps
    )

    answer = ask.compare("staging", f"git:{steps[0].look[:12]}:production", settings, now=NOW)

    assert (1.2, 1.0) == tag(answer)


def test_a_branch(settings: Settings) -> None:
    """An environment at a branch is found by the branch's name."""
    answer = ask.compare("staging", "git:main:production", settings, now=NOW)

    assert (1.2, 1.1) == tag(answer)


REFUSED = (
    ("production@2020-01-01", "the history begins at 2023-11-15"),
    ("production~9", "changed at only 3 looks"),
    ("production#77", "the looks are #0 to #4"),
    ("production:observed", "nothing that runs was looked at"),
    ("git:0123456:production", "git log --first-parent"),
    ("./production", "no such file or folder"),
    ("productoin", "did you mean production"),
)


@pytest.mark.parametrize(("ref", "message"), REFUSED, ids=[row[0] for row in REFUSED])
def test_refused(settings: Settings, ref: str, message: str) -> None:
    """A ref that means nothing is refused, with what there is."""
    with pytest.raises(UsageError) as raised:
        ask.compare("staging", ref, settings, now=NOW)

    assert message in str(raised.value)
