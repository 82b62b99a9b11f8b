import pytest

from driftline.inventory.noise.default_tables import CONTAINER, KINDS, POD, PROBE
from driftline.inventory.noise.defaults import (
    default_values,
    is_default,
    is_old_default,
    pull_policy,
)
from driftline.inventory.noise.places import place
from driftline.inventory.typed import decode


def default(kind: str, address: str, value: str, **beside: str) -> bool:
    """Whether a value at an address is a default, beside other facts."""
    facts = {one.replace("_", "/"): other for one, other in beside.items()}
    return is_default(kind, address, place(address), {address: value, **facts})


def test_the_tables_hold_json() -> None:
    """Each line of the tables is a path and values that are JSON."""
    lines = [
        line
        for line in (KINDS + POD + CONTAINER + PROBE).splitlines()
        if line.strip() and not line[0].isupper()
    ]
    for line in lines:
        _, _, values = line.partition(" ")
        for value in values.split(" | "):
            decode(value.strip().removeprefix("old "))

    assert len(lines) > 180


@pytest.mark.parametrize(
    ("kind", "address", "value"),
    [
        ("Deployment", "/spec/template/spec/dnsPolicy", '"ClusterFirst"'),
        ("CronJob", "/spec/jobTemplate/spec/template/spec/dnsPolicy", '"ClusterFirst"'),
        ("Pod", "/spec/initContainers/[name=a]/terminationMessagePolicy", '"File"'),
        ("Rollout", "/spec/template/spec/containers/[name=a]/livenessProbe/periodSeconds", "10"),
        ("PersistentVolumeClaim", "/spec/volumeMode", '"Filesystem"'),
        ("StatefulSet", "/spec/volumeClaimTemplates/0/spec/volumeMode", '"Filesystem"'),
        ("RoleBinding", "/subjects/0/apiGroup", '"rbac.authorization.k8s.io"'),
        ("Ingress", "/spec/rules/0/http/paths/0/pathType", '"ImplementationSpecific"'),
        ("CustomResourceDefinition", "/spec/conversion/strategy", '"None"'),
        ("Namespace", "/spec/finalizers/0", '"kubernetes"'),
    ],
)
def test_defaults_are_found_in_any_kind(kind: str, address: str, value: str) -> None:
    """Pods, their containers and probes have the same defaults wherever they are described."""
    assert default(kind, address, value)
    assert not default(kind, address, '"something else"')


def test_a_default_may_be_spelled_otherwise() -> None:
    """Equality is by meaning: an hour is sixty minutes."""
    at = "/spec/refreshInterval"

    assert is_default("ExternalSecret", at, place(at), {at: '"60m"'}, is_custom=True)


def test_values_that_follow_from_others_are_defaults() -> None:
    """The server computes some defaults from what else it was told."""
    listed, singular = "/spec/names/listKind", "/spec/names/singular"

    assert default(
        "Pod", "/spec/serviceAccount", '"robot"', **{"/spec/serviceAccountName": '"robot"'}
    )
    assert default(
        "CustomResourceDefinition", listed, '"FlagList"', **{"/spec/names/kind": '"Flag"'}
    )
    assert default("CustomResourceDefinition", singular, '"flag"', **{"/spec/names/kind": '"Flag"'})
    assert default(
        "LimitRange",
        "/spec/limits/0/defaultRequest/cpu",
        '"1"',
        **{"/spec/limits/0/max/cpu": '"1000m"'},
    )
    assert not default("LimitRange", "/spec/limits/0/defaultRequest/cpu", '"1"')


def test_ports_of_the_machine_are_those_of_the_container_on_its_network() -> None:
    """Only pods that share the machine's network get its ports."""
    at = "/spec/template/spec/containers/[name=a]/ports/[containerPort=80]"
    beside = {f"{at}/containerPort": "80", "/spec/template/spec/hostNetwork": "true"}

    assert default("Deployment", f"{at}/hostPort", "80", **beside)
    assert not default("Deployment", f"{at}/hostPort", "80", **{f"{at}/containerPort": "80"})


def test_old_versions_had_other_defaults() -> None:
    """They count for objects of an old version, and are known as old in any other."""
    at = "/webhooks/[name=a]/matchPolicy"
    old = {"/apiVersion": '"admissionregistration.k8s.io/v1beta1"'}

    assert default("MutatingWebhookConfiguration", at, '"Exact"', **old)
    assert not default("MutatingWebhookConfiguration", at, '"Exact"')
    assert is_old_default("MutatingWebhookConfiguration", place(at), '"Exact"')


def test_custom_resources_have_a_table_of_their_own() -> None:
    """A custom kind does not get the defaults of a kind of the server with its name."""
    shape = "/spec/replicas"

    assert (("1",), ()) == default_values("Deployment", shape)
    assert ((), ()) == default_values("Deployment", shape, is_custom=True)
    assert ('"Same"',) == default_values(
        "Gateway", "/spec/listeners/*/allowedRoutes/namespaces/from", is_custom=True
    )[0]


def test_pull_policies_follow_from_tags() -> None:
    """Without a tag, or with `latest`, an image is pulled every time."""
    images = ('"a"', '"a:latest"', '"a:1"', '"a@sha256:' + "0" * 64 + '"')

    assert ['"Always"', '"Always"', '"IfNotPresent"', '"IfNotPresent"'] == [
        pull_policy(one) for one in images
    ]
