"""Each module opens with the sentence that ARCHITECTURE.md prints beside its name."""

from collections import Counter

from tests.rules.complaint import listed
from tools.source_tree import Module, modules

LENGTH = 99


def _speaking() -> list[Module]:
    return list(modules("driftline", "tools", "bench"))


def test_every_module_has_a_caption() -> None:
    """A module opens with one line that stands alone and ends like a sentence."""
    wrong = []
    for module in _speaking():
        lines = (module.docstring or "").split("\n")
        alone = len(lines) == 1 or not lines[1].strip()
        if not (lines[0].endswith((".", "?")) and alone and len(lines[0]) <= LENGTH):
            wrong.append(f"{module.path}: {lines[0]!r}")

    assert [] == wrong, listed(wrong)


def test_no_two_modules_answer_the_same() -> None:
    """A caption stands for one module only."""
    counts = Counter(module.caption for module in _speaking())
    twice = [caption for caption, count in counts.items() if count > 1]

    assert [] == twice, listed(twice)
