"""Single namespaces become places."""

from driftline.inventory.live.findings import Finding, merged
from driftline.model.placing import LivePlace


def test_places() -> None:
    """Namespaces of one environment in one cluster are one place, as sure as its weakest part."""
    found = merged(
        [
            Finding("qa", "one", "b", "", 0.7, "a name"),
            Finding("qa", "one", "a", "", 0.9, "manifests"),
            Finding("qa", "two", "a", "", 0.9, "manifests"),
            Finding("qa", "one", "c", "env=qa", 0.8, "a label"),
        ]
    )

    assert (
        LivePlace("qa", "one", ("a", "b"), "", 0.7, ("manifests", "a name")),
        LivePlace("qa", "one", ("c",), "env=qa", 0.8, ("a label",)),
        LivePlace("qa", "two", ("a",), "", 0.9, ("manifests",)),
    ) == found


def test_evidence_is_bounded() -> None:
    """A place of very many namespaces keeps the surest pieces of evidence."""
    (place,) = merged(Finding("qa", "one", f"n{i}", "", i / 100, f"why {i}") for i in range(50))

    assert "why 49" == place.evidence[0]
    assert 6 == len(place.evidence)
