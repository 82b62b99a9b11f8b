"""What the rules would rather ask than guess, each with the line that decides it."""

import json
from collections.abc import Iterable, Sequence

from driftline.inventory.layout.members import Doubt
from driftline.inventory.layout.tree import FOLDER, Entry, SlotKey, Tree
from driftline.inventory.layout.vocabulary import COMPONENTS, SHARED
from driftline.model.placing import LayoutHints, Question

_SAMPLE = 5
_MOST = 10


def asked(doubts: Iterable[Doubt], tree: Tree, hints: LayoutHints) -> tuple[Question, ...]:
    """One question for each set of strangers that may be environments, wherever they stand.

    At most ten are asked; each answer makes the next ones fewer.
    """
    together: dict[tuple[str, ...], list[Doubt]] = {}
    for doubt in sorted(doubts, key=lambda doubt: doubt.key):
        together.setdefault(doubt.strangers, []).append(doubt)
    held = sorted(together.values(), key=lambda group: (-len(group), group[0].key))
    return tuple(_question(group, tree, hints) for group in held[:_MOST])


def _question(group: Sequence[Doubt], tree: Tree, hints: LayoutHints) -> Question:
    doubt = group[0]
    slot = tree.slots[doubt.key]
    paths = [entry.path for name in doubt.strangers for entry in slot[name].entries[:2]]
    place = "/".join((*doubt.key.parent[1:], doubt.key.pattern + _ending(doubt.key)))
    more = f" and {len(group) - 1} more places" if len(group) > 1 else ""
    beside = f" beside {_listed(doubt.known)}" if doubt.known else ""
    several = len(doubt.strangers) > 1
    what = "may be environments" if several else "may be an environment"
    none = "they are none" if several else "it is none"
    text = (
        f"In {place}{more}, {_listed(doubt.strangers)} {what}{beside}; the files alone do not "
        f"say. If {none}, write not_environments = {_toml(doubt.strangers)}."
    )
    answer = f"environments = {_toml((*hints.environments, *doubt.strangers))}"
    return Question(text, tuple(paths[:_SAMPLE]), answer)


def nothing_found(entries: Sequence[Entry], tree: Tree, hints: LayoutHints) -> tuple[Question, ...]:
    """The question of a repository in which nothing looks like environments."""
    if not entries or (hints.places and not tree.entries):
        return ()
    folders = sorted({entry.segments[1] + "/" for entry in entries if len(entry.segments) > 2})
    where = _listed(folders) if folders else "its root folder"
    template = _promising(tree) or _example(entries[0])
    text = (
        f"No environments were found in {len(entries)} configuration files of {where}: nowhere do "
        "folders or files vary in a word such as staging or production. If the environments have "
        "other names, say where their names stand."
    )
    answer = f"places = {_toml((*hints.places, template))}"
    paths = tuple(entry.path for entry in entries[:_SAMPLE])
    return (Question(text, paths, answer),)


def _promising(tree: Tree) -> str:
    """The place where most siblings stand, as a template."""
    best: tuple[int, int] = (1, 0)
    template = ""
    for key in sorted(tree.slots):
        values = tree.slots[key]
        if key.pattern != "{}":
            continue
        plain = [v for n, v in values.items() if n.lower() not in SHARED | COMPONENTS]
        rank = (len(plain), sum(len(value.entries) for value in plain))
        if rank > best:
            best, template = rank, _template(key, plain[0].entries[0])
    return template


def _template(key: SlotKey, entry: Entry) -> str:
    parents = list(key.parent[1:])
    if any(mark in segment for segment in parents for mark in "{*"):
        parents = ["*" for _ in parents]
    if key.form == FOLDER:
        return "/".join((*parents, "{environment}", "**"))
    ending = entry.segments[-1][len(entry.names[-1].stem) :]
    if any(mark in ending for mark in "{*"):
        ending = "*"
    return "/".join((*parents, "{environment}" + ending))


def _example(entry: Entry) -> str:
    return _template(SlotKey(entry.folder, "{}", "." + entry.names[-1].extension), entry)


def _ending(key: SlotKey) -> str:
    return "/" if key.form == FOLDER else key.form.rstrip(".")


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_SAMPLE])
    more = len(names) - _SAMPLE
    return f"{shown} and {more} more" if more > 0 else shown


def _toml(names: Sequence[str]) -> str:
    unique = list(dict.fromkeys(names))
    return "[" + ", ".join(json.dumps(name).replace("\x7f", "\\u007f") for name in unique) + "]"
