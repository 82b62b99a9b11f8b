import base64
import hashlib
import re

import msgspec
import pytest

from driftline.render.html.document import html_of
from tests.render.html.page_reader import PageReader
from tests.render.html.sample_page import TREND, full_scan
from tests.render.samples import scan

HOSTILE = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "a\u202etxt.exe",
    "<!-- ]]> &amp; '",
    "x" * 5_000,
    "\x1b[31mred\udc80",
)


def test_the_page_is_whole() -> None:
    """Every element ends, every id is one, and every link inside the page leads somewhere."""
    page = PageReader(html_of(full_scan(), TREND))
    targets = {str(link["href"]).removeprefix("#") for link in page.all("a")}

    assert ([], []) == (page.wrong, page.unclosed)
    assert len(page.ids()) == len(set(page.ids()))
    assert targets <= set(page.ids())
    assert len(targets) > 10


def test_the_page_asks_nobody() -> None:
    """No element names a file or a host; all links stay inside."""
    page = PageReader(html_of(full_scan(), TREND))
    asked = {
        (name, key)
        for name, attributes in page.elements
        for key in attributes
        if key in {"src", "srcset", "action", "style"} or key.startswith("on")
    }

    assert set() == asked
    assert all(str(link["href"]).startswith("#") for link in page.all("a"))
    assert not {"link", "iframe", "img", "object"} & {name for name, _ in page.elements}


def test_the_policy_allows_exactly_what_is_there() -> None:
    """The hashes of the policy are those of the style sheet and of the script."""
    text = html_of(full_scan())
    policy = str(PageReader(text).all("meta")[1]["content"])
    for name in ("style", "script"):
        inside = re.findall(rf"<{name}>(.*?)</{name}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside[0].encode()).digest()).decode()

        assert 1 == len(inside)
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")


@pytest.mark.parametrize("name", HOSTILE, ids=["script", "attribute", "bidi", "mix", "long", "raw"])
def test_hostile_names_are_inert(name: str) -> None:
    """A name from a repository adds no element, wherever it is shown."""
    one = full_scan()
    row = msgspec.structs.replace(
        one.divergences[1], role=name, path=f"/{name}", left_value=name, reason=name, cause=name,
        subject=name, left_file=name, left=name,
    )  # fmt: skip
    repository = msgspec.structs.replace(one.repositories[0], path=name, branch=name)
    gap = msgspec.structs.replace(one.gaps[0], path=name, reason=name)
    hostile = msgspec.structs.replace(
        one, divergences=(row,), repositories=(repository,), gaps=(gap,), notes=(name,)
    )
    page = PageReader(html_of(hostile))

    assert 1 == len(page.all("script"))
    assert [] == page.all("img")
    assert "\u202e" not in page.text
    assert ([], []) == (page.wrong, page.unclosed)
    html_of(hostile).encode()


def test_a_page_of_nothing_is_calm() -> None:
    """A repository without environments has a page with a sentence in each section."""
    empty = msgspec.structs.replace(
        scan(divergences=(), pairs=[], environments=None),
        environments=(), most_changed=(), actors=(), gaps=(),
    )  # fmt: skip
    page = PageReader(html_of(empty))

    assert ([], []) == (page.wrong, page.unclosed)
    assert "There are not two environments to compare." in page.text


def test_landmarks_are_there() -> None:
    """A screen reader finds header, navigation, main part and footer, and a link past them."""
    page = PageReader(html_of(full_scan()))
    names = [name for name, _ in page.elements]

    for landmark in ("header", "nav", "main", "footer", "h1"):
        assert 1 == names.count(landmark), landmark
    assert "#report" == page.all("a")[0]["href"]
    assert "en" == page.all("html")[0]["lang"]
