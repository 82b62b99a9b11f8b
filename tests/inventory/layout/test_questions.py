"""Every question comes with a line that settles it."""

import tomllib
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.inventory.layout.infer import infer
from driftline.model.placing import FileCard, Layout, LayoutHints, Question


def answered(question: Question, hints: LayoutHints) -> LayoutHints:
    """The hints after the user has pasted a question's line under [layout]."""
    line = tomllib.loads(question.answer)
    return msgspec.convert({**msgspec.structs.asdict(hints), **line}, LayoutHints)


@pytest.mark.parametrize("content", [True, False])
def test_answers_settle(case: Any, content: bool) -> None:  # noqa: FBT001 - a parameter of the case
    """A question's own line, once applied, ends that question."""
    layouts = case.layouts(case.cards(content=content))
    for source, layout in layouts.items():
        for question in layout.questions:
            hints = answered(question, case.hints)
            again = case.layouts(case.cards(content=content), hints)[source]

            assert question.text not in {one.text for one in again.questions}
            assert again.environments


def test_denial_settles() -> None:
    """Saying that strangers are no environments ends the question too."""
    cards = [FileCard(f"config/{name}.yaml") for name in ("staging", "prod", "ovh")]
    hints = LayoutHints(not_environments=("ovh",))

    assert 1 == len(infer(cards).questions)
    assert () == infer(cards, hints).questions


def test_nothing_found() -> None:
    """Without environments, the question says what was looked at and how to map."""
    layout = infer([FileCard("svc/api/app.yaml"), FileCard("svc/web/app.yaml")])
    (question,) = layout.questions

    assert "2 configuration files of svc/" in question.text
    assert question.answer.startswith('places = ["')


def test_no_files() -> None:
    """An empty repository asks nothing."""
    assert Layout((), (), ()) == infer([])


NAMES = st.text(alphabet='ab"\\{}*[] \x1b\x7fé-.', min_size=1, max_size=6)


@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=4, unique=True))
@settings(max_examples=60, deadline=None)
def test_hostile_names(pairs: list[tuple[str, str]]) -> None:
    """Whatever the names, an answer is one line of TOML that can be read."""
    layout = infer([FileCard(f"{one}/{two}.yaml") for one, two in pairs])

    for question in layout.questions:
        assert "\n" not in question.answer
        answered(question, LayoutHints())
