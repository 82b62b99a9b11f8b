"""Roles that allow no more than what is read."""

import yaml

from driftline.sources.kubernetes.kinds import CUSTOMARY, ListedKind
from driftline.sources.kubernetes.permissions import manifests, roles
from tests.sources.kubernetes.serving import CONFIG_MAPS, DEPLOYMENTS, NAMESPACES, SECRETS

FEW = (NAMESPACES, CONFIG_MAPS, SECRETS, DEPLOYMENTS)


def test_cluster_role() -> None:
    """One rule for each group, lists and watches only, and no Secrets."""
    (role,) = roles(FEW)

    assert ("ClusterRole", "driftline-reader") == (role.kind, role.metadata.name)
    assert [
        (("",), ("configmaps", "namespaces"), ("list", "watch")),
        (("apps",), ("deployments",), ("list", "watch")),
    ] == [(rule.api_groups, rule.resources, rule.verbs) for rule in role.rules]


def test_with_secrets() -> None:
    """Secrets are added where that is wanted."""
    (role,) = roles(FEW, secrets=True)

    assert "secrets" in role.rules[0].resources


def test_secrets_of_others() -> None:
    """A custom kind that is called secrets, too, is not one of these."""
    (role,) = roles([ListedKind("vault.example.com", "secrets", "v1", "Secret", True)])

    assert [("secrets",)] == [rule.resources for rule in role.rules]


def test_namespaces() -> None:
    """In single namespaces, what lies outside of them is left out."""
    several = roles(FEW, ("a", "b"))

    assert [("Role", "a"), ("Role", "b")] == [
        (role.kind, role.metadata.namespace) for role in several
    ]
    assert ("configmaps",) == several[0].rules[0].resources


def test_manifests() -> None:
    """What is printed is YAML that says the same, whatever things are called."""
    hostile = ListedKind("x.example.com", 'a"]\n- b: \x1b', "v1", "A", True)
    several = roles([*CUSTOMARY, hostile], ("on", "team-1"))
    text = manifests(several, ("a note\n- that breaks out",))
    read = list(yaml.safe_load_all(text))

    assert [[list(rule.resources) for rule in role.rules] for role in several] == [
        [rule["resources"] for rule in document["rules"]] for document in read
    ]
    assert ["on", "team-1"] == [document["metadata"]["namespace"] for document in read]
    assert "\x1b" not in text


def test_nothing_to_read() -> None:
    """A role without rules is one, too."""
    assert [] == yaml.safe_load(manifests(roles([])))["rules"]
