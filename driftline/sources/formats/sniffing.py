"""The format of a file whose name says nothing, by its content.

Prose, scripts and data must not become configuration, so a format is only
named when the whole text reads as it.
"""

import re

from driftline.sources.formats.catalogue import Format
from driftline.sources.formats.env_files import env_tree
from driftline.sources.formats.ini_files import ini_tree
from driftline.sources.formats.json_trees import json_tree
from driftline.sources.formats.limits import Unreadable
from driftline.sources.formats.tree import Tree
from driftline.sources.formats.yaml_trees import yaml_trees

_ENV_LINE = re.compile(r"(?:export\s+)?[A-Za-z_]\w*=")
_YAML_LINE = re.compile(r"---(?:\s|$)|[\w./-]+:(?:\s|$)")
_KEY = re.compile(r"[\w./-]+")
# Guessing is for small files; whoever keeps more says what it is.
_CHARACTERS_MAX = 512 * 1024


def sniff(text: str) -> Format | None:
    r"""The format that the whole text reads as, or None.

    >>> sniff("IMAGE_TAG=1.2\nREPLICAS=3\n"), sniff("Dear reader,\nnote: this\n")
    (<Format.ENV: 'env'>, None)
    """
    if text.startswith("#!") or len(text) > _CHARACTERS_MAX:
        return None
    first = _first_line(text)
    try:
        if first.startswith(("{", "[")) and isinstance(_json_or_none(text), (dict, list)):
            return Format.JSON
        if _ENV_LINE.match(first):
            env_tree(text)
            return Format.ENV
        if first.startswith("["):
            ini_tree(text)
            return Format.INI
        if _YAML_LINE.match(first) and _is_mapping_file(text):
            return Format.YAML
    except Unreadable:
        return None
    return None


def _first_line(text: str) -> str:
    """The first line that is neither blank nor a comment."""
    for line in text.split("\n"):
        bare = line.strip()
        if bare and bare[0] not in "#;":
            return bare
    return ""


def _json_or_none(text: str) -> Tree | None:
    try:
        return json_tree(text)
    except Unreadable:
        return None


def _is_mapping_file(text: str) -> bool:
    """Whether every document is a mapping with keys that no sentence would have."""
    trees = [tree for tree in yaml_trees(text) if tree != "null"]
    return bool(trees) and all(
        isinstance(tree, dict) and tree and all(_KEY.fullmatch(key) for key in tree)
        for tree in trees
    )
