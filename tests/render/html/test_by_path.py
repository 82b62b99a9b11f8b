import msgspec

from driftline.model.answers.parity import Divergence, Side
from driftline.render.html.by_path import by_path, path_table
from tests.render.html.page_reader import PageReader
from tests.render.samples import divergence

NOW = "2026-08-06T09:00:00Z"


def row(names: tuple[str, str], values: tuple[str | None, str | None]) -> Divergence:
    """A row that is by design; None is a value that nobody could read."""
    one = divergence("web", "/host", *values, names=names)
    states = [Side.UNKNOWN if value is None else Side.PRESENT for value in values]
    return msgspec.structs.replace(
        one,
        kind="unknown" if None in values else "environmental",
        reason="host name",
        left_state=states[0],
        right_state=states[1],
    )


THREE = (
    row(("eu", "staging"), ("a.example", "s.example")),
    row(("eu", "us"), ("a.example", "b.example")),
    row(("staging", "us"), ("s.example", "b.example")),
    row(("asia", "us"), ("a.example", "b.example")),
)


def test_a_path_is_told_once() -> None:
    """Four pairs that differ at one path are one row, the value that most hold first."""
    (one,) = by_path(THREE)

    assert [("a.example", ("eu", "asia")), ("s.example", ("staging",)), ("b.example", ("us",))] == [
        (held.value, held.environments) for held in one.held
    ]
    assert THREE == one.rows


def test_every_value_and_every_name_is_read() -> None:
    """The table shows all values with their environments, and why they differ."""
    text = PageReader(path_table(by_path(THREE), NOW, ["d-1"])).text

    assert "Every value and who has it (1 path)" in text
    assert "eu, asia a.example staging s.example us b.example" in text
    assert "host name" in text


def test_what_could_not_be_read_is_said_beside_its_environment() -> None:
    """A side that nobody could read is unknown, never absent, and needs no reason beside it."""
    rows = by_path([row(("eu", "local"), ("a.example", None))])
    page = PageReader(path_table(rows, NOW, [None]))

    assert "local unknown: a layer could not be read" in page.text
    assert "Why" not in page.text


def test_a_service_as_a_whole_is_there_or_not() -> None:
    """Where only one side has the service, no value is made up for it."""
    one = msgspec.structs.replace(
        row(("eu", "us"), ("", "")), path="", left_value=None, right_value=None,
        right_state=Side.ABSENT,
    )  # fmt: skip
    text = PageReader(path_table(by_path([one]), NOW, [None])).text

    assert "eu there us not there" in text
