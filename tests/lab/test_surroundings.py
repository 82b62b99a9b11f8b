"""What surrounds the services."""

import yaml

from driftline.lab.dice import Dice
from driftline.lab.fleet import SITES
from driftline.lab.surroundings import (
    applications,
    bootstrap,
    encrypted_secrets,
    mirrored,
    tfvars,
    values_path,
)


def test_values_lie_in_two_places() -> None:
    """Two services begin in the old folder, and leave it when they have moved."""
    assert "environments/staging/checkout.yaml" == values_path("checkout", "staging")
    assert "env/staging/orders.yaml" == values_path("orders", "staging")
    assert "environments/staging/orders.yaml" == values_path("orders", "staging", moved=("orders",))


def test_each_service_has_an_application() -> None:
    """Argo CD is told of every service of an environment, under the environment's address."""
    for site in SITES.values():
        objects = list(yaml.safe_load_all(applications(site)))

        assert list(site.services) == [one["metadata"]["name"] for one in objects]
        assert {f"https://{site.name}.k8s.ternandtide.example"} == {
            one["spec"]["destination"]["server"] for one in objects
        }
        assert f"argocd/{site.name}" == yaml.safe_load(bootstrap(site))["spec"]["source"]["path"]


def test_secrets_are_noise_in_the_shape_of_sops() -> None:
    """An encrypted file has sops' marks, the same noise for the same seed, and no value."""
    text = encrypted_secrets("staging", Dice(7, "secrets"), "2026-01-01T00:00:00Z")
    read = yaml.safe_load(text)

    assert text == encrypted_secrets("staging", Dice(7, "secrets"), "2026-01-01T00:00:00Z")
    assert {"mac", "lastmodified", "age", "version"} == set(read.pop("sops"))
    assert all(value.startswith("ENC[AES256_GCM,data:") for value in read.values())


def test_terraform_and_images() -> None:
    """Terraform is told which environment it is for; other people's images are mirrored."""
    assert 'environment    = "demo"' in tfvars(SITES["demo"])
    assert "registry.ternandtide.example/mirror/nginx:1.27.5" == mirrored("nginx", "1.27.5")
