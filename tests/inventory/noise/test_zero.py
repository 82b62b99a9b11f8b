import pytest

from driftline.inventory.noise.places import place
from driftline.inventory.noise.zero import zero


@pytest.mark.parametrize(
    ("address", "value", "rule"),
    [
        ("/metadata/annotations", "{}", "empty"),
        ("/spec/tolerations", "[]", "empty"),
        ("/metadata/creationTimestamp", "null", "empty"),
        ("/data/x", "null", "empty"),
        ("/spec/hostNetwork", "false", "zero"),
        ("/spec/nodeName", '""', "zero"),
        ("/spec/minReadySeconds", "0", "zero"),
        ("/spec/volumes/[name=a]/emptyDir", "{}", None),
        ("/spec/ingress/0", "{}", None),
        ("/spec/podSelector", "{}", None),
        ("/spec/automountServiceAccountToken", "false", None),
        ("/spec/securityContext/runAsUser", "0", None),
        ("/spec/replicas", "0", None),
        ("/spec/storageClassName", '""', None),
        ("/data/x", '""', None),
        ("/metadata/labels/x", '""', None),
        ("/spec/x", "1", None),
    ],
)
def test_zeros(address: str, value: str, rule: str | None) -> None:
    """A value that says no more than its absence is told from one that does."""
    found = zero(place(address), value, is_custom=False)

    assert rule == (None if found is None else found.rule)


def test_a_custom_resource_keeps_its_zeros() -> None:
    """Only of its own kinds does the server drop them; nulls and empty containers say nothing."""
    assert zero(place("/spec/on"), "false", is_custom=True) is None
    assert zero(place("/spec/x"), "{}", is_custom=True) is not None
