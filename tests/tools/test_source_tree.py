import textwrap
from pathlib import Path

import pytest

from tools import source_tree


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("X = 1\nclass A:\n    y: int = 2\n", False),
        ('class P:\n    def ask(self) -> int:\n        """What it promises."""\n', False),
        ("def f() -> int:\n    return 1\n", True),
        ("class A:\n    async def f(self) -> int:\n        return 1\n", True),
    ],
    ids=["table", "protocol", "function", "method"],
)
def test_a_module_acts_when_a_function_does_something(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, *, acts: bool
) -> None:
    """Tables, records and protocols do nothing; a function with a body does."""
    monkeypatch.setattr(source_tree, "ROOT", tmp_path)
    (tmp_path / "one.py").write_text(text)

    assert acts == source_tree.read(tmp_path / "one.py").acts


def test_what_the_rules_see_of_a_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module is its caption, its length, its functions with theirs, and its classes."""
    monkeypatch.setattr(source_tree, "ROOT", tmp_path)
    (tmp_path / "one.py").write_text(
        textwrap.dedent('''\
            """What it answers.

            And why.
            """

            class A:
                def f(self) -> int:
                    """Two lines and a name."""
                    return 1
        ''')
    )
    module = source_tree.read(tmp_path / "one.py")

    assert ("What it answers.", 9, ("A",)) == (module.caption, module.lines, module.classes)
    assert [("f", 3)] == [(function.name, function.lines) for function in module.functions]
