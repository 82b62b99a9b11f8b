import pytest

from driftline.inventory.noise.ownership import (
    Ownership,
    Sort,
    is_applied,
    manager_name,
    sort_of,
)


@pytest.mark.parametrize(
    ("manager", "sort"),
    [
        ("kubectl-edit/Update", Sort.HAND),
        ("kubectl/Update/scale", Sort.HAND),
        ("k9s/Update", Sort.HAND),
        ("kubectl-client-side-apply/Update", Sort.DEPLOYING),
        ("argocd-controller/Apply", Sort.DEPLOYING),
        ("helm/Update", Sort.DEPLOYING),
        ("Terraform/Apply", Sort.DEPLOYING),
        ("kube-controller-manager/Update/status", Sort.CONTROL_PLANE),
        ("aws-cloud-controller-manager/Update", Sort.CONTROL_PLANE),
        ("image-scanner/Update", Sort.PROGRAM),
        ("externalsecrets.external-secrets.io/a/Update", Sort.PROGRAM),
    ],
)
def test_sorts_of_managers(manager: str, sort: Sort) -> None:
    """A manager is sorted by its name, which may hold slashes."""
    assert sort == sort_of(manager)


def test_names_of_managers_may_hold_anything() -> None:
    """Only what the server puts behind the name is taken off."""
    assert "a/b" == manager_name("a/b/Apply")
    assert "a" == manager_name("a/Update/scale")
    assert "odd" == manager_name("odd")


def test_a_field_belongs_to_whoever_owns_the_container_around_it() -> None:
    """A list that is replaced as a whole is owned as a whole."""
    own = Ownership({"/spec/rules": ("kubectl-edit/Update",)}, {}, {})

    assert ("kubectl-edit/Update",) == own.owners("/spec/rules/0/host")
    assert () == own.owners("/spec/ingressClassName")


def test_who_deployed_is_who_owns_what_is_as_declared() -> None:
    """Whoever owns most of what is declared is the deploying tool, whatever its name."""
    facts = {"/spec/a": "1", "/spec/b": "2", "/spec/c": "3"}
    managers = {
        "/spec/a": ("platform-deployer/Apply",),
        "/spec/b": ("platform-deployer/Apply",),
        "/spec/c": ("kubectl-edit/Update",),
    }
    own = Ownership(managers, facts, {**facts, "/spec/c": "9"})

    assert {"platform-deployer/Apply"} == own.deploying
    assert {Sort.DEPLOYING} == own.sorts(("platform-deployer/Apply",))
    assert {Sort.HAND} == own.sorts(("kubectl-edit/Update",))


def test_a_hand_that_owns_everything_deployed_it() -> None:
    """Where nobody else owns anything, the object was created by hand."""
    facts = {"/spec/a": "1"}
    own = Ownership({"/spec/a": ("kubectl-create/Update",)}, facts, facts)

    assert {Sort.DEPLOYING} == own.sorts(("kubectl-create/Update",))


def test_nothing_is_known_without_managers() -> None:
    """Field managers may have been stripped; then nobody owns anything."""
    own = Ownership({}, {"/spec/a": "1"}, {"/spec/a": "1"})

    assert not own.is_known
    assert set() == own.sorts(own.owners("/spec/a"))


def test_an_apply_is_told_from_an_update() -> None:
    """An apply owns what it sent, an update what changed, defaults included."""
    assert is_applied(("a/Update", "b/Apply"))
    assert not is_applied(("a/Update",))
