"""Certificates of authorities, which the cluster puts where callers need them, and renews."""

from collections.abc import Mapping

from driftline.inventory.noise.places import Place
from driftline.inventory.noise.rule import Noise, noise

_BUNDLE = noise("ca-bundle")
# Annotations and labels by which an object asks for certificates.
_ASKS = (
    "/metadata/annotations/cert-manager.io~1inject-",
    "/metadata/annotations/service.beta.openshift.io~1inject-cabundle",
    "/metadata/annotations/service.alpha.openshift.io~1inject-cabundle",
    "/metadata/labels/config.openshift.io~1inject-trusted-cabundle",
    "/metadata/annotations/secrets-store.csi.x-k8s.io~1",
    "/metadata/annotations/trust.cert-manager.io~1",
)
_FILES = frozenset("service-ca.crt ca-bundle.crt ca.crt".split())
# What charts put where a bundle will be: nothing, a line break, or a word for it.
_PLACEHOLDERS = frozenset({'""', '"Cg=="', '"XG4="', "null"})


def certificates(at: Place, facts: Mapping[str, str]) -> Noise | None:
    """The noise of a bundle that the cluster put into an object, or None."""
    if at.key == "caBundle":
        return _BUNDLE
    if at.key in _FILES and at.shape.startswith("/data/") and asks(facts):
        return _BUNDLE
    return None


def renewed(at: Place, declared: str, facts: Mapping[str, str]) -> Noise | None:
    """The noise of a bundle that differs from the declared one, or None.

    A bundle that somebody declared is meant, unless the object asks for one or
    only a placeholder stands there.
    """
    if certificates(at, facts) is None:
        return None
    return _BUNDLE if declared in _PLACEHOLDERS or asks(facts) else None


def asks(facts: Mapping[str, str]) -> bool:
    """Whether an object asks the cluster for certificates, by its annotations and labels."""
    return any(one.startswith(_ASKS) for one in facts)
