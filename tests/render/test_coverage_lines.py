from driftline.model.answers.parity import GapNote
from driftline.render.coverage_lines import (
    coverage_lines,
    gap_lines,
    labelled,
    note_lines,
    question_lines,
)
from driftline.render.lines import span, to_text
from driftline.render.page import Page
from tests.render import samples


def test_gaps_are_counted_by_reason() -> None:
    """The most frequent reason comes first, and rare ones are summed up."""
    gaps = [
        GapNote(f"{reason}/{at}", "1", reason)
        for reason, number in (("a", 1), ("b", 7), ("c", 2), ("d", 1), ("e", 1), ("f", 1))
        for at in range(number)
    ]
    text = to_text(gap_lines(gaps, Page()), color=False)

    assert "Gaps        7 x b · 2 x c · 1 x a · 1 x d · 2 for other reasons\n" == text
    assert [] == gap_lines([], Page())


def test_coverage_is_plain_counts() -> None:
    """How many files were read, and where they belong."""
    text = to_text(coverage_lines(samples.scan().coverage, Page(width=160)), color=False)

    assert text.startswith("Coverage    128 of 131 configuration files read (98 %) · 88 in env")


def test_a_question_comes_with_the_line_that_answers_it() -> None:
    """What was not guessed can be decided by pasting one line."""
    text = to_text(question_lines([samples.QUESTION] * 3, Page(), most=2), color=False)

    assert 2 == text.count('driftline.toml: environments = ["alpha", "bravo"]')
    assert "… and 1 more question (driftline layout)" in text


def test_notes_stand_one_below_the_other() -> None:
    """The label stands once."""
    assert "Note        one\n            two\n" == to_text(
        note_lines(["one", "two"], Page()), color=False
    )


def test_pieces_flow_beside_their_label() -> None:
    """Later lines begin below the first piece."""
    pieces = [[span("a" * 20)], [span("b" * 20)], [span("c" * 20)]]
    text = to_text(labelled("Next", pieces, Page(width=60)), color=False)

    assert f"Next        {'a' * 20} · {'b' * 20}\n            {'c' * 20}\n" == text


def test_long_sentences_take_two_lines() -> None:
    """What is cut away ends in an ellipsis; a word that is too long does too."""
    words = to_text(note_lines(["word " * 60], Page(width=60)), color=False).splitlines()
    wide = to_text(note_lines(["x" * 200], Page(width=60)), color=False).splitlines()

    assert 2 == len(words)
    assert words[1].endswith("word …")
    assert 60 == len(wide[0])
    assert wide[0].endswith("…")


def test_many_notes_are_counted() -> None:
    """A screen shows the first notes and how many there are besides."""
    text = to_text(note_lines(["one", "two", "three"], Page(), most=1), color=False)

    assert "… and 2 more notes" in text
    assert "two" not in text
