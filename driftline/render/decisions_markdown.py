"""What was decided, as Markdown."""

from driftline.model.answers.decisions import DecisionsAnswer
from driftline.render.decisions_table import covers_text, place_text, until_text, value_words
from driftline.render.harmless import markdown_code, markdown_text
from driftline.render.markdown_table import table

_HEADS = ("Decision", "Role", "Path", "Values", "Until", "State", "Reason", "Owner", "Now", "Where")


def decisions_blocks(answer: DecisionsAnswer) -> list[str]:
    """The heading, the table, and what in the ledger is wrong."""
    rows = [
        (
            one.decision + (f": {markdown_text(one.class_)}" if one.class_ else ""),
            markdown_code(one.role),
            markdown_code(place_text(one)),
            ", ".join(map(markdown_code, value_words(one.values)))
            or markdown_text(", ".join(one.environments)),
            until_text(one),
            one.state,
            markdown_text(one.reason),
            markdown_text(one.owner),
            covers_text(one),
            markdown_code(f"{one.file}:{one.line}"),
        )
        for one in answer.decisions
    ]
    problems = "\n".join(f"- {markdown_text(problem)}" for problem in answer.problems)
    return ["## Decisions", table(_HEADS, rows) if rows else "Nothing was decided.", problems]
