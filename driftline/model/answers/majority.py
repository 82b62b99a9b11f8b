"""What most environments say at a path, where they are enough to call it usual."""

from typing import Any

import msgspec

from driftline.model.answers.parity import Side


class OddOne(msgspec.Struct, frozen=True):
    """An environment that says something else than most.

    `kind`, `reason`, `since` and `moved` are those of its gravest difference from
    one of the majority; `moved` is `it`, `majority`, `both` or `unknown`.
    """

    environment: str
    state: Side
    value: Any
    kind: str
    reason: str
    since: str | None
    moved: str


class Majority(msgspec.Struct, frozen=True):
    """The value that most of the environments share at a path, and who has another.

    `sharing` of `environments` environments that could be read share it;
    `share_least` is the lower bound of Wilson's 95 % interval of that share, and
    above one half. Where `state` is `absent`, most do not set the path. An empty
    `path` is the role as a whole. `unread` are those that could not be read.
    """

    role: str
    path: str
    state: Side
    value: Any
    sharing: int
    environments: int
    share_least: float
    odd: tuple[OddOne, ...]
    unread: tuple[str, ...] = ()
