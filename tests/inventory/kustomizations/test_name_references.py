import pytest

from driftline.inventory.kustomizations.name_references import mended

NAMES = {
    ("ConfigMap", "settings"): "p-settings",
    ("Secret", "pull"): "p-pull",
    ("Service", "web"): "p-web",
    ("ServiceAccount", "web"): "p-web",
    ("Deployment", "web"): "p-web",
    ("Role", "reader"): "p-reader",
    ("PersistentVolumeClaim", "data"): "p-data",
}
CONTAINER = "/spec/template/spec/containers/[name=web]"

# The kind of the holder, an address, the name there, and what becomes of it.
REFERENCES = [
    ("Deployment", "/spec/template/spec/volumes/[name=a]/configMap/name", "settings", "p-settings"),
    ("Pod", "/spec/volumes/[name=a]/configMap/name", "settings", "p-settings"),
    (
        "Deployment",
        f"{CONTAINER}/env/[name=A]/valueFrom/configMapKeyRef/name",
        "settings",
        "p-settings",
    ),
    ("Deployment", f"{CONTAINER}/envFrom/0/configMapRef/name", "settings", "p-settings"),
    ("Deployment", f"{CONTAINER}/envFrom/0/secretRef/name", "pull", "p-pull"),
    ("CronJob", "/spec/jobTemplate/spec/template/spec/serviceAccountName", "web", "p-web"),
    ("Pod", "/spec/volumes/[name=d]/persistentVolumeClaim/claimName", "data", "p-data"),
    ("StatefulSet", "/spec/serviceName", "web", "p-web"),
    ("Widget", "/spec/serviceName", "web", "web"),
    ("Deployment", f"{CONTAINER}/name", "web", "web"),
    ("Deployment", f"{CONTAINER}/envFrom/0/configMapRef/name", "pull", "pull"),
    ("Ingress", "/spec/rules/[host=h]/http/paths/[path=~1]/backend/service/name", "web", "p-web"),
]


@pytest.mark.parametrize(("kind", "address", "name", "expected"), REFERENCES)
def test_references_follow_names(kind: str, address: str, name: str, expected: str) -> None:
    """A reference to a renamed object is mended, and nothing else that has the same text."""
    facts = {"/kind": f'"{kind}"', address: f'"{name}"'}

    assert {**facts, address: f'"{expected}"'} == mended(NAMES, facts)


@pytest.mark.parametrize(("kind", "expected"), [("Deployment", "p-web"), ("StatefulSet", "web")])
def test_references_with_a_kind(kind: str, expected: str) -> None:
    """A reference that says the kind means an object of that kind."""
    facts = {
        "/kind": '"HorizontalPodAutoscaler"',
        "/spec/scaleTargetRef/kind": f'"{kind}"',
        "/spec/scaleTargetRef/name": '"web"',
    }

    assert f'"{expected}"' == mended(NAMES, facts)["/spec/scaleTargetRef/name"]


def test_an_element_named_by_its_reference_moves() -> None:
    """Where the reference is the element's own name, the element's address changes with it."""
    place = "/spec/template/spec/imagePullSecrets"
    facts = {"/kind": '"Deployment"', f"{place}/[name=pull]/name": '"pull"'}

    assert {"/kind": '"Deployment"', f"{place}/[name=p-pull]/name": '"p-pull"'} == mended(
        NAMES, facts
    )


def test_subjects_of_a_binding() -> None:
    """A binding's role and its accounts follow their names, other subjects do not."""
    facts = {
        "/kind": '"RoleBinding"',
        "/roleRef/kind": '"Role"',
        "/roleRef/name": '"reader"',
        "/subjects/[name=web]/kind": '"ServiceAccount"',
        "/subjects/[name=web]/name": '"web"',
        "/subjects/[name=x]/kind": '"User"',
        "/subjects/[name=x]/name": '"web"',
    }
    result = mended(NAMES, facts)

    assert '"p-reader"' == result["/roleRef/name"]
    assert '"p-web"' == result["/subjects/[name=p-web]/name"]
    assert '"web"' == result["/subjects/[name=x]/name"]
