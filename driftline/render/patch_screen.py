"""A patch on a terminal, and the sentences that stand beside it."""

from driftline.model.answers.align import AlignAnswer
from driftline.render.harmless import harmless

_COLORS = {"+": "\x1b[32m", "-": "\x1b[31m", "@": "\x1b[36m"}
_BOLD, _RESET = "\x1b[1m", "\x1b[0m"
_LISTED_MAX = 40


def patch_lines(patch: str, *, color: bool) -> str:
    """The patch for eyes: nothing in it reaches the terminal as more than text."""
    return "".join(_line(harmless(line), color=color) + "\n" for line in patch.split("\n")[:-1])


def _line(line: str, *, color: bool) -> str:
    if not color:
        return line
    paint = _BOLD if line.startswith(("+++", "---")) else _COLORS.get(line[:1], "")
    return f"{paint}{line}{_RESET}" if paint else line


def patch_notes(answer: AlignAnswer, output: str | None) -> list[str]:
    """What the patch does, what is refused and why, and how to apply it; one line each."""
    lines = [f"{one.role} {one.path}: {one.what}" for one in answer.aligned[:_LISTED_MAX]]
    left = len(answer.aligned) - _LISTED_MAX
    if left > 0:
        lines.append(f"and {left} more")
    lines += [f"refused: {one.role} {one.path}: {one.why}" for one in answer.refusals]
    lines += [f"note: {one}" for one in answer.notes]
    if answer.patch:
        place = (
            f"branch {answer.branch} of {answer.repository}" if answer.branch else answer.repository
        )
        what = f"git apply {output}" if output else "pipe this into `git apply`"
        lines.append(f"to apply it, {what} in {place}")
    elif not answer.refusals:
        lines.append(f"nothing stands between {answer.source} and {answer.target}")
    return [harmless(line) for line in lines]


def patch_markdown(answer: AlignAnswer) -> str:
    """The patch in a fenced block, below what it does and what is refused."""
    lines = [f"- {_escaped(line)}" for line in patch_notes(answer, None)]
    if not answer.patch:
        return "\n".join(lines) + "\n"
    # A fence has to be longer than any that stands in the patch.
    fence = "`" * max(3, 1 + _longest_run(answer.patch))
    body = patch_lines(answer.patch, color=False)
    return "\n".join([*lines, "", f"{fence}diff"]) + f"\n{body}{fence}\n"


def _escaped(line: str) -> str:
    return line.replace("*", "\\*").replace("_", "\\_").replace("<", "&lt;")


def _longest_run(text: str) -> int:
    longest = run = 0
    for character in text:
        run = run + 1 if character == "`" else 0
        longest = max(longest, run)
    return longest
