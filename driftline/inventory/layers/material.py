"""One document of a file with its whole life, ready to become a layer."""

from collections.abc import Mapping
from functools import cached_property

import msgspec

from driftline.inventory.layers.merging import LayerStep
from driftline.model import address as addresses
from driftline.model.document import DocumentKind


class Material(msgspec.Struct, frozen=True, dict=True):
    """A resource of a source with every step of its facts.

    `source` is the store's number of the source, `steps` are ordered by
    instant. `born` is the instant at which it first appeared, `gone` the one
    at which it vanished for good (None while it is there).
    """

    source: int
    resource: int
    file: str
    key: str
    kind: DocumentKind
    steps: tuple[LayerStep, ...]
    born: int
    gone: int | None

    @property
    def is_alive(self) -> bool:
        """Whether the document is there after the last instant."""
        return self.gone is None

    @cached_property
    def now(self) -> Mapping[str, str]:
        """The facts after the last instant; those before it vanished when it is gone."""
        facts: dict[str, str] = {}
        for step in self.steps:
            if step.value is not None:
                facts[step.address] = step.value
            elif self.gone is None or step.instant < self.gone:
                facts.pop(step.address, None)
        return facts


def text_of(value: str | None) -> str:
    """A fact's value as a tool pastes it into text: a string as meant, a number as spelled.

    >>> text_of('"1.10"'), text_of("1.10"), text_of(None)
    ('1.10', '1.10', '')
    """
    if value is None:
        return ""
    return msgspec.json.decode(value, type=str) if value[:1] == '"' else value


def texts_below(facts: Mapping[str, str], prefix: str) -> dict[str, str]:
    """The string values directly below an address, by token, in the order of positions.

    >>> texts_below({"/resources/1": '"b.yaml"', "/resources/0": '"a.yaml"'}, "/resources")
    {'0': 'a.yaml', '1': 'b.yaml'}
    """
    start = prefix + "/"
    found = {
        address[len(start) :]: text_of(value)
        for address, value in facts.items()
        if address.startswith(start) and "/" not in address[len(start) :] and value[:1] == '"'
    }
    return dict(sorted(found.items(), key=lambda item: _order(item[0])))


def groups_below(facts: Mapping[str, str], prefix: str) -> dict[str, dict[str, str]]:
    """The facts below each child of an address, by the child's token, addresses relative to it.

    >>> groups_below({"/images/[name=a]/newTag": '"1"'}, "/images")
    {'[name=a]': {'/newTag': '"1"'}}
    """
    start = prefix + "/"
    groups: dict[str, dict[str, str]] = {}
    for address, value in facts.items():
        if not address.startswith(start):
            continue
        token, slash, rest = address[len(start) :].partition("/")
        groups.setdefault(token, {})[slash + rest] = value
    return dict(sorted(groups.items(), key=lambda item: _order(item[0])))


def _order(token: str) -> tuple[int, str]:
    return (int(token), "") if addresses.is_position(token) else (-1, token)
