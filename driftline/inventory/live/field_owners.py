"""Who owns which field of a live object, as its document about ownership says it at an instant."""

from collections.abc import Mapping

import msgspec

from driftline.inventory.layers.material import Material
from driftline.model import address as addresses

_TIMES = "/-/times/"
_NOTE = "/-/"
_decode = msgspec.json.Decoder(list[str]).decode
_text = msgspec.json.Decoder(str).decode


class FieldOwners(msgspec.Struct, frozen=True):
    """The managers of each owned address, and when each manager last moved anything it owns.

    A manager is `name/operation`, with `/subresource` where it wrote through one.
    Times are texts in ISO 8601 as the server gave them; some managers have none.
    """

    managers: Mapping[str, tuple[str, ...]] = {}
    times: Mapping[str, str] = {}

    def of(self, address: str) -> tuple[str, ...]:
        """The managers of an address, or of the nearest owned place above it."""
        for place in (address, *addresses.ancestors(address)):
            found = self.managers.get(place)
            if found:
                return found
        return ()

    def last_moved(self, address: str) -> str | None:
        """When an owner of an address last moved anything; None where that is not known."""
        times = [self.times.get(manager) for manager in self.of(address)]
        known = [time for time in times if time is not None]
        return max(known) if known and len(known) == len(times) else None


def field_owners(material: Material | None, *, until: int | None = None) -> FieldOwners:
    """The owners at an instant (None: the last); nobody where nothing is known about them."""
    if material is None:
        return FieldOwners()
    facts: dict[str, str] = {}
    for step in material.steps:
        if until is not None and step.instant > until:
            break
        if step.value is not None:
            facts[step.address] = step.value
        elif material.gone is None or step.instant < material.gone:
            facts.pop(step.address, None)
    managers, times = {}, {}
    for address, value in facts.items():
        if address.startswith(_TIMES):
            times[addresses.unescape(address[len(_TIMES) :])] = _text(value)
        elif not address.startswith(_NOTE):
            managers[address] = tuple(_decode(value))
    return FieldOwners(managers, times)
