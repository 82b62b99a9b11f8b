"""Who moved what between two looks at a cluster, as far as the fields' owners tell.

Owners are the server's, and a name of a field manager can be borrowed: it is
evidence, not proof. A change is laid to a manager only where exactly one both
owns the field and wrote to the object since the last look. Removals leave no
owner; they are laid to a former owner only if it wrote in that time.
"""

import re
from collections.abc import Mapping
from datetime import datetime

import msgspec

from driftline.model.address import escape, unescape
from driftline.model.look import Contribution, Person
from driftline.sources.kubernetes.managed_fields import ASIDE

NOBODY = Person("", "")
_TIMES = f"/{ASIDE}/times/"
_OWNER = re.compile(r"(.*)/((?:Apply|Update)(?:/[^/]*)?)", re.DOTALL)
_owners = msgspec.json.Decoder(list[str])
_text = msgspec.json.Decoder(str)


class Acts:
    """The contributions of one look, in the order in which they are met; 0 is nobody's."""

    def __init__(self, since: int | None, unattributed: str) -> None:
        self._since = since
        self._latest: dict[str, str] = {}
        self._numbers: dict[str, int] = {}
        self._unattributed = unattributed
        self._last: tuple[Mapping[str, str], Mapping[str, str], dict[str, int]] | None = None

    def number(self, owner: str, time: str) -> int:
        """The number of the contribution of an owner that wrote at a time."""
        if not owner:
            return 0
        self._latest[owner] = max(self._latest.get(owner, ""), time)
        return self._numbers.setdefault(owner, len(self._numbers) + 1)

    def mover(self, address: str, before: Mapping[str, str], after: Mapping[str, str]) -> int:
        """The number of whoever moved a field; the maps are the companions of both looks."""
        owners = after.get(address) or before.get(address)
        if owners is None:
            return 0
        # Most fields of an object have the same owners.
        if self._last is None or self._last[0] is not after or self._last[1] is not before:
            self._last = (after, before, {})
        known = self._last[2]
        number = known.get(owners)
        if number is None:
            number = known[owners] = self._only(_owners.decode(owners), before, after)
        return number

    def writer(self, before: Mapping[str, str], after: Mapping[str, str]) -> int:
        """The number of the only manager that wrote to an object since the last look."""
        several = [unescape(key.removeprefix(_TIMES)) for key in after if key.startswith(_TIMES)]
        return self._only(several, before, after)

    def contributions(self) -> tuple[Contribution, ...]:
        """One for nobody, and one for each manager, operation and subresource that moved."""
        made = [Contribution("", NOBODY, self._unattributed)]
        for owner in self._numbers:
            manager, how = manager_of(owner)
            when = f" at {self._latest[owner]}" if self._latest[owner] else ""
            made.append(Contribution("", Person(manager, ""), f"{manager} {how}{when}"))
        return tuple(made)

    def _only(self, owners: list[str], before: Mapping[str, str], after: Mapping[str, str]) -> int:
        """The number of the only one of these owners that wrote since the last look, else 0."""
        wrote: dict[str, str] = {}
        for owner in owners:
            place = _TIMES + escape(owner)
            text = after.get(place)
            if text is None:
                continue
            time = _text.decode(text)
            # Times are whole seconds: a second write in the second of the last
            # look leaves the time as it was.
            if text != before.get(place) or (self._since or 0) <= seconds(time):
                wrote[owner] = time
        if len(wrote) != 1:
            return 0
        ((owner, time),) = wrote.items()
        return self.number(owner, time)


def manager_of(owner: str) -> tuple[str, str]:
    """A manager's name, which may hold slashes, and how it writes.

    >>> manager_of("external-secrets.io/shop/Update"), manager_of("kubectl/Update/scale")
    (('external-secrets.io/shop', 'Update'), ('kubectl', 'Update/scale'))
    """
    match = _OWNER.fullmatch(owner)
    return (match[1], match[2]) if match else (owner, "")


def seconds(time: str) -> int:
    """The instant of a time as the server writes it, in seconds since 1970; -1 if it is none.

    >>> seconds("2026-11-22T19:52:29Z")
    1795377149
    """
    try:
        return int(datetime.fromisoformat(time).timestamp())
    except ValueError:
        return -1
