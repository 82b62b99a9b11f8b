"""Names from a repository, which anybody may have written, do nothing in a browser."""

import msgspec
import pytest

from driftline.model.answers.scan import Scan
from driftline.render.html.document import html_of
from tests.browser.conftest import Open
from tests.render.html.sample_page import TREND, full_scan

pytestmark = pytest.mark.browser
HOSTILE = {
    "script": "</script></style></title><script>window.foreign = 1</script>",
    "attribute": '"\' onmouseover=window.foreign=1 autofocus onfocus=window.foreign=1 x="',
    "image": "<img src=x onerror=window.foreign=1><svg onload=window.foreign=1>",
    "link": "javascript:window.foreign=1",
    "bidi": "invoice\u202egpj.exe\u2066\u200b",
    "terminal": "\x1b]0;owned\x07\x1b[31mred\x9b2J\x00",
    "surrogate": "caf\udce9",
    "long": "x" * 3_000,
    "entity": "&lt;b&gt;&#x202e;<!-- ]]>",
}
# Characters that turn text around, hide in it, or that a terminal obeys.
UNSEEN = """() => [...document.body.innerText].filter((one) =>
  /[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u200b-\\u200f\\u202a-\\u202e\\u2066-\\u2069]/.test(one))
  .length"""


def with_name(name: str) -> Scan:
    """A scan in which everything that can be named has this name."""
    scan = full_scan()
    named = ("role", "path", "left", "right", "subject", "cause", "reason", "owner", "left_value",
             "right_value", "left_file", "approved_by", "look")  # fmt: skip
    rows = tuple(
        msgspec.structs.replace(row, **dict.fromkeys(named, name)) for row in scan.divergences
    )
    return msgspec.structs.replace(
        scan,
        divergences=rows,
        repositories=tuple(
            msgspec.structs.replace(one, path=name, branch=name, head=name)
            for one in scan.repositories
        ),
        environments=tuple(
            msgspec.structs.replace(one, name=name, evidence=(name,)) for one in scan.environments
        ),
        gaps=tuple(
            msgspec.structs.replace(one, path=name, reason=name, repository=name)
            for one in scan.gaps
        ),
        questions=tuple(
            msgspec.structs.replace(one, text=name, answer=name) for one in scan.questions
        ),
        most_changed=tuple(
            msgspec.structs.replace(one, role=name, path=name, environments=(name,))
            for one in scan.most_changed
        ),
        spells=tuple(
            msgspec.structs.replace(one, role=name, path=name, left=name) for one in scan.spells
        ),
        promotions=tuple(
            msgspec.structs.replace(one, role=name, path=name, from_=name, to=name)
            for one in scan.promotions
        ),
        notes=(name,),
    )


@pytest.mark.parametrize("name", HOSTILE.values(), ids=list(HOSTILE))
def test_hostile_names_do_nothing(name: str, open_page: Open) -> None:
    """A name adds no element and runs nothing, wherever it is shown and whatever is pressed."""
    opened = open_page(html_of(with_name(name), TREND), width=390).open_all()
    for key in ("Tab", "Enter") * 12:
        opened.page.keyboard.press(key)
    opened.page.mouse.move(100, 300)

    assert opened.ask("() => window.foreign === undefined")
    assert 1 == opened.page.locator("script").count()
    assert 0 == opened.page.locator("img, iframe, object, [onerror], [onfocus], [style]").count()
    assert ([], [], []) == (opened.asked, opened.complaints, opened.violations)


@pytest.mark.parametrize("name", HOSTILE.values(), ids=list(HOSTILE))
def test_hostile_names_are_seen(name: str, open_page: Open) -> None:
    """What cannot be seen is spelled out, and no name breaks the width of a telephone."""
    opened = open_page(html_of(with_name(name), TREND), width=390).open_all()

    assert 0 == opened.ask(UNSEEN)
    assert 390 >= opened.ask("() => document.documentElement.scrollWidth")
    assert opened.page.locator("#standing tbody tr").count() > 0
