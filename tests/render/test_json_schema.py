import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from driftline.render.json_schema import SCHEMAS, json_schema, schema_text
from driftline.render.json_text import json_text
from tests.render import check_samples, samples, test_sources_screen

PUBLISHED = Path(__file__).parents[2] / "docs" / "schema"

ANSWERS: dict[str, list[Any]] = {
    "scan": [samples.scan(questions=[samples.QUESTION]), samples.federation()],
    "compare": [samples.comparison()],
    "spells": [samples.spells()],
    "promotions": [samples.promotions()],
    "history": [samples.history()],
    "layout": [samples.layout()],
    "observe": [samples.observed()],
    "trend": [samples.trend()],
    "sources": [test_sources_screen.ANSWER],
    "decisions": [samples.decisions()],
    "align": [samples.align()],
    "check": [check_samples.answer(), check_samples.quiet()],
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_published_schema_is_the_schema(name: str) -> None:
    """What docs/schema says is what the records are, and what `driftline schema` prints."""
    file = PUBLISHED / f"{name}.schema.json"
    if os.environ.get("DRIFTLINE_WRITE_SCREENS"):
        file.write_text(schema_text(name), encoding="utf-8")

    assert schema_text(name) == file.read_text(encoding="utf-8")


def test_nothing_else_is_published() -> None:
    """Every published schema belongs to an answer."""
    assert {f"{name}.schema.json" for name in SCHEMAS} == {
        file.name for file in PUBLISHED.iterdir()
    }


@pytest.mark.parametrize("name", SCHEMAS)
def test_answers_are_what_their_schema_says(name: str) -> None:
    """Every answer that is printed as JSON is valid."""
    validator = jsonschema.Draft202012Validator(json_schema(name))
    validator.check_schema(json_schema(name))
    assert ANSWERS[name], "no answers to check"
    for answer in ANSWERS[name]:
        errors = list(validator.iter_errors(json.loads(json_text(answer))))

        assert [] == errors


@pytest.mark.parametrize("name", SCHEMAS)
def test_an_answer_of_another_version_is_refused(name: str) -> None:
    """The schema's name and version are part of the promise."""
    content = json.loads(json_text(ANSWERS[name][0])) | {"schema": f"driftline.{name}/0"}

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(content, json_schema(name))
