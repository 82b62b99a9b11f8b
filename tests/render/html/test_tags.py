import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftline.render.html.tags import Markup, escaped, joined, path_code, tag
from tests.render.html.page_reader import PageReader


@given(st.text())
def test_no_text_becomes_an_element(text: str) -> None:
    """Whatever the text, in an element and in an attribute there is one element only."""
    page = PageReader(tag("p", text, title=text))

    assert ["p"] == [name for name, _ in page.elements]
    assert ([], []) == (page.wrong, page.unclosed)


def test_a_direction_override_is_shown_as_an_escape() -> None:
    """A character that would turn the text around is spelled out."""
    assert "a\\u202eb" == escaped("a\u202eb")


@pytest.mark.parametrize(
    ("children", "expected"),
    [
        (None, ""),
        (False, ""),
        ("a<b", "a&lt;b"),
        (Markup("<b>"), "<b>"),
        (["a", None, ["b"]], "ab"),
        (3, "3"),
    ],
)
def test_children_are_joined(children: object, expected: str) -> None:
    """Texts are escaped, markup is not, and nothing stands for nothing."""
    assert expected == joined(children)


def test_attributes_may_be_left_out() -> None:
    """None and False leave an attribute out; True is the attribute alone."""
    assert "<td hidden></td>" == tag("td", hidden=True, id=None, title=False)


def test_a_path_may_break_at_its_slashes() -> None:
    """Between the tokens of a path a line may end."""
    assert '<code class="path"><wbr>/a<wbr>/b</code>' == path_code("/a/b")
