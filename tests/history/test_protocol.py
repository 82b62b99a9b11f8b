"""History keeps looks in order and knows nothing of what they mean."""

import ast
from pathlib import Path

import driftline.history

FOLDER = Path(driftline.history.__file__).parent
IGNORANT_OF = ("git", "kubernetes", "yaml", "helm", "terraform", "boto", "subprocess")


def imported(path: Path) -> set[str]:
    """The names of all modules that a module imports, at any depth of its code."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def test_history_imports_only_model_and_errors() -> None:
    """Of ours, history imports the nouns and the errors; nothing of any source."""
    modules = sorted(FOLDER.rglob("*.py"))
    names = {(path.name, name) for path in modules for name in imported(path)}
    ours = {(path, name) for path, name in names if name.startswith("driftline.")}
    allowed = ("driftline.history", "driftline.model", "driftline.errors")
    strange = {
        (path, name)
        for path, name in names
        if set(name.lower().split(".")) & set(IGNORANT_OF)
        or ((path, name) in ours and not name.startswith(allowed))
    }

    assert len(modules) > 10
    assert len(ours) > 20
    assert set() == strange


def test_history_spells_no_word_of_a_source() -> None:
    """No table, column or message is about commits, branches of a tool, or clusters."""
    texts = {
        node.value.lower()
        for path in FOLDER.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    statements = {text for text in texts if text.startswith(("select", "create", "insert"))}

    assert len(statements) > 20
    assert set() == {
        text
        for text in statements
        for word in ("commit", "cluster", "namespace", "helm", "environment")
        if word in text
    }
