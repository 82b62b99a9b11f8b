"""What a cluster did not list, so that an object which was not seen is not taken for gone.

A listing that was denied, cut or not attempted is a gap on `NAMESPACE/PLURAL.GROUP`,
with `*` for all namespaces or kinds and `-` for what has no namespace. Whatever
lies behind such a gap is unknown: what is stored of it is only what was last seen.
"""

from collections.abc import Mapping

import msgspec

from driftline.inventory.live.identity import Identity, plural_of


class Unlisted(msgspec.Struct, frozen=True):
    """The listings that are missing at an instant, by their file, with the reason of each."""

    reasons: Mapping[str, str] = {}

    def reason(self, file: str) -> str:
        """Why a listing is missing; empty where it is not.

        >>> Unlisted({"*/secrets.core": "denied"}).reason("shop/secrets.core")
        'denied'
        >>> Unlisted({"*/secrets.core": "denied"}).reason("shop/configmaps.core")
        ''
        """
        if not self.reasons:
            return ""
        namespace, _, kind = file.partition("/")
        group = kind.partition(".")[2]
        for place in (file, f"*/{kind}", f"{namespace}/*", f"*/*.{group}", "*/*"):
            if place in self.reasons:
                return self.reasons[place]
        return ""

    def reason_in(self, namespaces: tuple[str, ...], kind_file: str) -> str:
        """Why a kind is not listed in one of several namespaces, or in all of them."""
        for namespace in namespaces or ("*",):
            found = self.reason(f"{namespace}/{kind_file}")
            if found:
                return found
        return ""


def listing_of(identity: Identity, plurals: Mapping[tuple[str, str], str]) -> str:
    """The listing that would hold an object, `PLURAL.GROUP`; `plurals` are those that were seen.

    >>> listing_of(Identity("apps", "Deployment", "shop", "web"), {})
    'deployments.apps'
    """
    plural = plurals.get((identity.group, identity.kind)) or plural_of(identity.kind)
    return f"{plural}.{identity.group or 'core'}"
