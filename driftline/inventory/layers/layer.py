"""The words of the merge: layers with their lives, and the points of an effective value."""

import enum
from collections.abc import Mapping, Sequence

import msgspec

# Values by which a derived layer acts on what is below it. They are no JSON, so
# that no file can contain them.
DELETED = "<deleted>"  # nothing is left here
REPLACED = "<replaced>"  # only what this layer puts below is left here


class MergeMode(enum.StrEnum):
    """Whose rules merge a layer onto the ones below it."""

    HELM = "helm"  # every list is replaced as a whole; a null over nothing stays
    MERGE_PATCH = "merge patch"  # the same (RFC 7386), but a null never stays
    STRATEGIC = "strategic"  # lists that Kubernetes merges by name are merged
    WHOLE = "whole"  # a top-level value is replaced as a whole, as Terraform does
    EDIT = "edit"  # each fact stands for itself and hides nothing but its own address


class LayerStep(msgspec.Struct, frozen=True, gc=False):
    """One change of one fact in one layer; `instant` orders steps of all layers.

    `act` says whose doing it was, in the words of whoever built the layer.
    """

    instant: int
    address: str
    value: str | None
    act: int = -1


class Layer(msgspec.Struct, frozen=True):
    """One input of the merge with its whole life; `name` is shown to people.

    `is_shared` tells a layer that serves several environments from the
    environment's own. `steps` are ordered by instant.
    """

    name: str
    file: str
    mode: MergeMode
    is_shared: bool
    steps: tuple[LayerStep, ...]


class Point(msgspec.Struct, frozen=True, gc=False):
    """The effective value from an instant on: None is absent.

    `layer` indexes the layer that set the value, or took it away by a null of
    its own; None when it is simply not there. `cause` indexes the layer whose step made the value
    change here, and `act` is that step's: the two differ from `layer` when
    removing an override lets a lower layer show.
    """

    instant: int
    value: str | None
    layer: int | None
    cause: int
    act: int


EffectiveSeries = Mapping[str, Sequence[Point]]
