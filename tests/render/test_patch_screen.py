"""A patch for eyes is harmless, and the sentences beside it say what to do."""

from driftline.model.answers.align import AlignAnswer, AlignedFact, Refusal
from driftline.render.patch_screen import patch_lines, patch_markdown, patch_notes

PATCH = "--- a/w.yaml\n+++ b/w.yaml\n@@ -1 +1 @@\n-tag: 1\n+tag: \x1b[2J\n"


def answer(patch: str = PATCH, *refusals: Refusal, branch: str | None = None) -> AlignAnswer:
    """An answer about one fact."""
    fact = AlignedFact("web", "/tag", "w.yaml", "present", 1, "present", 2, "standing", "sets it")
    done = (fact,) if patch else ()
    return AlignAnswer(
        "driftline.align/1", "/r", "abc", branch, "a", "b", patch, ("w.yaml",), done, refusals
    )


def test_nothing_in_a_patch_moves_the_cursor() -> None:
    """Escape codes of a file are shown as text, and colour is ours alone."""
    assert "\x1b" not in patch_lines(PATCH, color=False)
    assert "\x1b[32m+tag" in patch_lines(PATCH, color=True)
    assert "\x1b[2J" not in patch_lines(PATCH, color=True)


def test_what_is_said_beside_a_patch() -> None:
    """What is done, what is refused, and how to apply it; on which branch, if there are several."""
    refusal = Refusal("web", "/host", "environmental", "it differs by design")

    assert [
        "web /tag: sets it",
        "refused: web /host: it differs by design",
        "to apply it, pipe this into `git apply` in branch main of /r",
    ] == patch_notes(answer(PATCH, refusal, branch="main"), None)
    assert patch_notes(answer(), "x.patch")[-1] == "to apply it, git apply x.patch in /r"


def test_nothing_to_do() -> None:
    """Where nothing stands, that is said."""
    assert ["nothing stands between a and b"] == patch_notes(answer(""), None)


def test_a_fence_is_longer_than_any_in_the_patch() -> None:
    """A patch of a page with fences of its own stays one block."""
    text = patch_markdown(answer(PATCH.replace("tag: 1", "````")))

    assert "\n`````diff\n" in text
    assert text.endswith("`````\n")
