import re
from collections.abc import Iterator
from typing import Any

import pytest

from driftline.model.answers.scan import Scan
from driftline.render.html.document import html_of
from driftline.render.masking import masked
from tests.browser.conftest import Open
from tools.example_answers import example_answers

pytestmark = pytest.mark.browser
HOST = re.compile(r"\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:example|com|org|net|io|internal|test)\b")
# Shorter texts are words of the page itself, such as `true` or `web`.
LENGTH_LEAST = 6


def texts(value: Any) -> Iterator[str]:
    """Every text inside a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)


def people(scan: Scan) -> set[str]:
    """Everybody who acted or approved."""
    named = {row.actor.name for row in scan.divergences if row.actor}
    named |= {row.approved_by for row in scan.divergences if row.approved_by}
    return named | {actor.name for actor in scan.actors if actor.class_ == "human"}


def values(scan: Scan) -> set[str]:
    """The texts that the fleet is configured with, but for names that stay readable."""
    held = {
        text
        for row in scan.divergences
        for text in (*texts(row.left_value), *texts(row.right_value))
    }
    kept = " ".join(
        [f"{row.role} {row.path}" for row in scan.divergences]
        + [one.name for one in scan.environments]
    )
    return {text for text in held if len(text) >= LENGTH_LEAST and text not in kept}


def test_a_shared_page_names_nobody(open_page: Open) -> None:
    """No person, value, host, file or message of the fleet is in the page, in any attribute too."""
    scan, trend = example_answers()
    opened = open_page(html_of(*masked(scan, trend), is_shared=True)).open_all()
    source = opened.page.content()
    secret = {
        "person": people(scan),
        "value": values(scan),
        "message": {row.subject for row in scan.divergences if row.subject},
        "owner": {row.owner for row in scan.divergences if row.owner},
        "file": {one.path for one in scan.gaps} | {one.path for one in scan.repositories},
    }
    leaks = [
        f"{kind}: {text}" for kind, all_of in secret.items() for text in all_of if text in source
    ]

    assert [] == leaks
    assert all(len(all_of) > 0 for all_of in secret.values())
    assert [] == HOST.findall(opened.page.inner_text("body"))


def test_the_page_that_is_not_shared_names_them(open_page: Open) -> None:
    """The same search finds people and values in the whole report."""
    scan, trend = example_answers()
    text = open_page(html_of(scan, trend)).open_all().page.inner_text("body")

    assert len({name for name in people(scan) if name in text}) > 5
    assert len({value for value in values(scan) if value in text}) > 10
