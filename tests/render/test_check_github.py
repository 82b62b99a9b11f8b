"""Annotations stand beside the changed lines, and no name can make one of its own."""

import re

from driftline.render.check_github import ANNOTATIONS_MAX, github_text
from tests.render.check_samples import answer, flight, hostile, quiet, row

COMMAND = re.compile(r"::(error|warning|notice) ([a-z]+=[^:]*)::([^\n]*)")


def test_levels_and_places() -> None:
    """What fails is an error at its line; what is on its way is a notice; the end sums up."""
    lines = github_text(answer()).splitlines()

    assert lines[0].startswith(
        "::error file=env/production/web.yaml,line=3,"
        "title=driftline%3A opens a difference (standing)::web /log: production from info to debug"
    )
    assert any(line.startswith("::notice file=env/staging/web.yaml,line=2,") for line in lines)
    assert any(
        line.startswith(
            "::warning file=env/production/web.yaml,line=7,title=driftline%3A forgotten?"
        )
        for line in lines
    )
    assert lines[-1].startswith("::notice title=driftline::fails")


def test_what_does_not_fail_warns() -> None:
    """A standing difference that nobody asked to fail on is a warning."""
    lines = github_text(answer(failed=(), fail_on=("none",))).splitlines()

    assert lines[0].startswith("::warning ")


def test_what_is_by_design_is_no_annotation() -> None:
    """It is in the summary only."""
    assert "/host" not in github_text(answer())
    assert 1 == len(github_text(quiet()).splitlines())


def test_annotations_are_bounded() -> None:
    """GitHub shows ten of a step, so no more are made of one sort."""
    many = answer(opened=tuple(row(path=f"/p{number}") for number in range(50)), changed=())
    errors = [line for line in github_text(many).splitlines() if line.startswith("::error")]

    assert ANNOTATIONS_MAX == len(errors)


def test_no_name_makes_a_command() -> None:
    """Each line is one well-formed command, with nothing unescaped in its properties."""
    lines = github_text(hostile()).splitlines()

    assert lines
    for line in lines:
        found = COMMAND.fullmatch(line)

        assert found is not None, line
        assert {"file", "line", "title"} >= {part.partition("=")[0] for part in found[2].split(",")}
        assert "\x1b" not in line


def test_the_text_is_deterministic() -> None:
    """The same answer is the same text, in whatever order its rows come."""
    turned = answer(opened=(flight(), *reversed(answer().opened[:1]), *answer().opened[2:]))

    assert github_text(answer()) == github_text(turned)
