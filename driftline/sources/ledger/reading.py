"""A ledger read strictly: every mistake is told with its line, and hides no other decision.

A word that nobody knows is never passed over: a decision that silently does
not count, or counts for more than was meant, is worse than none.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from driftline.model.ledger import DRIFT, ENVIRONMENTAL, NOT, Decision, Entry, Ledger
from driftline.model.verdict import PathClass
from driftline.sources.ledger.spelling import value_of

LIST = "decisions"
CHARACTERS_MAX = 4_000_000
CLASSES = (ENVIRONMENTAL, DRIFT, *(one.value for one in PathClass))
_DEPTH_MAX = 8
_ANYWHERE = ("decision", "role", "path", "environments", "until", "reason", "owner", "made_on")
_FURTHER = {
    Decision.IGNORE: ("values",),
    Decision.ACCEPT: ("values",),
    Decision.FREEZE: (),
    Decision.CLASSIFY: ("as",),
}
_NEEDED = {
    Decision.IGNORE: ("role", "reason"),
    Decision.ACCEPT: ("role", "until", "reason", "owner"),
    Decision.FREEZE: ("role", "until", "reason", "owner"),
    Decision.CLASSIFY: ("role", "path", "as", "reason"),
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ITEM = re.compile(r"([ ]*)- ")


class MistakeError(ValueError):
    """What is wrong at a line; it never leaves this package but as text."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.line = line


def read_ledger(text: str, *, origin: str) -> Ledger:
    """The decisions that a text holds, and every mistake in it; `origin` is how the file is called.

    >>> read_ledger("decisions: [{decision: ignore, rol: api}]", origin="x").problems[0][:46]
    "x:1: unknown key 'rol', did you mean 'role'? T"
    """
    text = text.removeprefix("\ufeff")
    entries: list[Entry] = []
    problems: list[str] = []
    try:
        root = root_of(text)
    except MistakeError as mistake:
        # One broken line must not hide all other decisions, so each is tried alone.
        parts = _one_by_one(text, origin, problems)
        if not problems:
            problems.append(_told(origin, mistake, is_all=True))
    else:
        parts = _all(root, origin, problems)
    for node, line in parts:
        try:
            entries.append(_entry(node, line, origin))
        except MistakeError as mistake:
            mistake.line += line - (node.start_mark.line + 1)
            problems.append(_told(origin, mistake))
    return Ledger(tuple(entries), tuple(problems))


def _all(root: Node | None, origin: str, problems: list[str]) -> list[tuple[Node, int]]:
    try:
        _, content, strangers = list_of(root)
        problems += [_told(origin, one, is_harmless=True) for one in strangers]
        return [(node, node.start_mark.line + 1) for node in items(content)]
    except MistakeError as mistake:
        problems.append(_told(origin, mistake, is_all=True))
        return []


def _one_by_one(text: str, origin: str, problems: list[str]) -> list[tuple[Node, int]]:
    parts: list[tuple[Node, int]] = []
    for start, piece in _pieces(text):
        try:
            _, content, _ = list_of(root_of(f"{LIST}:\n{piece}"))
            parts += [(node, node.start_mark.line + start) for node in items(content)]
        except MistakeError as broken:
            broken.line += start - 1
            problems.append(_told(origin, broken))
    return parts


def root_of(text: str) -> Node | None:
    """The top of the document as YAML nodes; None for a text without content."""
    if len(text) > CHARACTERS_MAX:
        raise MistakeError(1, f"longer than {CHARACTERS_MAX:,} characters")
    try:
        # Events first: the composer recurses, and a hostile file could be deep.
        depth = 0
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEPTH_MAX:
                raise MistakeError(_line_of(event), "nested deeper than any decision")
        node: Node | None = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        what = getattr(error, "problem", None) or getattr(error, "reason", None) or "its characters"
        raise MistakeError(
            mark.line + 1 if mark else 1,
            f"not valid YAML ({what}); a text that begins with * or ! needs quotes",
        ) from None
    return node


def _line_of(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def list_of(root: Node | None) -> tuple[Node | None, Node | None, list[MistakeError]]:
    """The key `decisions`, what stands under it, and the keys beside it that mean nothing."""
    if root is None or _is_nothing(root):
        return None, None, []
    if not isinstance(root, MappingNode):
        raise MistakeError(root.start_mark.line + 1, f"a ledger begins with `{LIST}:`")
    found: tuple[Node | None, Node | None] = (None, None)
    strangers = []
    for key, value in root.value:
        if key.value == LIST and found[0] is not None:
            raise MistakeError(key.start_mark.line + 1, f"'{LIST}' stands there twice")
        if key.value == LIST:
            found = (key, value)
        else:
            strangers.append(
                MistakeError(key.start_mark.line + 1, _unknown(str(key.value), (LIST,)))
            )
    return *found, strangers


def items(content: Node | None) -> Sequence[Node]:
    """The decisions of the list."""
    if content is None or _is_nothing(content):
        return ()
    if not isinstance(content, SequenceNode):
        raise MistakeError(content.start_mark.line + 1, f"'{LIST}' is a list, each item after `- `")
    return list(content.value)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Each item of the list as text of its own, with the number of its first line."""
    lines = text.split("\n")
    found = [match for match in map(_ITEM.match, lines) if match]
    if not found:
        return
    least = min(len(match[1]) for match in found)
    starts = [
        number
        for number, line in enumerate(lines)
        if (match := _ITEM.match(line)) and len(match[1]) == least
    ]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield start, "\n".join(lines[start:end])


def _entry(node: Node, line: int, origin: str) -> Entry:
    fields = _fields(node)
    decision = _decision(fields, node)
    allowed = (*_ANYWHERE, *_FURTHER[decision])
    for key, (key_node, _) in fields.items():
        if key not in allowed:
            belongs = [one.value for one, more in _FURTHER.items() if key in more]
            why = (
                f"{key!r} belongs to {' and '.join(belongs)}" if belongs else _unknown(key, allowed)
            )
            raise MistakeError(key_node.start_mark.line + 1, why)
    said = {key: _text(value, key) for key, (_, value) in fields.items() if key not in _LISTS}
    for key in _NEEDED[decision]:
        if not said.get(key):
            raise MistakeError(node.start_mark.line + 1, f"{_an(decision)} needs {key!r}")
    for key in ("until", "made_on"):
        if said.get(key) and not _is_day(said[key]):
            where = fields[key][1].start_mark.line + 1
            raise MistakeError(where, f"{key} {said[key]!r} is no day; write 2026-12-31")
    if said["role"].startswith(NOT) and decision is not Decision.IGNORE:
        raise MistakeError(
            node.start_mark.line + 1, f"`{NOT}` before a role takes back an ignore only"
        )
    class_ = said.get("as", "")
    if class_ and class_ not in CLASSES:
        raise MistakeError(fields["as"][1].start_mark.line + 1, _unknown(class_, CLASSES, "class"))
    bound, values = _values(fields, node, decision, path=said.get("path", ""))
    return Entry(
        decision=decision,
        role=said["role"],
        path=said.get("path", ""),
        environments=_environments(fields, bound),
        until=said.get("until", ""),
        reason=said["reason"],
        owner=said.get("owner", ""),
        values=values,
        class_=class_,
        made_on=said.get("made_on", ""),
        bound=bound,
        file=origin,
        line=line,
    )


_LISTS = ("values", "environments")
_Fields = Mapping[str, tuple[Node, Node]]


def _fields(node: Node) -> _Fields:
    if not isinstance(node, MappingNode):
        raise MistakeError(node.start_mark.line + 1, "a decision has keys: `decision:`, `role:`, …")
    found: dict[str, tuple[Node, Node]] = {}
    for key, value in node.value:
        name = str(key.value)
        if name in found:
            raise MistakeError(key.start_mark.line + 1, f"{name!r} stands there twice")
        if not _is_nothing(value):
            found[name] = (key, value)
    return found


def _decision(fields: _Fields, node: Node) -> Decision:
    words = [one.value for one in Decision]
    if "decision" not in fields:
        missing = f"it does not say which decision it is: `decision:` {', '.join(words)}"
        near = [key for key in fields if difflib.get_close_matches(key, ["decision"])]
        raise MistakeError(
            node.start_mark.line + 1, _unknown(near[0], _ANYWHERE) if near else missing
        )
    value = fields["decision"][1]
    word = _text(value, "decision")
    if word not in words:
        raise MistakeError(value.start_mark.line + 1, _unknown(word, words, "decision"))
    return Decision(word)


def _text(node: Node, key: str) -> str:
    if not isinstance(node, ScalarNode):
        raise MistakeError(
            node.start_mark.line + 1, f"{key!r} is one text, not a list or a mapping"
        )
    if not node.tag.startswith("tag:yaml.org,2002:"):
        raise MistakeError(
            node.start_mark.line + 1, f'{key!r} needs quotes: "{node.tag}{node.value}"'
        )
    return str(node.value).strip()


def _environments(fields: _Fields, bound: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    if "environments" not in fields:
        return tuple(name for name, _ in bound)
    node = fields["environments"][1]
    if isinstance(node, ScalarNode):
        return (_text(node, "environments"),)
    if not isinstance(node, SequenceNode):
        raise MistakeError(
            node.start_mark.line + 1, "'environments' is a list: [staging, production]"
        )
    named = tuple(_text(one, "environments") for one in node.value)
    strangers = sorted({name for name, _ in bound} - set(named))
    if strangers:
        # Half of what is said would never count.
        raise MistakeError(
            node.start_mark.line + 1, f"'values' names {strangers[0]}, 'environments' does not"
        )
    return named


def _values(
    fields: _Fields, node: Node, decision: Decision, *, path: str
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The values by environment, and the values that any side may have."""
    if "values" not in fields:
        if decision is Decision.ACCEPT and path:
            raise MistakeError(
                node.start_mark.line + 1,
                "an accept needs 'values', so that it hides no new one: {staging: 1, qa: 2}",
            )
        return (), ()
    value = fields["values"][1]
    if isinstance(value, SequenceNode) and value.value:
        return (), tuple(_value(one) for one in value.value)
    if isinstance(value, MappingNode) and value.value:
        return tuple((str(name.value), _value(one)) for name, one in value.value), ()
    raise MistakeError(
        value.start_mark.line + 1, "'values' says of each environment which value: {staging: 1}"
    )


def _value(node: Node) -> str:
    if isinstance(node, ScalarNode):
        return value_of(str(node.value), is_plain=not node.style)
    if not node.value:
        return "{}" if isinstance(node, MappingNode) else "[]"
    raise MistakeError(
        node.start_mark.line + 1, "a value is one scalar; facts are the leaves of a file"
    )


def _is_nothing(node: Node) -> bool:
    if not isinstance(node, ScalarNode) or node.style or node.tag.startswith("!"):
        return False
    return value_of(node.value, is_plain=True) == "null"


def _is_day(text: str) -> bool:
    try:
        return _DAY.fullmatch(text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _unknown(word: str, known: Iterable[str], noun: str = "key") -> str:
    words = list(known)
    near = difflib.get_close_matches(word.lower(), words, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(words)}"
    return f"unknown {noun} {word!r}, {hint}"


def _an(decision: Decision) -> str:
    return f"{'an' if decision.value[0] in 'aeiou' else 'a'} {decision.value}"


def _told(
    origin: str, mistake: MistakeError, *, is_all: bool = False, is_harmless: bool = False
) -> str:
    what = str(mistake)
    end = "" if what.endswith(("?", ".")) else "."
    who = "Nothing in it counts" if is_all else "This decision does not count"
    until = "" if is_harmless else f" {who} until it is mended"
    return f"{origin}:{mistake.line}: {what}{end if until else ''}{until}"
