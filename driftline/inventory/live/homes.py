"""Which environment a live object belongs to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from driftline.model.placing import LivePlace


class _Room(msgspec.Struct, frozen=True):
    environment: str
    labels: tuple[tuple[str, str], ...]


class Homes:
    """The environments of live objects, by their cluster, namespace, labels and key.

    `declared` are the environments and keys of everything declared, as
    `Kind/namespace/name`, or `Kind/name` for what stands in no namespace.
    """

    def __init__(
        self, places: Sequence[LivePlace], declared: Iterable[tuple[str, str]] = ()
    ) -> None:
        self._rooms: dict[tuple[str, str], list[_Room]] = defaultdict(list)
        self._living: dict[str, list[str]] = defaultdict(list)
        for place in places:
            room = _Room(place.environment, _labels(place.selector))
            if place.environment not in self._living[place.cluster]:
                self._living[place.cluster].append(place.environment)
            for namespace in place.namespaces:
                self._rooms[place.cluster, namespace].append(room)
        self._declaring: dict[str, set[str]] = defaultdict(set)
        for environment, key in declared:
            self._declaring[key].add(environment)

    def environments(
        self, cluster: str, key: str, namespace: str = "", labels: Mapping[str, str] | None = None
    ) -> tuple[str, ...]:
        """The environments an object belongs to: one, none, or all that declare it alike.

        Who declares it decides before where it stands; what stands outside of
        namespaces belongs to those alone that declare it.
        """
        living = self._living.get(cluster, ())
        declaring = [one for one in living if one in self._declaring.get(key, ())]
        rooms = self._rooms.get((cluster, namespace), ()) if namespace else ()
        here = [one.environment for one in rooms if _has(labels or {}, one.labels)]
        if not declaring:
            return (here[0],) if len(set(here)) == 1 else ()
        if len(declaring) > 1 and here:
            # Several declare one key where no namespace was written: the place decides.
            return tuple(one for one in declaring if one in here) or tuple(declaring)
        return tuple(declaring)


def _labels(selector: str) -> tuple[tuple[str, str], ...]:
    pairs = (part.partition("=") for part in selector.split(",") if part)
    return tuple((key.strip(), value.strip()) for key, _, value in pairs)


def _has(labels: Mapping[str, str], wanted: Iterable[tuple[str, str]]) -> bool:
    return all(labels.get(key) == value for key, value in wanted)
